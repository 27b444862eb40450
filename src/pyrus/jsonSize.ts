/** As many objects as a task has with ten thousand comments, and some more. */
const MOST_OBJECTS = 250_000;
/** Members of objects and items of lists. */
const MOST_PARTS = 5_000_000;

const QUOTE = 0x22;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;
const BRACE = 0x7b;

/**
 * Whether what JSON.parse makes of these bytes would take far more room than they do: a comment that
 * is `{}` takes two hundred bytes once it is read. Takes time that grows with the length alone.
 */
export function holdsTooMuch(json: Buffer): boolean {
  let objects = 0;
  let parts = 0;
  for (let at = 0; at < json.length; at += 1) {
    const byte = json[at];
    if (byte === QUOTE) {
      at = endOfString(json, at + 1);
    } else if (byte === COMMA) {
      parts += 1;
    } else if (byte === BRACE) {
      objects += 1;
    }
  }
  return objects > MOST_OBJECTS || parts > MOST_PARTS;
}

/** @returns where its last quote is; the end of it all when there is none */
function endOfString(json: Buffer, start: number): number {
  let end = json.indexOf(QUOTE, start);
  while (end >= 0 && isEscaped(json, start, end)) {
    end = json.indexOf(QUOTE, end + 1);
  }
  return end < 0 ? json.length : end;
}

function isEscaped(json: Buffer, start: number, at: number): boolean {
  let first = at;
  while (first > start && json[first - 1] === BACKSLASH) {
    first -= 1;
  }
  return (at - first) % 2 === 1;
}
