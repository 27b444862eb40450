import type * as vscode from 'vscode';

/**
 * What commands know of GUIDs in documents. It is made in src/editor, which they do not see; the
 * composition root passes it in.
 */
export interface GuidsInCode {
  /** The GUID at the cursor of the active editor. */
  readonly atCursor: () => GuidInCode | undefined;
  /** @throws what `isCancel` knows when the search was cancelled: nothing was changed */
  readonly replace: (replacement: Replacement) => Promise<Replaced>;
}

export interface GuidInCode {
  readonly guid: string;
  readonly document: vscode.TextDocument;
}

export interface Replacement {
  readonly guid: string;
  readonly by: string;
  /** Name of the file that `by` is the GUID of. */
  readonly name: string;
  /** Where the user pointed at the GUID; undefined when that is no longer open. */
  readonly document: vscode.TextDocument | undefined;
  /** False: in that document only. */
  readonly everywhere: boolean;
}

export interface Replaced {
  /** Places found, changed or not. */
  readonly found: number;
  readonly places: number;
  /** Files with a changed place. */
  readonly files: number;
  /** Files that have the old GUID still, for they could not be changed safely. */
  readonly leftOut: readonly vscode.Uri[];
}
