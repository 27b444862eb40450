import type { Insertion } from './insertion';

/** A file that is attached already. */
export interface AttachedFile {
  readonly guid: string;
  /** Undefined: it is referred to by its GUID like any other. */
  readonly fileId: number | undefined;
}

/** How far around a place a GUID may be named: `"guid": "` before it. */
const SURROUNDINGS = 40;
/** Quotes of any kind, also escaped and doubled ones in a string. */
const QUOTE = `\\\\*["']+`;

/** Languages in whose lists an object of JSON, or something like it, can stand for a file. */
const WITH_OBJECTS =
  /^(?:json[cl]?|http|rest|(?:java|type)script(?:react)?|python|php|shellscript|markdown|plaintext)$/;

/** Whether files can be referred to by their ids in this language. */
export function takesAttachmentIds(languageId: string): boolean {
  return WITH_OBJECTS.test(languageId);
}

/**
 * Makes insertions of GUIDs refer to the files as they are attached: `{ "guid": "…" }` and `"…"`
 * become `{ "attachment_id": 17563 }`.
 * @param text of the document, which the insertions are for
 */
export function withAttachmentIds(
  insertions: readonly Insertion[],
  files: readonly AttachedFile[],
  { text, languageId }: { readonly text: string; readonly languageId: string },
): Insertion[] {
  return insertions.map(insertion => {
    const { start, end, isSnippet } = insertion;
    const before = text.slice(Math.max(0, start - SURROUNDINGS), start);
    const after = text.slice(end, end + SURROUNDINGS);
    const object = objectWith(languageId, isSnippet);
    // The same GUIDs may stand beside it: those that are put in are told apart by a mark.
    const marked = files.reduce(
      (code, { guid, fileId }, index) =>
        fileId === undefined ? code : code.replaceAll(guid, mark(index)),
      insertion.text,
    );
    const changed = files.reduce(
      (code, { fileId }, index) =>
        fileId === undefined ? code : withId(code, mark(index), fileId, object),
      before + marked + after,
    );
    const kept = commonStart(before, changed);
    const left = commonStart(reversed(after), reversed(changed.slice(kept)));
    return {
      ...insertion,
      start: start - before.length + kept,
      end: end + after.length - left,
      text: changed.slice(kept, changed.length - left),
    };
  });
}

function mark(index: number): string {
  return `\0${index}\0`;
}

function withId(
  code: string,
  marked: string,
  fileId: number,
  object: (id: number) => string,
): string {
  const quoted = `${QUOTE}${marked}${QUOTE}`;
  const named = new RegExp(`(${QUOTE}|\\b)guid\\1(\\s*(?::|=>|=|,)\\s*)${quoted}`, 'g');
  return code
    .replace(named, `$1attachment_id$1$2${fileId}`)
    .replace(new RegExp(quoted, 'g'), () => object(fileId))
    .replaceAll(marked, `attachment_id ${fileId}`);
}

function objectWith(languageId: string, isSnippet: boolean): (id: number) => string {
  const brace = isSnippet ? '\\}' : '}';
  return languageId === 'php'
    ? id => `['attachment_id' => ${id}]`
    : id => `{ "attachment_id": ${id} ${brace}`;
}

function commonStart(one: string, other: string): number {
  let length = 0;
  while (length < one.length && one[length] === other[length]) {
    length++;
  }
  return length;
}

function reversed(text: string): string {
  return Array.from({ length: text.length }, (_, index) => text[text.length - 1 - index]).join('');
}
