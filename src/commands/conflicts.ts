import * as vscode from 'vscode';
import type { ConflictChoice } from '../transfer/target';
import { byteSize } from '../words/numbers';
import { fileNameText } from '../words/plainText';

/** What somebody may say about a taken name: as `transfer` knows it, or to look at both first. */
type ConflictAnswer = ConflictChoice | 'compare';

interface Answer extends vscode.MessageItem {
  readonly choice: ConflictAnswer;
}

/** More comparisons at once than this are of no use to anybody. */
const MOST_COMPARED = 10;

/**
 * What to do about names that are taken, asked once for all files of a download, while the bytes
 * keep flowing. Esc skips: nothing there is touched.
 */
export function conflictQuestion(count: number): (name: string) => Promise<ConflictAnswer> {
  let asked: Promise<ConflictAnswer> | undefined;
  return name => (asked ??= ask(name, count));
}

async function ask(name: string, count: number): Promise<ConflictAnswer> {
  const answers: Answer[] = [
    { title: vscode.l10n.t('Keep Both'), choice: 'keepBoth' },
    { title: vscode.l10n.t('Overwrite'), choice: 'overwrite' },
    ...(count > MOST_COMPARED
      ? []
      : [{ title: vscode.l10n.t('Compare'), choice: 'compare' } as const]),
    { title: vscode.l10n.t('Skip'), choice: 'skip', isCloseAffordance: true },
  ];
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t('“{0}” is already there.', fileNameText(name)),
    {
      modal: true,
      ...(count > 1
        ? { detail: vscode.l10n.t('The answer holds for all files of this download.') }
        : {}),
    },
    ...answers,
  );
  return answer?.choice ?? 'skip';
}

/** Whether to keep a file that came without its size, when nothing else tells either. Esc: no. */
export async function keepUnconfirmed(name: string, size: number): Promise<boolean> {
  const keep = vscode.l10n.t('Keep');
  const discard: vscode.MessageItem = {
    title: vscode.l10n.t('Discard'),
    isCloseAffordance: true,
  };
  const answer = await vscode.window.showWarningMessage<vscode.MessageItem>(
    vscode.l10n.t(
      'Size not confirmed: “{0}” came without its size, so nobody can tell whether it is complete. {1} came.',
      fileNameText(name),
      byteSize(size),
    ),
    { modal: true },
    { title: keep },
    discard,
  );
  return answer?.title === keep;
}
