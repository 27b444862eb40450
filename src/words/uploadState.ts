import { l10n } from 'vscode';
import type { RecordState } from '../history/uploadRecord';
import { plainText } from './plainText';

/** What became of an upload, in a few words. */
export function uploadStateText(state: RecordState): string {
  switch (state.kind) {
    case 'unattached':
      return l10n.t('not attached yet');
    case 'lost':
      return l10n.t('no longer taken by Pyrus');
    case 'attached':
      return state.taskTitle === undefined
        ? l10n.t('attached to task {0}', state.taskId)
        : l10n.t('attached to task {0} “{1}”', state.taskId, plainText(state.taskTitle, 60));
  }
}
