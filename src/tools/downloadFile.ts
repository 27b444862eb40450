import * as vscode from 'vscode';
import { filesOf } from '../pyrus/taskFiles';
import type { Task } from '../pyrus/taskWire';
import { byteSize, plural } from '../words/numbers';
import { escapedText } from '../words/markdown';
import { leftByUser, wordsFor } from './forModel';
import { Input } from './input';
import { asked, escapedName, escapedTask } from './question';
import type { AccountTool, DownloadResult, ToolServices, WantedFile } from './services';
import { taskInTime } from './taskRead';
import { ToolError } from './toolError';
import { shownPath, workspaceFolder } from './workspaceFiles';

/** What is to be fetched, and where to. */
interface Wanted {
  readonly ids: readonly number[];
  readonly folder: vscode.Uri;
  readonly taskId: number | undefined;
}

/** `pyrus_download_file`: files of Pyrus into a folder of the workspace, never over another file. */
export function downloadFile(services: ToolServices): AccountTool {
  return {
    prepare: async (account, input, signal) => {
      const { ids, folder, taskId } = await wantedIn(input);
      const task =
        taskId === undefined ? undefined : await taskInTime(services, account, taskId, signal);
      return asked({
        title: titleFor(ids.length),
        rows: filesToFetch(ids, task).map(wantedRow),
        notes: [
          ...(taskId === undefined
            ? []
            : [vscode.l10n.t('Task: {0}', escapedTask(taskId, task?.title))]),
          vscode.l10n.t('Folder: {0}', escapedName(folderText(folder))),
        ],
        account,
        running: vscode.l10n.t('Downloading from Pyrus'),
      });
    },
    invoke: async (account, input, signal) => {
      const { ids, folder, taskId } = await wantedIn(input);
      const task =
        taskId === undefined
          ? undefined
          : await services.clientOf(account).task(taskId, { signal });
      const files = filesToFetch(ids, task);
      return answerFor(await services.transfers.download(account, files, folder, signal));
    },
  };
}

/** @throws ToolError when nothing was saved */
function answerFor(result: DownloadResult | undefined): object {
  const { done = [], failed: failures = [], cancelled = true } = result ?? {};
  const saved: object[] = [];
  const failed = failures.map(({ item, error }) => ({ id: item.file.id, error: wordsFor(error) }));
  for (const { item, value } of done) {
    const { id } = item.file;
    if (value.outcome === 'saved') {
      saved.push({ id, path: pathOf(value.uri), size: value.size });
    } else {
      failed.push({ id, error: 'Nothing confirms that it came whole, so it was not kept.' });
    }
  }
  if (saved.length === 0) {
    const reasons = failed.map(({ id, error }) => `${id}: ${error}`).join(' ');
    throw cancelled ? leftByUser() : new ToolError(`Nothing was downloaded. ${reasons}`);
  }
  return {
    saved,
    ...(failed.length > 0 ? { failed } : {}),
    ...(cancelled ? { cancelled } : {}),
  };
}

async function wantedIn(input: unknown): Promise<Wanted> {
  const read = new Input(input);
  return {
    ids: read.ids('fileIds'),
    taskId: read.optionalId('taskId'),
    folder: await workspaceFolder(read.optionalText('folder')),
  };
}

/** With what the task tells of them, so that size and MD5 are checked. @throws ToolError */
function filesToFetch(ids: readonly number[], task: Task | undefined): readonly WantedFile[] {
  if (task === undefined) {
    return ids.map(id => ({ id }));
  }
  const files = new Map(filesOf(task).files.map(file => [file.id, file]));
  return ids.map(id => {
    const file = files.get(id);
    if (file === undefined) {
      throw new ToolError(
        `Task ${task.id} has no file ${id}. Call pyrus_list_task_files for the ids of its files.`,
      );
    }
    return file;
  });
}

function wantedRow({ id, name, size }: WantedFile): string {
  const label = name === undefined ? escapedText(vscode.l10n.t('file {0}', id)) : escapedName(name);
  return size === undefined ? label : `${label} (${escapedText(byteSize(size))})`;
}

function folderText(folder: vscode.Uri): string {
  const root = vscode.workspace.workspaceFolders?.find(
    ({ uri }) => uri.toString() === folder.toString(),
  );
  return root?.name ?? shownPath(folder);
}

/** As other tools take it. */
function pathOf(uri: vscode.Uri): string {
  return uri.scheme === 'file' ? uri.fsPath : uri.toString(true);
}

function titleFor(count: number): string {
  return plural(count, {
    one: () =>
      vscode.l10n.t({
        message: 'Download {0} file from Pyrus?',
        args: [count],
        comment: ['one'],
      }),
    few: () =>
      vscode.l10n.t({
        message: 'Download {0} files from Pyrus?',
        args: [count],
        comment: ['few'],
      }),
    many: () =>
      vscode.l10n.t({
        message: 'Download {0} files from Pyrus?',
        args: [count],
        comment: ['many'],
      }),
  });
}
