import * as vscode from 'vscode';
import type { Account } from '../account/accounts';
import type { UploadRecord } from '../history/uploadRecord';
import { fileNameText } from '../words/plainText';
import { Cancelled, runCommand, signedIn } from './command';
import { confirmUpload, withoutUnwantedSecrets } from './confirm';
import { savedFiles } from './dirty';
import { exists } from './exists';
import { showFailures } from './failedTransfers';
import type { GuidInCode, Replaced } from './guidsInCode';
import { knownUpload } from './knownUpload';
import { pickRow } from './pickRow';
import { areInReach } from './reach';
import { tellNotReplaced, tellReplaced } from './replaceReport';
import type { Services } from './services';
import { outgoingFile, uploadFiles } from './uploading';

/** What the command answers to other extensions. */
export interface ReplacedGuid extends Replaced {
  readonly guid: string;
}

/** A GUID somebody pointed at, and where it is to be replaced. */
interface Target {
  readonly record: UploadRecord;
  readonly document: vscode.TextDocument;
  readonly everywhere: boolean;
}

/**
 * `pyrus.replaceGuid`: uploads a file again and replaces its old GUID. From a quick fix
 * `(guid, document's address, 'document' | 'workspace')`, from a hover the same without the last,
 * from the palette `()`.
 */
export async function replaceGuid(
  services: Services,
  args: readonly unknown[],
): Promise<ReplacedGuid | undefined> {
  const { guid, document } = args.length === 0 ? atCursor(services) : pointedAt(args);
  const record = await knownUpload(services, guid);
  const everywhere = await isEverywhere(args[2]);
  const account = await accountFor(services, record);
  const file = await agreedFile(record, account);
  return uploadAndReplace(services, account, file, { record, document, everywhere });
}

function atCursor({ guidsInCode }: Services): GuidInCode {
  const place = guidsInCode.atCursor();
  if (place === undefined) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('Put the cursor on the GUID to be replaced.'),
    );
    throw new Cancelled();
  }
  return place;
}

/** Of documents only those that are open: an address may come from anywhere. */
function pointedAt([guid, address]: readonly unknown[]): {
  readonly guid: unknown;
  readonly document: vscode.TextDocument;
} {
  const document = vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === address);
  if (document === undefined) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('The document with the GUID is no longer open.'),
    );
    throw new Cancelled();
  }
  return { guid, document };
}

async function isEverywhere(where: unknown): Promise<boolean> {
  if (where === 'document' || where === 'workspace') {
    return where === 'workspace';
  }
  if (vscode.workspace.workspaceFolders === undefined) {
    return false;
  }
  const here = vscode.l10n.t('In This File');
  const everywhere = vscode.l10n.t('Everywhere in the Workspace');
  const picked = await pickRow([{ label: here }, { label: everywhere }], {
    title: vscode.l10n.t('Upload Again and Replace GUID'),
    placeholder: vscode.l10n.t('Where shall the GUID be replaced?'),
  });
  return picked.label === everywhere;
}

/**
 * The account that uploaded the file, for the code is about its Pyrus, if Pyrus lets it in; else
 * whoever is there, which is then asked about.
 */
async function accountFor(services: Services, { account }: UploadRecord): Promise<Account> {
  const uploader = await services.accounts.find(account.id);
  return uploader?.grant === undefined ? signedIn(services) : uploader;
}

/** What is to be sent, asked about as every upload is. @throws Cancelled */
async function agreedFile(record: UploadRecord, account: Account): Promise<vscode.Uri> {
  const known = record.uri === undefined ? undefined : vscode.Uri.parse(record.uri);
  const isThere = known !== undefined && (await exists(known));
  const file = isThere ? known : await askForFile(record);
  if (account.id !== record.account.id || (isThere && !(await areInReach([file])))) {
    await confirmUpload([file], account);
  }
  const [agreed] = await savedFiles(await withoutUnwantedSecrets([file]));
  if (agreed === undefined) {
    throw new Cancelled();
  }
  return agreed;
}

async function askForFile({ name }: UploadRecord): Promise<vscode.Uri> {
  const [chosen] =
    (await vscode.window.showOpenDialog({
      openLabel: vscode.l10n.t('Upload'),
      title: vscode.l10n.t('“{0}” is no longer there. Choose a file to upload', fileNameText(name)),
    })) ?? [];
  if (chosen === undefined) {
    throw new Cancelled();
  }
  return chosen;
}

async function uploadAndReplace(
  services: Services,
  account: Account,
  file: vscode.Uri,
  target: Target,
): Promise<ReplacedGuid | undefined> {
  const { done, failed } = await uploadFiles(services, account, [outgoingFile(file)]);
  const [uploaded] = done;
  if (uploaded !== undefined) {
    return replace(services, target, uploaded.value.guid, uploaded.item.name);
  }
  if (failed.length === 0) {
    throw new Cancelled();
  }
  // Whoever ran the command does not wait for somebody to close the message.
  void runCommand(services, 'pyrus.replaceGuid', async () => {
    const summary = vscode.l10n.t('No GUID was replaced.');
    if (await showFailures(services, { failed, summary })) {
      await uploadAndReplace(services, account, file, target);
    }
  });
  return undefined;
}

async function replace(
  { guidsInCode }: Services,
  { record, ...where }: Target,
  guid: string,
  name: string,
): Promise<ReplacedGuid> {
  const replacement = { ...where, guid: record.guid, by: guid, name };
  try {
    const replaced = await guidsInCode.replace(replacement);
    if (replaced.places > 0) {
      tellReplaced(name, replaced);
    } else {
      await tellNotReplaced(guid, name, replaced.found);
    }
    return { guid, ...replaced };
  } catch (error) {
    // The file is in Pyrus, whatever became of the documents.
    await tellNotReplaced(guid, name);
    throw error;
  }
}
