import { Uri, workspace } from 'vscode';
import { FileError } from '../transfer/errors';
import { glanceAtUpload } from '../transfer/fileState';
import type { FileState, UploadedBytes } from '../transfer/fileState';

/** Answers remembered; then all are forgotten. */
const MOST_ANSWERS = 1000;

/**
 * How files stand to what was uploaded of them, asked at every move of the cursor: a file is read
 * once, as long as it keeps its size and time.
 */
export class FileStates {
  readonly #known = new Map<string, FileState>();

  /** @returns undefined when nobody can tell. @throws `signal.reason` on cancel */
  async of(uploaded: UploadedBytes, signal: AbortSignal): Promise<FileState | undefined> {
    const key = await keyOf(uploaded);
    const known = this.#known.get(key);
    if (known !== undefined) {
      return known;
    }
    try {
      const state = await glanceAtUpload(uploaded, signal);
      this.#remember(key, state);
      return state;
    } catch (error) {
      if (error instanceof FileError) {
        return undefined;
      }
      throw error;
    }
  }

  #remember(key: string, state: FileState): void {
    if (this.#known.size >= MOST_ANSWERS) {
      this.#known.clear();
    }
    // A file that is gone may come back with the size and time it had.
    if (state !== 'missing') {
      this.#known.set(key, state);
    }
  }
}

/** The file as it is now, and what it is compared with. */
async function keyOf({ uri, md5 }: UploadedBytes): Promise<string> {
  if (uri === undefined) {
    return md5;
  }
  const now = await workspace.fs.stat(Uri.parse(uri)).then(
    ({ size, mtime }) => `${size} ${mtime}`,
    () => 'missing',
  );
  return `${uri} ${md5} ${now}`;
}
