import * as vscode from 'vscode';
import { parseReferences } from '../pyrus/links';
import type { Reference } from '../pyrus/links';
import type { Server } from '../pyrus/servers';
import { plainText } from '../words/plainText';
import { Cancelled } from './command';

/** Nobody has typed more than this; a whole document may be on the clipboard, though. */
const LONGEST_TEXT = 20_000;

/**
 * Asks which files are meant, prefilled from the selection or the clipboard when one of them would
 * be accepted as it is.
 * @returns ids, each once, in the order given
 * @throws Cancelled
 */
export async function askForFileIds(server: Server): Promise<readonly number[]> {
  const text = await vscode.window.showInputBox({
    title: vscode.l10n.t('Download Pyrus Files'),
    prompt: vscode.l10n.t('File ids or links to files; several with spaces or commas between them'),
    placeHolder: '424060439  ·  https://pyrus.com/services/attachment?id=424060439',
    value: await suggestion(server),
    ignoreFocusOut: true,
    validateInput: typed => (typed.trim() === '' ? undefined : problemWith(typed, server)),
  });
  if (text === undefined || text.trim() === '') {
    throw new Cancelled();
  }
  return fileIds(parseReferences(text, server));
}

async function suggestion(server: Server): Promise<string> {
  const editor = vscode.window.activeTextEditor;
  const candidates = [
    editor === undefined ? '' : editor.document.getText(editor.selection),
    await vscode.env.clipboard.readText(),
  ].map(candidate => candidate.trim());
  const fits = (text: string): boolean =>
    text !== '' && text.length <= LONGEST_TEXT && problemWith(text, server) === undefined;
  return candidates.find(fits)?.replace(/\s+/g, ' ') ?? '';
}

function fileIds(references: readonly Reference[]): number[] {
  const ids = references.flatMap(reference => (reference.kind === 'file' ? reference.id : []));
  return [...new Set(ids)];
}

/** @returns why the text cannot be downloaded, in words; undefined when it can */
function problemWith(text: string, server: Server): string | undefined {
  const references = parseReferences(text.slice(0, LONGEST_TEXT), server);
  const problem = references.find(({ kind }) => kind !== 'file');
  return problem === undefined ? undefined : explanation(problem);
}

function explanation(reference: Reference): string | undefined {
  switch (reference.kind) {
    case 'file':
      return undefined;
    case 'guid':
      return vscode.l10n.t(
        'This is an upload GUID: it attaches a file, but nothing downloads by it. Use the id the file has in its task.',
      );
    case 'task':
      return vscode.l10n.t(
        'Task {0} is not a file. Copy the link of the file inside the task.',
        reference.id,
      );
    case 'form':
      return vscode.l10n.t('This link leads to a form, not to a file.');
    case 'foreign':
      return vscode.l10n.t(
        '{0} is not the Pyrus you are signed in to.',
        plainText(reference.host, 60),
      );
    case 'badId':
      return vscode.l10n.t('{0} is no file id.', plainText(reference.text, 40));
    case 'unknown':
      return vscode.l10n.t(
        '“{0}” is neither a file id nor a link to a Pyrus file.',
        plainText(reference.text, 60),
      );
  }
}
