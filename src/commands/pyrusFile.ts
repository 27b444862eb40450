import * as vscode from 'vscode';
import type { Account } from '../account/accounts';
import { heldInMemory } from '../transfer/inMemory';
import { onceMore } from '../transfer/onceMore';
import { fileNameText } from '../words/plainText';
import { Cancelled, runCommand } from './command';
import { keepUnconfirmed } from './conflicts';
import type { WantedFile } from './download';
import { localTwin } from './localTwin';
import { withTransferProgress } from './progress';
import type { Services } from './services';
import type { Look } from './taskFilePicker';

/** Where files of Pyrus are shown from, and nowhere written. */
export interface PyrusDocuments {
  /** @param name untrusted @returns the document's address */
  hold(
    file: { readonly accountId: string; readonly fileId: number },
    name: string,
    bytes: Buffer,
  ): vscode.Uri;
}

/**
 * Fetches a file of Pyrus into memory, with a progress.
 * @returns a read-only document
 * @throws Cancelled, PyrusError, FileError `tooLargeToOpen` and what else the body fails with
 */
export async function pyrusDocument(
  services: Services,
  account: Account,
  { id, name: ownName, size: ownSize, md5 }: WantedFile,
): Promise<vscode.Uri> {
  const title = vscode.l10n.t('Fetching from Pyrus');
  return withTransferProgress(services.transfers, title, ({ signal, showWait, showStep }) => {
    showStep(fileNameText(ownName ?? vscode.l10n.t('file {0}', id)));
    const fetch = (): Promise<vscode.Uri> =>
      services.clientOf(account).download(
        id,
        async file => {
          const name = file.name ?? ownName ?? `file-${id}`;
          const expected = {
            ...(ownSize === undefined ? {} : { size: ownSize }),
            ...(md5 === undefined ? {} : { md5 }),
          };
          const onUnconfirmed = (size: number): Promise<boolean> => keepUnconfirmed(name, size);
          const incoming = { file, expected, signal, onBytes: () => undefined, onUnconfirmed };
          const bytes = await heldInMemory(incoming, name);
          if (bytes === undefined) {
            throw new Cancelled();
          }
          return services.pyrusDocuments.hold(
            { accountId: account.id, fileId: id },
            ownName ?? name,
            bytes,
          );
        },
        { signal, onWait: showWait },
      );
    return onceMore(fetch);
  });
}

/** Shows a file of Pyrus, read-only; nothing is written to the disk. @throws as {@link pyrusDocument} */
export async function showPyrusFile(
  services: Services,
  account: Account,
  file: WantedFile,
  preview = true,
): Promise<void> {
  const document = await pyrusDocument(services, account, file);
  await vscode.commands.executeCommand('vscode.open', document, { preview });
}

/** Shows what differs between a file in Pyrus (left) and one here. @throws as {@link pyrusDocument} */
export async function comparePyrusFile(
  services: Services,
  account: Account,
  file: WantedFile,
  local: vscode.Uri,
): Promise<void> {
  const document = await pyrusDocument(services, account, file);
  const name = fileNameText(local.path.split('/').at(-1) ?? '');
  const title = vscode.l10n.t('{0} (in Pyrus ↔ here)', name);
  await vscode.commands.executeCommand('vscode.diff', document, local, title);
}

/** Buttons for files that may be looked at before they are chosen. */
export function lookedAt(services: Services, account: Account): { readonly looks: readonly Look[] } {
  return {
    looks: [
      {
        icon: 'open-preview',
        tooltip: vscode.l10n.t('Open Without Saving'),
        run: async file => {
          await runCommand(services, 'pyrus.openFile', () =>
            showPyrusFile(services, account, file),
          );
        },
      },
      {
        icon: 'diff',
        tooltip: vscode.l10n.t('Compare with Local File'),
        run: async file => {
          await runCommand(services, 'pyrus.compare', async () =>
            comparePyrusFile(services, account, file, await localTwin(file.name ?? '')),
          );
        },
      },
    ],
  };
}
