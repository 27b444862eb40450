import { CodeAction, CodeActionKind, l10n, workspace } from 'vscode';
import type { TextDocument } from 'vscode';
import type { UploadRecord } from '../history/uploadRecord';
import type { FileState } from '../transfer/fileState';
import { fileNameText } from '../words/plainText';
import type { KnownUploads } from './hover';

/** A selection may hold any number of GUIDs; nobody reads a longer menu. */
const MOST_GUIDS = 5;

/** Uploading again and replacing, for the GUIDs that need it. */
export async function quickFixesFor(
  { history, fileStates }: KnownUploads,
  document: TextDocument,
  guids: readonly string[],
  signal: AbortSignal,
): Promise<CodeAction[]> {
  const fixes: CodeAction[] = [];
  for (const guid of guids.slice(0, MOST_GUIDS)) {
    const record = signal.aborted ? undefined : await history.find(guid);
    const fileState = record && (await fileStates.of(record, signal));
    if (record !== undefined && needsReplacing(record, fileState)) {
      fixes.push(...fixesOf(record, fileState, document));
    }
  }
  return fixes;
}

/** A GUID attaches once, and what it stands for is what was uploaded. */
function needsReplacing({ state }: UploadRecord, fileState: FileState | undefined): boolean {
  return state.kind !== 'unattached' || fileState === 'changed';
}

function fixesOf(
  { guid, name }: UploadRecord,
  fileState: FileState | undefined,
  { uri }: TextDocument,
): CodeAction[] {
  const file = fileNameText(name, 40);
  const isThere = fileState !== 'missing';
  const here = isThere
    ? l10n.t('Upload “{0}” again and replace this GUID', file)
    : l10n.t('Upload a file and replace this GUID…');
  const everywhere = isThere
    ? l10n.t('Upload “{0}” again and replace this GUID everywhere in the workspace', file)
    : l10n.t('Upload a file and replace this GUID everywhere in the workspace…');
  return [
    fix(here, [guid, uri.toString(), 'document']),
    ...(workspace.workspaceFolders === undefined
      ? []
      : [fix(everywhere, [guid, uri.toString(), 'workspace'])]),
  ];
}

function fix(title: string, args: readonly string[]): CodeAction {
  const action = new CodeAction(title, CodeActionKind.QuickFix);
  action.command = { title, command: 'pyrus.replaceGuid', arguments: [...args] };
  return action;
}
