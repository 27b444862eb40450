import * as vscode from 'vscode';
import { needsAnotherFolder } from '../words/fileFailures';
import { plural } from '../words/numbers';
import { fileNameText } from '../words/plainText';
import { Cancelled, runCommand } from './command';
import { askForFolder } from './destination';
import type { Destination } from './destination';
import type { DownloadResult } from './download';
import type { WantedFile } from './wantedFile';
import { showFailures } from './failedTransfers';
import { tickOff } from './firstSteps';
import type { Services } from './services';

/** What the commands answer to other extensions, in the order asked for: as JSON, for it may leave the host. */
export interface DownloadedFile {
  readonly id: number;
  /** Where it is now, as `Uri.toString()` writes it. */
  readonly uri: string;
  /** Bytes. */
  readonly size: number;
}

/**
 * Downloads and says how it went; then stays behind the message's buttons: a retry fetches just
 * what failed.
 * @returns what the first try saved, in the order asked for
 */
export async function reportDownloads(
  services: Services,
  files: readonly WantedFile[],
  first: Destination,
  download: (files: readonly WantedFile[], destination: Destination) => Promise<DownloadResult>,
): Promise<readonly DownloadedFile[]> {
  const saved = new Map<WantedFile, { readonly uri: vscode.Uri; readonly size: number }>();
  let skipped = 0;
  let destination = first;
  const inOrder = (): vscode.Uri[] => files.flatMap(file => saved.get(file)?.uri ?? []);

  const tryOnce = async (pending: readonly WantedFile[]): Promise<DownloadResult> => {
    const result = await download(pending, destination);
    for (const { item, value } of result.done) {
      if (value.outcome === 'saved') {
        saved.set(item.file, value);
        tickOff('hasDownloaded');
      } else if (value.outcome === 'skipped') {
        skipped++;
      }
    }
    return result;
  };

  const tell = async ({ failed, cancelled }: DownloadResult): Promise<void> => {
    if (failed.length === 0) {
      await tellSuccess(inOrder(), { skipped, cancelled });
      return;
    }
    const summary =
      files.length === 1
        ? undefined
        : vscode.l10n.t('Downloaded {0} of {1}.', saved.size, files.length);
    const elsewhere = failed.some(({ error }) => needsAnotherFolder(error));
    const retry = elsewhere ? vscode.l10n.t('Choose Another Folder…') : undefined;
    if (await showFailures(services, { failed, summary, retry })) {
      destination = elsewhere ? await askForFolder() : destination;
      await tell(await tryOnce(failed.map(({ item }) => item.file)));
    }
  };

  const result = await tryOnce(files);
  const answer = files.flatMap(file => {
    const found = saved.get(file);
    return found === undefined
      ? []
      : [{ id: file.id, uri: found.uri.toString(), size: found.size }];
  });
  if (result.cancelled && answer.length === 0) {
    throw new Cancelled();
  }
  void runCommand(services, 'pyrus.download', () => tell(result));
  return answer;
}

async function tellSuccess(
  saved: readonly vscode.Uri[],
  { skipped, cancelled }: { readonly skipped: number; readonly cancelled: boolean },
): Promise<void> {
  const [first] = saved;
  if (first === undefined) {
    if (skipped === 0) {
      // The user has just said so.
      return;
    }
    await vscode.window.showInformationMessage(
      vscode.l10n.t('Nothing was downloaded: what is already there was left as it is.'),
    );
    return;
  }
  const open = vscode.l10n.t('Open');
  const reveal = vscode.l10n.t('Reveal');
  const text = [
    ...(cancelled ? [vscode.l10n.t('Cancelled.')] : []),
    successText(saved, first),
    ...(skipped > 0 ? [vscode.l10n.t('Skipped: {0}.', skipped)] : []),
  ].join(' ');
  const buttons = canReveal(first) ? [open, reveal] : [open];
  const chosen = await vscode.window.showInformationMessage(text, ...buttons);
  if (chosen === open) {
    for (const uri of saved) {
      await vscode.commands.executeCommand('vscode.open', uri, { preview: saved.length === 1 });
    }
  } else if (chosen === reveal) {
    await showInExplorer(first);
  }
}

function successText(saved: readonly vscode.Uri[], first: vscode.Uri): string {
  const count = saved.length;
  // More than one when some had to go elsewhere than the others.
  const folders = new Set(saved.map(uri => folderText(vscode.Uri.joinPath(uri, '..'))));
  const folder = [...folders].join(', ');
  if (count === 1) {
    return vscode.l10n.t('“{0}” is downloaded into {1}.', fileNameText(baseName(first)), folder);
  }
  return plural(count, {
    one: () =>
      vscode.l10n.t({
        message: '{0} file is downloaded into {1}.',
        args: [count, folder],
        comment: ['one'],
      }),
    few: () =>
      vscode.l10n.t({
        message: '{0} files are downloaded into {1}.',
        args: [count, folder],
        comment: ['few'],
      }),
    many: () =>
      vscode.l10n.t({
        message: '{0} files are downloaded into {1}.',
        args: [count, folder],
        comment: ['many'],
      }),
  });
}

/** A folder as the Explorer shows it, or its path when it is elsewhere or another one is shown so. */
function folderText(folder: vscode.Uri): string {
  const roots = vscode.workspace.workspaceFolders ?? [];
  const root = roots.find(({ uri }) => uri.toString() === folder.toString());
  if (root === undefined) {
    return fileNameText(vscode.workspace.asRelativePath(folder));
  }
  const isOnlyOne = roots.filter(({ name }) => name === root.name).length === 1;
  return fileNameText(isOnlyOne ? root.name : folder.fsPath);
}

/** Outside the workspace there is a file manager only where VS Code runs on the user's desktop. */
function canReveal(uri: vscode.Uri): boolean {
  return (
    vscode.workspace.getWorkspaceFolder(uri) !== undefined ||
    (vscode.env.uiKind === vscode.UIKind.Desktop && vscode.env.remoteName === undefined)
  );
}

/** In the Explorer when the file is in the workspace, else in the system's file manager. */
async function showInExplorer(uri: vscode.Uri): Promise<void> {
  const inside = vscode.workspace.getWorkspaceFolder(uri) !== undefined;
  await vscode.commands.executeCommand(inside ? 'revealInExplorer' : 'revealFileInOS', uri);
}

function baseName(uri: vscode.Uri): string {
  return uri.path.split('/').at(-1) ?? '';
}
