/** Everything that can go wrong with a file on this side, as kinds. The sentences are in `words/`. */
export type FileFailure =
  | { readonly kind: 'notFound' }
  | { readonly kind: 'notAFile' }
  | { readonly kind: 'empty' }
  | { readonly kind: 'tooLarge'; readonly size: number; readonly limit: number }
  | { readonly kind: 'tooLargeToOpen'; readonly size: number; readonly limit: number }
  | { readonly kind: 'unreadable'; readonly code: string }
  | { readonly kind: 'tooLargeToHold'; readonly size: number; readonly limit: number }
  | { readonly kind: 'notHeld' }
  | { readonly kind: 'changed' }
  | { readonly kind: 'diskFull'; readonly room?: { readonly need: number; readonly free: number } }
  | { readonly kind: 'quota' }
  | { readonly kind: 'fileSystemLimit' }
  | { readonly kind: 'noPermission' }
  | { readonly kind: 'readOnly' }
  | { readonly kind: 'folderGone' }
  | { readonly kind: 'folderRefused' }
  | { readonly kind: 'nameTooLong' }
  | { readonly kind: 'busy' }
  | { readonly kind: 'md5Mismatch'; readonly expected: string; readonly actual: string }
  | { readonly kind: 'sizeMismatch'; readonly expected: number; readonly actual: number }
  | { readonly kind: 'unwritable'; readonly code: string };

/** A failure of a file here. `switch` on `failure.kind`; `path` is for people, the message for logs. */
export class FileError extends Error {
  override readonly name = 'FileError';

  /** The entry and what the first command loads are bundled apart: each has this class. */
  static override [Symbol.hasInstance](error: unknown): boolean {
    return error instanceof Error && error.name === 'FileError';
  }

  constructor(
    readonly failure: FileFailure,
    /** The file or folder concerned, as a person would recognise it. */
    readonly path: string,
    options?: ErrorOptions,
  ) {
    super(failure.kind, options);
  }
}
