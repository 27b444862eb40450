import type { Headers } from 'node-fetch';
import type { Clock } from './clock';

/** Nothing longer is an order to wait; Pyrus's own interval is 10 minutes. */
const longestOrder = 24 * 3600;

/**
 * Retry-After of RFC 9110: seconds, or a date, which is compared with the server's own clock.
 * @returns seconds; undefined when it is missing, past or no such thing
 */
export function retryAfter(headers: Headers, clock: Clock): number | undefined {
  const value = headers.get('retry-after')?.trim() ?? '';
  if (/^\d/.test(value)) {
    return seconds(value);
  }
  const serverTime = Date.parse(headers.get('date') ?? '');
  const now = Number.isNaN(serverTime) ? clock.wallTime() : serverTime;
  return plausible(Math.ceil((Date.parse(value) - now) / 1000));
}

/**
 * X-RateLimit-Reset: the number of seconds to the next interval (help page "Errors and limits").
 * @returns undefined when it is missing or no such thing
 */
export function rateLimitReset(headers: Headers): number | undefined {
  return seconds(headers.get('x-ratelimit-reset') ?? '');
}

/** X-RateLimit-Remaining: calls left in this interval. @returns undefined when nobody tells */
export function rateLimitRemaining(headers: Headers): number | undefined {
  return count(headers.get('x-ratelimit-remaining'));
}

/** What is left of a user's calls in this interval. */
export interface CallsLeft {
  readonly left: number;
  readonly limit?: number;
  /** Until there are all of them again. */
  readonly seconds?: number;
}

/** @returns undefined when nobody tells */
export function callsLeft(headers: Headers): CallsLeft | undefined {
  const left = rateLimitRemaining(headers);
  const limit = count(headers.get('x-ratelimit-limit'));
  const reset = rateLimitReset(headers);
  return left === undefined
    ? undefined
    : {
        left,
        ...(limit === undefined ? {} : { limit }),
        ...(reset === undefined ? {} : { seconds: reset }),
      };
}

function count(text: string | null): number | undefined {
  return text !== null && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

function seconds(text: string): number | undefined {
  return /^\d{1,9}(\.\d{1,9})?$/.test(text) ? plausible(Math.ceil(Number(text))) : undefined;
}

function plausible(value: number): number | undefined {
  return value > 0 && value <= longestOrder ? value : undefined;
}
