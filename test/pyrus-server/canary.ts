import type { SeenRequest } from './journal';

/** Every token the stand-in issues begins with this, as Pyrus's begin with its first six; no other text has it. */
export const TOKEN_MARK = 'gAAAAAcanary-';

/** The key of the fixtures' main user; no other text of a test has it. */
export const CANARY_KEY = 'czSHwEAthJKMshQ-test';

/** As it is, in JSON, in an address, in a host name, in hex, in base64 wherever it begins and ends. */
export function formsOf(secret: string): readonly string[] {
  const base64 = ['', 'x', 'xx'].map((before, at) =>
    Buffer.from(before + secret)
      .toString('base64')
      .slice(at && at + 1)
      .replace(/..?=*$/, ''),
  );
  const inJson = JSON.stringify(secret).slice(1, -1);
  const hex = Buffer.from(secret).toString('hex');
  return [
    ...new Set([secret, inJson, encodeURIComponent(secret), secret.toLowerCase(), hex, ...base64]),
  ];
}

/** A source for `RegExp`: any token of a stand-in Pyrus, or the canary key, in any form. */
export const CANARIES = [TOKEN_MARK, CANARY_KEY]
  .flatMap(formsOf)
  .map(form => form.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  .join('|');

const ANY = new RegExp(CANARIES);

/** @returns a secret that the text holds, with what stands around it */
export function canaryIn(text: string): string | undefined {
  const found = ANY.exec(text);
  return found === null ? undefined : text.slice(Math.max(0, found.index - 80), found.index + 60);
}

/** @returns where a request carries a token or a key that should not, or should carry it elsewhere */
export function canaryInRequest(request: SeenRequest): string | undefined {
  const { origin, method, path, headers, body = '' } = request;
  const { authorization = '', ...others } = headers;
  const ours = origin !== 'foreign';
  const texts = [
    path,
    JSON.stringify(others),
    ours && authorization.startsWith(`Bearer ${TOKEN_MARK}`) ? '' : authorization,
    ours && /\/auth\/?$/.test(path) ? '' : body,
  ];
  const hit = texts.map(canaryIn).find(found => found !== undefined);
  return hit === undefined ? undefined : `${method} ${origin}${path}: ${hit}`;
}
