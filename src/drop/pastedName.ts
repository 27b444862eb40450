/** What browsers call a picture that is on the clipboard and in no file. */
const NAMELESS = /^(image|unnamed|blob)?(\.\w+)?$/i;

/** Endings of pictures that are not just the second half of their MIME type. */
const ENDINGS: Readonly<Record<string, string>> = {
  jpeg: 'jpg',
  'svg+xml': 'svg',
  'x-icon': 'ico',
  'vnd.microsoft.icon': 'ico',
  'x-ms-bmp': 'bmp',
};

/**
 * A name for what is pasted. A file keeps its own; a picture without one is called by the minute it
 * was pasted in: plain ASCII, sorted by time, the ending that of its type.
 */
export function pastedName(name: string, mimeType: string, now: Date): string {
  if (!NAMELESS.test(name) || !mimeType.startsWith('image/')) {
    return name;
  }
  const type = mimeType.slice('image/'.length).toLowerCase();
  const ending = ENDINGS[type] ?? (/^\w+$/.test(type) ? type : 'png');
  return `screenshot-${timeStamp(now)}.${ending}`;
}

/** 2026-11-24-16-05-33, on the clock of the wall. */
function timeStamp(now: Date): string {
  return [
    now.getFullYear(),
    now.getMonth() + 1,
    now.getDate(),
    now.getHours(),
    now.getMinutes(),
    now.getSeconds(),
  ]
    .map(part => String(part).padStart(2, '0'))
    .join('-');
}
