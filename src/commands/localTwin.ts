import * as vscode from 'vscode';
import { fileNameText } from '../words/plainText';
import { Cancelled } from './command';

/** More files of one name are found by their folders in a dialog. */
const MOST_OFFERED = 50;

/**
 * The file of this name in the workspace; asked for when there are several, and by a dialog when
 * there is none.
 * @throws Cancelled
 */
export async function localTwin(name: string): Promise<vscode.Uri> {
  const found = name === '' ? [] : await filesNamed(name);
  const [only] = found;
  if (only !== undefined && found.length === 1) {
    return only;
  }
  const picked =
    found.length === 0
      ? await vscode.window.showOpenDialog({ title: vscode.l10n.t('Compare with which file?') })
      : await pick(found);
  if (picked?.[0] === undefined) {
    throw new Cancelled();
  }
  return picked[0];
}

async function filesNamed(name: string): Promise<vscode.Uri[]> {
  // What a glob would take for a pattern stands in brackets, for itself.
  const literal = name.replace(/[[\]{}*?]/g, character => `[${character}]`);
  return vscode.workspace.findFiles(`**/${literal}`, undefined, MOST_OFFERED);
}

async function pick(uris: readonly vscode.Uri[]): Promise<readonly vscode.Uri[] | undefined> {
  const rows = uris.map(uri => ({
    label: fileNameText(vscode.workspace.asRelativePath(uri), 200),
    uri,
  }));
  rows.sort((one, other) => one.label.localeCompare(other.label));
  const row = await vscode.window.showQuickPick(rows, {
    title: vscode.l10n.t('Compare with which file?'),
    ignoreFocusOut: true,
  });
  return row && [row.uri];
}
