import * as vscode from 'vscode';
import type { Account } from '../account/accounts';
import { fileNameText } from '../words/plainText';
import { Cancelled, signedIn } from './command';
import type { WantedFile } from './wantedFile';
import { askForFiles } from './downloadInput';
import { comparePyrusFile, lookedAt, showPyrusFile } from './pyrusFile';
import { activeResource, resourcesFrom } from './resources';
import type { Services } from './services';
import { askForTaskFiles } from './taskFilePicker';
import type { FileQuestion } from './taskFilePicker';
import { readTask } from './taskPicker';

/** `pyrus.openFile`: shows files of Pyrus, read-only, and writes nothing to the disk. */
export async function openPyrusFile(services: Services): Promise<void> {
  const account = await signedIn(services);
  const files = await filesMeant(services, account, {
    title: vscode.l10n.t('Open Pyrus File Without Saving'),
    placeholder: vscode.l10n.t('Choose what to open'),
  });
  for (const file of files) {
    await showPyrusFile(services, account, file, files.length === 1);
  }
}

/** `pyrus.compare`: shows what differs between a file here and one in Pyrus. */
export async function compareWithPyrus(
  services: Services,
  args: readonly unknown[],
): Promise<void> {
  const account = await signedIn(services);
  const local = resourcesFrom(args).uris[0] ?? activeResource() ?? (await askForLocal());
  const name = local.path.split('/').at(-1) ?? '';
  const [file] = await filesMeant(services, account, {
    title: vscode.l10n.t('Compare “{0}” with a File in Pyrus', fileNameText(name)),
    placeholder: vscode.l10n.t('Choose what to compare with'),
    value: await knownFileOf(services, account, local),
    likely: name,
  });
  if (file !== undefined) {
    await comparePyrusFile(services, account, file, local);
  }
}

async function filesMeant(
  services: Services,
  account: Account,
  {
    title,
    value,
    ...question
  }: Omit<FileQuestion, 'many'> & { title: string; value?: string | undefined },
): Promise<readonly WantedFile[]> {
  const wanted = await askForFiles(services, account, { title, value });
  return 'files' in wanted
    ? wanted.files
    : askForTaskFiles(await readTask(services, account, wanted.task), {
        many: false,
        ...lookedAt(services, account),
        ...question,
      });
}

async function askForLocal(): Promise<vscode.Uri> {
  const [local] = (await vscode.window.showOpenDialog()) ?? [];
  if (local === undefined) {
    throw new Cancelled();
  }
  return local;
}

/** The file that this one has become in a task, as the history tells. */
async function knownFileOf(
  { history }: Services,
  account: Account,
  local: vscode.Uri,
): Promise<string | undefined> {
  const address = local.toString();
  const uploads = (await history.all()).filter(
    ({ uri, account: { id } }) => uri === address && id === account.id,
  );
  const [fileId] = uploads.flatMap(({ state }) =>
    state.kind === 'attached' ? (state.fileId ?? []) : [],
  );
  return fileId?.toString();
}
