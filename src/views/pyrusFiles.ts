import { posix } from 'node:path';
import {
  FileSystemError,
  TabInputCustom,
  TabInputText,
  TabInputTextDiff,
  Uri,
  window,
} from 'vscode';
import type { Tab } from 'vscode';
import { safeFileName } from '../transfer/fileName';
import { PYRUS_FILE } from '../transfer/ownSchemes';

/** A file in Pyrus, as one account sees it. */
export interface PyrusFile {
  readonly accountId: string;
  readonly fileId: number;
}

/** @throws what the download fails with */
export type FetchPyrusFile = (file: PyrusFile) => Promise<Buffer>;

/**
 * Files of Pyrus as documents that are nowhere on the disk: `pyrus-file:/host/person/file/name`. A
 * file of Pyrus never changes, so what was fetched once is what it is.
 */
export class PyrusFiles {
  /** By address, as long as a tab shows them. */
  readonly #held = new Map<string, Promise<Buffer>>();
  readonly #closing = window.tabGroups.onDidChangeTabs(({ closed }) => {
    if (closed.length > 0) {
      this.#forgetClosed();
    }
  });

  constructor(
    private readonly fetch: FetchPyrusFile,
    /** Makes a message for the editor that shows a document. */
    private readonly explain: (error: unknown) => string,
  ) {}

  /** @param name untrusted; made safe here @returns the document's address */
  hold({ accountId, fileId }: PyrusFile, name: string, bytes: Buffer): Uri {
    const safeName = safeFileName(name, `file-${fileId}`);
    const path = posix.join('/', accountId, String(fileId), safeName);
    const uri = Uri.from({ scheme: PYRUS_FILE, path });
    this.#held.set(uri.toString(), Promise.resolve(bytes));
    return uri;
  }

  /**
   * Of a tab that comes back, too: then the file is fetched again. Nobody's else: any extension may ask
   * for any address, and the user has not.
   * @throws FileSystemError
   */
  async readFile(uri: Uri): Promise<Buffer> {
    const file = pyrusFileAt(uri);
    const address = uri.toString();
    const held = this.#held.get(address);
    if (held === undefined && !isShown(address)) {
      throw FileSystemError.FileNotFound(uri);
    }
    const bytes = held ?? this.fetch(file);
    this.#held.set(address, bytes);
    try {
      return await bytes;
    } catch (error) {
      this.#held.delete(address);
      throw FileSystemError.Unavailable(this.explain(error));
    }
  }

  dispose(): void {
    this.#closing.dispose();
    this.#held.clear();
  }

  #forgetClosed(): void {
    for (const address of this.#held.keys()) {
      if (!isShown(address)) {
        this.#held.delete(address);
      }
    }
  }
}

/** Whether a tab of this window shows the document. */
function isShown(address: string): boolean {
  return window.tabGroups.all.some(({ tabs }) => tabs.some(tab => shows(tab, address)));
}

function shows({ input, label }: Tab, address: string): boolean {
  if (input instanceof TabInputTextDiff) {
    return [input.original, input.modified].some(uri => uri.toString() === address);
  }
  if (input instanceof TabInputText || input instanceof TabInputCustom) {
    return input.uri.toString() === address;
  }
  // What a comparison of pictures shows VS Code does not tell; its title has their names.
  return input === undefined && label.includes(posix.basename(Uri.parse(address, true).path));
}

/** @throws FileSystemError when it is the address of no file */
function pyrusFileAt(uri: Uri): PyrusFile {
  const [, host, person, id = '', name, ...more] = uri.path.split('/');
  if (
    host === undefined ||
    person === undefined ||
    !/^\d{1,10}$/.test(id) ||
    !name ||
    more.length > 0
  ) {
    throw FileSystemError.FileNotFound(uri);
  }
  return { accountId: `${host}/${person}`, fileId: Number(id) };
}
