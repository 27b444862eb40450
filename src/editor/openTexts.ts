import { workspace } from 'vscode';
import type { TextDocument, Uri } from 'vscode';

/** A file as it stands in the editor, saved or not: its document, or the cells of a notebook. */
export interface OpenText {
  readonly uri: Uri;
  readonly documents: readonly TextDocument[];
  readonly isDirty: boolean;
  /** @returns false when VS Code could not; it says why by itself */
  readonly save: () => Thenable<boolean>;
}

const CELL = 'vscode-notebook-cell';

/** What is open, by the address of its file. */
export function openTexts(): ReadonlyMap<string, OpenText> {
  const documents = workspace.textDocuments.filter(({ uri }) => uri.scheme !== CELL).map(textOf);
  const notebooks = workspace.notebookDocuments.map(notebook => ({
    uri: notebook.uri,
    documents: notebook.getCells().map(cell => cell.document),
    isDirty: notebook.isDirty,
    save: () => notebook.save(),
  }));
  // A notebook may also be open as the JSON that it is kept in; the notebook is what is saved.
  return new Map([...documents, ...notebooks].map(text => [text.uri.toString(), text]));
}

/** A document that is no cell of a notebook. */
export function textOf(document: TextDocument): OpenText {
  const { uri, isDirty } = document;
  return {
    uri,
    documents: [document],
    isDirty,
    // VS Code may close a document that no editor shows; this opens it again.
    save: async () => (await workspace.openTextDocument(uri)).save(),
  };
}

/** The file of a document that can be changed; undefined for one that only shows something. */
export function editableText(document: TextDocument): OpenText | undefined {
  return isEditable(document)
    ? [...openTexts().values()].find(({ documents }) => documents.includes(document))
    : undefined;
}

/** Not the old side of a comparison, for one. */
export function isEditable({ uri: { scheme } }: TextDocument): boolean {
  return ['untitled', CELL].includes(scheme) || workspace.fs.isWritableFileSystem(scheme) === true;
}
