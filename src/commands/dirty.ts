import * as vscode from 'vscode';
import { fileNameText } from '../words/plainText';
import { Cancelled } from './command';

/**
 * Saves what is open with unsaved changes, so that the bytes sent are those on the screen. Any kind
 * of editor, also a picture editor; an untitled one asks for its name.
 * @returns the files, an untitled one replaced by what it was saved as
 * @throws Cancelled when a save was refused or left
 */
export async function savedFiles(files: readonly vscode.Uri[]): Promise<vscode.Uri[]> {
  const dirty = dirtyResources();
  const saved: vscode.Uri[] = [];
  for (const file of files) {
    if (!dirty.has(file.toString()) && file.scheme !== 'untitled') {
      saved.push(file);
      continue;
    }
    const uri = await save(file);
    if (uri === undefined) {
      if (file.scheme !== 'untitled') {
        void vscode.window.showErrorMessage(
          vscode.l10n.t(
            '“{0}” has unsaved changes and could not be saved, so nothing was uploaded. Save it and try again.',
            fileNameText(file.path.split('/').at(-1) ?? ''),
          ),
        );
      }
      throw new Cancelled();
    }
    saved.push(uri);
  }
  return saved;
}

/** @returns where the file is then; undefined when it was not saved */
async function save(file: vscode.Uri): Promise<vscode.Uri | undefined> {
  const address = file.toString();
  const document = vscode.workspace.textDocuments.find(
    ({ isDirty, uri }) => isDirty && uri.toString() === address,
  );
  if (document === undefined || document.isUntitled) {
    return vscode.workspace.save(file);
  }
  // workspace.save knows only what has a tab, and a document changed by an extension has none.
  return (await document.save()) ? file : undefined;
}

function dirtyResources(): ReadonlySet<string> {
  const dirty = new Set<string>();
  for (const tab of vscode.window.tabGroups.all.flatMap(group => group.tabs)) {
    const input: unknown = tab.input;
    if (tab.isDirty && typeof input === 'object' && input !== null && 'uri' in input) {
      dirty.add(String(input.uri));
    }
  }
  for (const document of vscode.workspace.textDocuments) {
    if (document.isDirty) {
      dirty.add(document.uri.toString());
    }
  }
  return dirty;
}
