import * as vscode from 'vscode';
import type { Account } from '../account/accounts';
import type { UploadRecord } from '../history/uploadRecord';
import { parseReferences } from '../pyrus/links';
import type { Reference } from '../pyrus/links';
import type { Server } from '../pyrus/servers';
import { plainText } from '../words/plainText';
import { Cancelled } from './command';
import type { WantedFile } from './wantedFile';
import type { Services } from './services';

/** Nobody has typed more than this; a whole document may be on the clipboard, though. */
const LONGEST_TEXT = 20_000;

/** What somebody wants to download: files, or those of a task that are still to be chosen. */
export type WantedDownload = { readonly files: readonly WantedFile[] } | { readonly task: number };

/** Ids of the files that uploads have become, by GUID. */
type KnownFiles = ReadonlyMap<string, number>;

/**
 * Asks which files are meant, or which task, prefilled from the selection or the clipboard when one
 * of them would be accepted as it is. A GUID stands for the file that the upload history knows.
 * @param value what to prefill instead
 * @returns files, each once, in the order given; or a task
 * @throws Cancelled
 */
export async function askForFiles(
  { history }: Services,
  { id, server }: Account,
  { title, value }: { readonly title: string; readonly value?: string | undefined },
): Promise<WantedDownload> {
  const own = (await history.all()).filter(({ account }) => account.id === id);
  const known = knownFiles(own);
  const text = await vscode.window.showInputBox({
    title,
    prompt: vscode.l10n.t(
      'File ids or links to files; several with spaces or commas between them. Or a link to a task.',
    ),
    placeHolder: '424060439  ·  https://pyrus.com/services/attachment?id=424060439',
    value: value ?? (await suggestion(server, known)),
    ignoreFocusOut: true,
    validateInput: typed => (typed.trim() === '' ? undefined : problemWith(typed, server, known)),
  });
  if (text === undefined || text.trim() === '') {
    throw new Cancelled();
  }
  const references = parseReferences(text, server);
  const [first] = references;
  return first?.kind === 'task' ? { task: first.id } : { files: filesIn(references, known) };
}

function knownFiles(records: readonly UploadRecord[]): KnownFiles {
  return new Map(
    records.flatMap(({ guid, state }): [string, number][] =>
      state.kind === 'attached' && state.fileId !== undefined ? [[guid, state.fileId]] : [],
    ),
  );
}

async function suggestion(server: Server, known: KnownFiles): Promise<string> {
  const editor = vscode.window.activeTextEditor;
  const candidates = [
    editor === undefined ? '' : editor.document.getText(editor.selection),
    await vscode.env.clipboard.readText(),
  ].map(candidate => candidate.trim());
  const fits = (text: string): boolean =>
    text !== '' && text.length <= LONGEST_TEXT && problemWith(text, server, known) === undefined;
  return candidates.find(fits)?.replace(/\s+/g, ' ') ?? '';
}

function filesIn(references: readonly Reference[], known: KnownFiles): WantedFile[] {
  const ids = references.flatMap(reference => fileId(reference, known) ?? []);
  return [...new Set(ids)].map(id => ({ id }));
}

function fileId(reference: Reference, known: KnownFiles): number | undefined {
  switch (reference.kind) {
    case 'file':
      return reference.id;
    case 'guid':
      return known.get(reference.guid);
    default:
      return undefined;
  }
}

/** @returns why the text cannot be downloaded, in words; undefined when it can */
function problemWith(text: string, server: Server, known: KnownFiles): string | undefined {
  const references = parseReferences(text.slice(0, LONGEST_TEXT), server);
  if (references.length === 1 && references[0]?.kind === 'task') {
    return undefined;
  }
  const problem = references.find(reference => fileId(reference, known) === undefined);
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
        'Task {0} is not a file. To choose among its files, give the task alone.',
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
