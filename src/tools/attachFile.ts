import * as vscode from 'vscode';
import type { Account } from '../account/accounts';
import { plural } from '../words/numbers';
import { escapedText } from '../words/markdown';
import { plainText } from '../words/plainText';
import { leftByUser, wordsFor } from './forModel';
import { Input, MOST_FILES } from './input';
import { asked, escapedName, escapedTask, fileRow } from './question';
import type { Question } from './question';
import { assertNoUnwantedSecrets } from './secrets';
import type { AccountTool, AttachOutcome, ToolServices } from './services';
import { taskInTime } from './taskRead';
import { ToolError } from './toolError';
import { workspaceFiles } from './workspaceFiles';
import type { WorkspaceFile } from './workspaceFiles';

/** What is to be attached to which task. */
interface Wanted {
  readonly taskId: number;
  readonly files: readonly WorkspaceFile[];
  readonly guids: readonly KnownGuid[];
  readonly comment: string;
}

interface KnownGuid {
  readonly guid: string;
  /** Of the upload, when the history has it. */
  readonly name?: string;
}

/** `pyrus_attach_file`: files, or uploads by their GUIDs, into one comment on a task. */
export function attachFile(services: ToolServices): AccountTool {
  return {
    prepare: async (account, input, signal) => {
      const wanted = await wantedIn(services, account, input);
      const task = await taskInTime(services, account, wanted.taskId, signal);
      return asked({ ...questionFor(wanted, task?.title), account });
    },
    invoke: async (account, input, signal) => {
      const { taskId, files, guids, comment } = await wantedIn(services, account, input);
      await assertNoUnwantedSecrets(files, signal);
      const request = {
        task: await services.clientOf(account).task(taskId, { signal }),
        files: files.map(({ uri }) => uri),
        guids: guids.map(({ guid }) => guid),
        text: comment,
      };
      return answerFor(await services.transfers.attach(account, request, signal), taskId);
    },
  };
}

function questionFor(
  { taskId, files, guids, comment }: Wanted,
  taskTitle: string | undefined,
): Omit<Question, 'account'> {
  // All of it, and room for the blanks that keep it text.
  const words = escapedText(plainText(comment, 2 * comment.length));
  return {
    title: titleFor(files.length + guids.length),
    rows: [...files.map(fileRow), ...guids.map(({ guid, name }) => escapedName(name ?? guid))],
    notes: [
      vscode.l10n.t('Task: {0}', escapedTask(taskId, taskTitle)),
      ...(words === '' ? [] : [vscode.l10n.t('Comment: {0}', words)]),
      vscode.l10n.t('The participants of the task are notified.'),
    ],
    running: vscode.l10n.t('Attaching to Pyrus task {0}', taskId),
  };
}

async function wantedIn(services: ToolServices, account: Account, input: unknown): Promise<Wanted> {
  const read = new Input(input);
  const taskId = read.id('taskId');
  const paths = read.optionalPaths('paths');
  const guids = read.optionalGuids('guids');
  const count = paths.length + guids.length;
  if (count === 0 || count > MOST_FILES) {
    throw new ToolError(`Give 1 to ${MOST_FILES} files, as "paths" or as "guids".`);
  }
  return {
    taskId,
    comment: read.comment('comment'),
    files: await workspaceFiles(paths),
    guids: await Promise.all(guids.map(guid => unusedGuid(services, account, guid))),
  };
}

/** @throws ToolError when the history knows that this GUID cannot be used */
async function unusedGuid(
  { history }: ToolServices,
  account: Account,
  guid: string,
): Promise<KnownGuid> {
  const record = await history.find(guid);
  if (record === undefined) {
    return { guid };
  }
  if (record.state.kind !== 'unattached' || record.account.id !== account.id) {
    throw new ToolError(
      `The GUID ${guid} cannot be attached (any more): each attaches once, for whoever uploaded it. Pass the file as a path instead.`,
    );
  }
  return { guid, name: record.name };
}

/** @throws ToolError unless everything is attached */
function answerFor(outcome: AttachOutcome | undefined, taskId: number): object {
  switch (outcome?.kind) {
    case 'attached': {
      const { commentId, files } = outcome.attached;
      return {
        taskId,
        ...(commentId === undefined ? {} : { commentId }),
        attached: files.map(({ guid, fileId }) =>
          fileId === undefined ? { guid } : { guid, fileId },
        ),
      };
    }
    case 'notUploaded': {
      const reasons = outcome.failed.map(
        ({ item: { name }, error }) => `${name}: ${wordsFor(error)}`,
      );
      throw new ToolError(`Nothing was attached. ${reasons.join(' ')}`);
    }
    case 'notAttached':
      throw new ToolError(wordsFor(outcome.error), { cause: outcome.error });
    case 'cancelled':
      throw outcome.commentMayBeThere ? inDoubt(taskId) : leftByUser();
    case undefined:
      throw leftByUser();
  }
}

function inDoubt(taskId: number): ToolError {
  return new ToolError(
    `The user cancelled this when the comment had been sent: it may be in task ${taskId} all the same. Look with pyrus_list_task_files; do not attach again unless asked to.`,
  );
}

function titleFor(count: number): string {
  return plural(count, {
    one: () =>
      vscode.l10n.t({
        message: 'Attach {0} file to a Pyrus task?',
        args: [count],
        comment: ['one'],
      }),
    few: () =>
      vscode.l10n.t({
        message: 'Attach {0} files to a Pyrus task?',
        args: [count],
        comment: ['few'],
      }),
    many: () =>
      vscode.l10n.t({
        message: 'Attach {0} files to a Pyrus task?',
        args: [count],
        comment: ['many'],
      }),
  });
}
