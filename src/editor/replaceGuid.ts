import { l10n, workspace, WorkspaceEdit } from 'vscode';
import type { TextDocument, Uri } from 'vscode';
import { fileNameText } from '../words/plainText';
import { placesOf } from './guidInDocument';
import { guidInFile, guidInWorkspace } from './guidSearch';
import type { SearchOptions } from './guidSearch';
import type { OpenText } from './openTexts';
import { whileSearching } from './searchProgress';

export interface Replacement {
  readonly guid: string;
  readonly by: string;
  /** Name of the file that `by` is the GUID of. */
  readonly name: string;
  /** Where the user pointed at the GUID. */
  readonly document: TextDocument | undefined;
  readonly everywhere: boolean;
}

export interface Replaced {
  /** Places found, changed or not. */
  readonly found: number;
  readonly places: number;
  /** Files with a changed place. */
  readonly files: number;
  /** Files that have the old GUID still, for they could not be changed safely. */
  readonly leftOut: readonly Uri[];
}

/**
 * Puts one GUID in the place of another, in one step that can be undone. What the user has not
 * pointed at is shown first, in VS Code's Refactor Preview, and may be left out there.
 * @throws as {@link guidInWorkspace} when the search was cancelled: nothing was changed
 */
export async function replaceInDocuments(
  { guid, by, name, document, everywhere }: Replacement,
  options: Pick<SearchOptions, 'isInside' | 'onError'>,
): Promise<Replaced> {
  const { texts, leftOut } = everywhere
    ? await whileSearching(progress => guidInWorkspace(guid, document, { ...options, ...progress }))
    : guidInFile(guid, document);
  const before = texts.map(text => count(guid, text.documents));
  const found = sum(before);
  if (found > 0) {
    const edit = editOf(texts, guid, by, l10n.t('New GUID of “{0}”', fileNameText(name, 40)));
    if (found > 1 || texts[0]?.documents[0] !== document) {
      previewFirst(edit);
    }
    await workspace.applyEdit(edit);
  }
  const after = await Promise.all(texts.map(text => countNow(guid, text)));
  const places = before.map((number, index) => number - (after[index] ?? 0));
  const changed = texts.filter((_, index) => places[index] !== 0);
  if (changed.length > 1) {
    await saveAsRefactoringsAre(changed);
  }
  return { found, places: sum(places), files: changed.length, leftOut };
}

/**
 * With the setting for refactorings, but only what had been saved before; VS Code by itself would
 * save other changes, too, and ask for the names of untitled documents.
 */
async function saveAsRefactoringsAre(texts: readonly OpenText[]): Promise<void> {
  if (workspace.getConfiguration('files.refactoring').get('autoSave') !== true) {
    return;
  }
  const saved = texts.filter(({ uri, isDirty }) => !isDirty && uri.scheme !== 'untitled');
  await Promise.all(saved.map(text => text.save()));
}

function editOf(
  texts: readonly OpenText[],
  guid: string,
  by: string,
  label: string,
): WorkspaceEdit {
  const edit = new WorkspaceEdit();
  for (const document of texts.flatMap(({ documents }) => documents)) {
    for (const range of placesOf(guid, document)) {
      edit.replace(document.uri, range, by, { label, needsConfirmation: false });
    }
  }
  return edit;
}

/**
 * Makes VS Code show an edit before it is applied. It does so for an edit with an entry that needs
 * confirmation, but leaves out such entries until each is ticked; the user has just asked for these.
 * So one more entry needs it, which VS Code neither shows nor applies: making a folder that is there.
 */
function previewFirst(edit: WorkspaceEdit): void {
  const [folder] = workspace.workspaceFolders ?? [];
  const there = folder?.uri ?? edit.entries().find(([{ scheme }]) => scheme === 'file')?.[0];
  if (there !== undefined) {
    edit.createFile(there, { ignoreIfExists: true }, { label: '', needsConfirmation: true });
  }
}

/** VS Code may have closed a document that no editor shows, which then keeps its old text. */
async function countNow(guid: string, { documents }: OpenText): Promise<number> {
  const now = await Promise.all(documents.map(({ uri }) => workspace.openTextDocument(uri)));
  return count(guid, now);
}

function count(guid: string, documents: readonly TextDocument[]): number {
  return sum(documents.map(document => placesOf(guid, document).length));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
