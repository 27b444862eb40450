import { PyrusError } from './errors';
import type { PyrusFailure } from './errors';

/** Shorter ones are nobody's token or key, and would be found in every other word. */
const shortestSecret = 4;
const inPlace = '***';

/**
 * A server may echo what it was sent, in a sentence, a header or an address. What it echoes must
 * not travel on with the failure, to a message or a log.
 * @returns the error itself when it holds none of the secrets
 */
export function withoutSecrets(error: unknown, secrets: readonly string[]): unknown {
  if (!(error instanceof PyrusError)) {
    return error;
  }
  const entries = Object.entries(error.failure).map(([key, value]: [string, unknown]) => [
    key,
    typeof value === 'string' ? textWithoutSecrets(value, secrets) : value,
  ]);
  const failure = Object.fromEntries(entries) as PyrusFailure;
  if (JSON.stringify(failure) === JSON.stringify(error.failure)) {
    return error;
  }
  return new PyrusError(failure, { cause: error.cause });
}

/** The text with every form of the secrets replaced: as they are, in an address, in base64. */
export function textWithoutSecrets(text: string, secrets: readonly string[]): string {
  return secrets
    .filter(({ length }) => length >= shortestSecret)
    .flatMap(secret => [secret, encodeURIComponent(secret), ...base64(secret)])
    .reduce((rest, form) => rest.replace(anyCase(form), inPlace), text);
}

/**
 * Wherever it begins in a longer text: three bytes become four characters. Without the characters
 * at either end that depend on what stands beside it.
 */
function base64(secret: string): string[] {
  return ['', '-', '--'].map((before, at) =>
    Buffer.from(before + secret)
      .toString('base64')
      .slice(at && at + 1)
      .replace(/.=+$/, ''),
  );
}

/** A host name comes back in small letters. */
function anyCase(text: string): RegExp {
  return new RegExp(text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), 'gi');
}
