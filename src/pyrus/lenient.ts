/**
 * Single values of Pyrus's replies, read as leniently as can be done without guessing: empty ones
 * are left out, ids come as numbers or as strings, and what makes no sense counts as absent.
 */

/** @param largest file, task and field ids are exact; of longer ones only the order is kept */
export function idIn(value: unknown, largest = Number.MAX_SAFE_INTEGER): number | undefined {
  const id = typeof value === 'string' && /^\d{1,19}$/.test(value) ? Number(value) : value;
  return typeof id === 'number' && Number.isInteger(id) && id > 0 && id <= largest ? id : undefined;
}

/** Ids of comments have 64 bits. */
export function commentIdIn(value: unknown): number | undefined {
  return idIn(value, 2 ** 63);
}

/** A number of bytes. */
export function sizeIn(value: unknown): number | undefined {
  return value === 0 || value === '0' ? 0 : idIn(value);
}

/** @returns 32 lower-case hex digits; Pyrus writes them in either case */
export function md5In(value: unknown): string | undefined {
  return typeof value === 'string' && /^[0-9a-f]{32}$/i.test(value)
    ? value.toLowerCase()
    : undefined;
}

/** @returns the text as it is, and never an empty one */
export function textIn(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A point in time, ISO 8601, as Pyrus wrote it. */
export function dateIn(value: unknown): string | undefined {
  return typeof value === 'string' && !Number.isNaN(Date.parse(value)) ? value : undefined;
}

export function listIn(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The object without what is undefined in it, so that one may fill the gaps of another. */
export function known<T extends object>(properties: T): T {
  // Made for ten thousand comments: `Object.fromEntries` takes four times as long.
  const kept: Partial<T> = {};
  for (const key in properties) {
    if (properties[key] !== undefined) {
      kept[key] = properties[key];
    }
  }
  return kept as T;
}
