import { env, l10n, MarkdownString, Uri, workspace } from 'vscode';
import type { Attachment, UploadRecord } from '../history/uploadRecord';
import type { Server } from '../pyrus/servers';
import { fileUrl, taskUrl } from '../pyrus/taskLinks';
import type { FileState } from '../transfer/fileState';
import { age } from '../words/age';
import { commandLink, markdownText } from '../words/markdown';
import { byteSize } from '../words/numbers';

/** The only commands that a hover can run. Each takes a GUID and looks it up by itself. */
const COMMANDS = [
  'pyrus.uploads.copy',
  'pyrus.uploads.copyAs',
  'pyrus.attach',
  'pyrus.uploads.uploadAgain',
  'pyrus.uploads.reveal',
  'pyrus.replaceGuid',
] as const;

export interface HoveredUpload {
  readonly record: UploadRecord;
  /** Of the account it was uploaded with; undefined when that has signed out. */
  readonly server: Server | undefined;
  /** Undefined when nobody can tell. */
  readonly fileState: FileState | undefined;
  /** The document that shows the GUID, when it can be changed. */
  readonly document: Uri | undefined;
}

/** What is known of an upload, and what can be done with it. */
export function uploadMarkdown(upload: HoveredUpload): MarkdownString {
  const text = new MarkdownString(
    [about(upload.record), stateText(upload), place(upload)].join('\n\n'),
  );
  text.isTrusted = { enabledCommands: COMMANDS };
  text.appendMarkdown(`\n\n---\n\n${actions(upload).join(' · ')}`);
  return text;
}

function about({ name, size, uploadedAt, account }: UploadRecord): string {
  const date = new Intl.DateTimeFormat(env.language, { dateStyle: 'medium', timeStyle: 'short' });
  const uploaded = l10n.t(
    'Uploaded {0} ({1}) by {2}',
    age(uploadedAt),
    date.format(uploadedAt),
    markdownText(account.label),
  );
  return lines(`**${markdownText(name)}** · ${byteSize(size)}`, uploaded);
}

function stateText({ record: { state }, server }: HoveredUpload): string {
  switch (state.kind) {
    case 'unattached':
      return l10n.t(
        'Not attached yet: the GUID is a ticket for attaching it, once. Pyrus drops unattached files after a while.',
      );
    case 'lost':
      return l10n.t('Pyrus no longer takes this GUID. Upload the file again for a new one.');
    case 'attached':
      return lines(
        ...attachedText(state, server),
        l10n.t('A GUID attaches once: this one is used up.'),
      );
  }
}

function attachedText({ taskId, fileId, taskTitle }: Attachment, server?: Server): string[] {
  const task = server === undefined ? String(taskId) : `[${taskId}](${taskUrl(server, taskId)})`;
  const attached =
    taskTitle === undefined
      ? l10n.t('Attached to task {0}', task)
      : l10n.t('Attached to task {0} “{1}”', task, markdownText(taskTitle, 80));
  if (fileId === undefined) {
    return [attached];
  }
  const file = server === undefined ? String(fileId) : `[${fileId}](${fileUrl(server, fileId)})`;
  return [attached, l10n.t('File id {0}', file)];
}

function place({ record: { uri, md5 }, fileState }: HoveredUpload): string {
  const digest = `MD5 ${markdownText(md5)}`;
  if (uri === undefined) {
    return digest;
  }
  const path = markdownText(workspace.asRelativePath(Uri.parse(uri)));
  switch (fileState) {
    case 'changed':
      return lines(l10n.t('{0} (changed since)', path), digest);
    case 'missing':
      return lines(l10n.t('{0} (no longer there)', path), digest);
    default:
      return lines(path, digest);
  }
}

function actions({ record: { guid, uri, state }, fileState, document }: HoveredUpload): string[] {
  const link = (label: string, command: (typeof COMMANDS)[number], ...more: string[]): string =>
    commandLink(label, command, [guid, ...more]);
  const isThere = uri !== undefined && fileState !== 'missing';
  const attach = link(l10n.t('Attach to Task…'), 'pyrus.attach');
  const again = link(l10n.t('Upload Again'), 'pyrus.uploads.uploadAgain');
  const reveal = link(l10n.t('Reveal File'), 'pyrus.uploads.reveal');
  const replace = (where: Uri): string =>
    link(l10n.t('Upload Again and Replace…'), 'pyrus.replaceGuid', where.toString());
  return [
    link(l10n.t('Copy GUID'), 'pyrus.uploads.copy'),
    link(l10n.t('Copy As…'), 'pyrus.uploads.copyAs'),
    ...(state.kind === 'unattached' ? [attach] : []),
    // Where nothing can be replaced, a new GUID may still be wanted.
    ...(document === undefined && isThere ? [again] : []),
    ...(document === undefined ? [] : [replace(document)]),
    ...(isThere ? [reveal] : []),
  ];
}

/** One below the other in one paragraph. */
function lines(...texts: readonly string[]): string {
  return texts.join('  \n');
}
