import * as vscode from 'vscode';

interface Entry {
  readonly type: vscode.FileType;
  readonly bytes: Uint8Array;
  readonly mtime: number;
}

/** A file system that only VS Code can reach, as remote and virtual workspaces are. */
export class MemoryFiles implements vscode.FileSystemProvider {
  readonly #entries = new Map<string, Entry>();
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly onDidChangeFile = this.#changed.event;
  #clock = 0;

  constructor() {
    this.createDirectory(vscode.Uri.from({ scheme: 'memory', path: '/' }));
  }

  /** Paths of everything below the root. */
  get paths(): readonly string[] {
    return [...this.#entries.keys()].filter(path => path !== '/').sort();
  }

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  stat(uri: vscode.Uri): vscode.FileStat {
    const { type, bytes, mtime } = this.#find(uri);
    return { type, ctime: 0, mtime, size: bytes.length };
  }

  readDirectory(uri: vscode.Uri): [string, vscode.FileType][] {
    const folder = `${this.#pathOf(uri)}/`.replace('//', '/');
    return [...this.#entries].flatMap(([path, { type }]) => {
      const name = path.startsWith(folder) ? path.slice(folder.length) : '';
      return name === '' || name.includes('/') ? [] : [[name, type] as [string, vscode.FileType]];
    });
  }

  createDirectory(uri: vscode.Uri): void {
    this.#put(uri, vscode.FileType.Directory, new Uint8Array());
  }

  readFile(uri: vscode.Uri): Uint8Array {
    return this.#find(uri).bytes;
  }

  writeFile(
    uri: vscode.Uri,
    content: Uint8Array,
    { create, overwrite }: { readonly create: boolean; readonly overwrite: boolean },
  ): void {
    const exists = this.#entries.has(this.#pathOf(uri));
    if (!exists && !create) {
      throw vscode.FileSystemError.FileNotFound(uri);
    }
    if (exists && create && !overwrite) {
      throw vscode.FileSystemError.FileExists(uri);
    }
    this.#put(uri, vscode.FileType.File, Uint8Array.from(content));
  }

  delete(uri: vscode.Uri): void {
    this.#find(uri);
    this.#entries.delete(this.#pathOf(uri));
    this.#changed.fire([{ type: vscode.FileChangeType.Deleted, uri }]);
  }

  rename(from: vscode.Uri, to: vscode.Uri, { overwrite }: { readonly overwrite: boolean }): void {
    const entry = this.#find(from);
    if (!overwrite && this.#entries.has(this.#pathOf(to))) {
      throw vscode.FileSystemError.FileExists(to);
    }
    this.#put(to, entry.type, entry.bytes);
    this.delete(from);
  }

  /** A query is a part of the address, as it is in `git:`. */
  #pathOf({ path, query }: vscode.Uri): string {
    return query === '' ? path : `${path}?${query}`;
  }

  #find(uri: vscode.Uri): Entry {
    const entry = this.#entries.get(this.#pathOf(uri));
    if (entry === undefined) {
      throw vscode.FileSystemError.FileNotFound(uri);
    }
    return entry;
  }

  #put(uri: vscode.Uri, type: vscode.FileType, bytes: Uint8Array): void {
    this.#entries.set(this.#pathOf(uri), { type, bytes, mtime: ++this.#clock });
    this.#changed.fire([{ type: vscode.FileChangeType.Changed, uri }]);
  }
}
