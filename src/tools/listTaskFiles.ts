import * as vscode from 'vscode';
import { Input } from './input';
import { asked } from './question';
import type { AccountTool, ToolServices } from './services';
import { taskFilesAnswer } from './taskFilesAnswer';

/** `pyrus_list_task_files`: what files a task has. */
export function listTaskFiles({ clientOf }: ToolServices): AccountTool {
  return {
    prepare: (account, input) => {
      const id = new Input(input).id('taskId');
      return Promise.resolve(
        asked({
          title: vscode.l10n.t('List the files of Pyrus task {0}?', id),
          notes: [
            vscode.l10n.t(
              'The language model learns the title of the task and the names of its files.',
            ),
          ],
          account,
          running: vscode.l10n.t('Reading task {0}…', id),
        }),
      );
    },
    invoke: async (account, input, signal) => {
      const id = new Input(input).id('taskId');
      return taskFilesAnswer(await clientOf(account).task(id, { signal }));
    },
  };
}
