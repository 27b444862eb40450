import type * as vscode from 'vscode';

/**
 * What commands know of insertion into code. It is made in src/editor, which they do not see; the
 * composition root passes it in.
 */
export interface Insertion {
  /** The active editor with its cursors, as they are now; undefined when there is nothing to write to. */
  readonly target: () => InsertionTarget | undefined;
  /** Whether code in this language can refer to attached files by their ids. */
  readonly takesFileIds: (languageId: string) => Promise<boolean>;
  /** Every way of writing files down, those for a language first. */
  readonly formats: (languageId: string | undefined) => Promise<readonly FormatChoice[]>;
}

/** An uploaded file as far as code is concerned. A record of the upload history is one, too. */
export interface InsertableFile {
  readonly guid: string;
  readonly name: string;
  readonly md5?: string;
  readonly size?: number;
}

/** A way of writing files down. */
export interface FormatChoice {
  readonly id: string;
  /** Plain text. */
  readonly label: string;
  /** Made for the language that was asked for. */
  readonly isForLanguage: boolean;
  /** The files as the clipboard is to hold them. */
  readonly written: (files: readonly InsertableFile[]) => string;
}

/** A place in a document; it stays the same place whatever is typed around it. */
export interface InsertionTarget {
  readonly document: vscode.TextDocument;
  readonly insert: (
    files: readonly InsertableFile[],
    options?: InsertOptions,
  ) => Promise<'inserted' | 'closed' | 'refused'>;
  readonly dispose: () => void;
}

export interface InsertOptions {
  /** The id of a format; by what is around each cursor when left out. */
  readonly format?: string;
  /** Take the user there, to go on typing. */
  readonly focus?: boolean;
  /** Refer to the files as they are attached already, by these ids, one for each. */
  readonly fileIds?: readonly (number | undefined)[];
}
