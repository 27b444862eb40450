import { env, l10n, MarkdownString, Uri, workspace } from 'vscode';
import type { RecordState, UploadRecord } from '../history/uploadRecord';
import { age } from '../words/age';
import { markdownText } from '../words/markdown';
import { byteSize } from '../words/numbers';
import { uploadStateText } from '../words/uploadState';

/** All that is known of an upload. No text in it becomes a link or a command. */
export function uploadTooltip(record: UploadRecord): MarkdownString {
  const { guid, name, uri, size, md5, uploadedAt, account, state } = record;
  const date = new Intl.DateTimeFormat(env.language, { dateStyle: 'long', timeStyle: 'short' });
  const path = uri === undefined ? [] : [workspace.asRelativePath(Uri.parse(uri))];
  const facts = [
    ...path.filter(shown => shown !== name),
    byteSize(size),
    `MD5 ${md5}`,
    `GUID ${guid}`,
    l10n.t('Uploaded {0} ({1}) by {2}', age(uploadedAt), date.format(uploadedAt), account.label),
    ...stateTexts(state),
  ];
  const lines = [`**${markdownText(name)}**`, ...facts.map(fact => markdownText(fact))];
  return new MarkdownString(lines.join('  \n'));
}

function stateTexts(state: RecordState): string[] {
  const text = uploadStateText(state);
  return state.kind === 'attached' && state.fileId !== undefined
    ? [text, l10n.t('File id {0}', state.fileId)]
    : [text];
}
