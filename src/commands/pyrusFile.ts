import * as vscode from 'vscode';
import type { Account } from '../account/accounts';
import type { PyrusClient, TransferOptions } from '../pyrus/client';
import { PyrusError } from '../pyrus/errors';
import type { IncomingFile } from '../pyrus/ports';
import { heldInMemory } from '../transfer/inMemory';
import { onceMore } from '../transfer/onceMore';
import { fileNameText } from '../words/plainText';
import { Cancelled, runCommand } from './command';
import { keepUnconfirmed } from './conflicts';
import { localTwin } from './localTwin';
import { withTransferProgress } from './progress';
import type { Services } from './services';
import type { Look } from './taskFilePicker';
import { expectedOf } from './wantedFile';
import type { WantedFile } from './wantedFile';

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
async function pyrusDocument(
  services: Services,
  account: Account,
  file: WantedFile,
): Promise<vscode.Uri> {
  const title = vscode.l10n.t('Downloading from Pyrus');
  return withTransferProgress(services.transfers, title, async ({ signal, showWait, showStep }) => {
    showStep(fileNameText(file.name ?? vscode.l10n.t('file {0}', file.id)));
    const fetched = await fetchPyrusFile(services.clientOf(account), file, {
      signal,
      onWait: showWait,
      onUnconfirmed: keepUnconfirmed,
    });
    const address = { accountId: account.id, fileId: file.id };
    return services.pyrusDocuments.hold(address, fetched.name, fetched.bytes);
  });
}

/** A file of a window that was reopened: nobody chose it now, and nobody is asked. */
export async function fetchAgain(
  { accounts, clientOf }: Pick<Services, 'accounts' | 'clientOf'>,
  { accountId, fileId }: { readonly accountId: string; readonly fileId: number },
  signal: AbortSignal,
): Promise<Buffer> {
  const account = await accounts.find(accountId);
  if (account === undefined) {
    throw new PyrusError({ kind: 'signedOut' });
  }
  return (await fetchPyrusFile(clientOf(account), { id: fileId }, { signal })).bytes;
}

interface Fetching extends TransferOptions {
  /** Whether to take a file that nothing confirms to be whole; without it: no. */
  readonly onUnconfirmed?: (name: string, size: number) => Promise<boolean>;
}

function fetchPyrusFile(
  client: PyrusClient,
  wanted: WantedFile,
  { onUnconfirmed, ...options }: Fetching,
): Promise<{ readonly name: string; readonly bytes: Buffer }> {
  const { id, name: ownName } = wanted;
  const take = async (file: IncomingFile): Promise<{ name: string; bytes: Buffer }> => {
    const name = ownName ?? file.name ?? `file-${id}`;
    const incoming = {
      file,
      expected: expectedOf(wanted),
      signal: options.signal,
      onBytes: () => undefined,
      onUnconfirmed: async (received: number) => onUnconfirmed?.(name, received) ?? false,
    };
    const bytes = await heldInMemory(incoming, name);
    if (bytes === undefined) {
      throw new Cancelled();
    }
    return { name, bytes };
  };
  return onceMore(() => client.download(id, take, options));
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
export function lookedAt(
  services: Services,
  account: Account,
): { readonly looks: readonly Look[] } {
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
