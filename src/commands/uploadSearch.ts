import type { UploadRecord } from '../history/uploadRecord';

/** Some of what was searched, in its order. */
export interface Found {
  readonly records: readonly UploadRecord[];
  /** How many more there are. */
  readonly more: number;
}

/**
 * Finds uploads by any part of name, path, GUID, account or task. VS Code could do it itself, but
 * takes seconds to be told thousands of rows of which a person sees ten.
 */
export class UploadSearch {
  #texts: readonly string[] | undefined;

  constructor(private readonly records: readonly UploadRecord[]) {}

  /** @param query words, all of which must be there, in any order and case */
  find(query: string, limit: number): Found {
    const words = plain(query).replaceAll('\\', '/').split(/\s+/).filter(Boolean);
    const found = words.length === 0 ? this.records : this.#withAll(words);
    return { records: found.slice(0, limit), more: Math.max(0, found.length - limit) };
  }

  #withAll(words: readonly string[]): UploadRecord[] {
    this.#texts ??= this.records.map(searchedText);
    const texts = this.#texts;
    return this.records.filter((_, index) => words.every(word => texts[index]?.includes(word)));
  }
}

function searchedText({ name, uri, guid, account, state }: UploadRecord): string {
  const task = state.kind === 'attached' ? [state.taskId, state.fileId, state.taskTitle] : [];
  return plain([name, decoded(uri ?? ''), guid, account.label, ...task].join('\n'));
}

function decoded(uri: string): string {
  try {
    return decodeURIComponent(uri);
  } catch {
    // Not as VS Code writes addresses: nobody could type it anyway.
    return uri;
  }
}

/** A letter with its accent is one character on some disks and two on others. */
function plain(text: string): string {
  return text.normalize('NFC').toLowerCase();
}
