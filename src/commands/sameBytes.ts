import * as vscode from 'vscode';
import type { Account } from '../account/accounts';
import type { UploadRecord } from '../history/uploadRecord';
import { md5Of } from '../transfer/fileState';
import { userSetting } from '../settings/userSetting';
import { age } from '../words/age';
import { plural } from '../words/numbers';
import { fileNameText } from '../words/plainText';
import { Cancelled, logFailure } from './command';
import type { Services } from './services';
import type { OutgoingFile } from './uploading';

const SETTING = 'upload.sameBytes';

/** What to do with a file whose bytes are in Pyrus already under a GUID not yet used. */
type SameBytes = 'ask' | 'reuse' | 'upload';

function isSameBytes(value: unknown): value is SameBytes {
  return value === 'ask' || value === 'reuse' || value === 'upload';
}

/**
 * Marks the files whose bytes the same account has uploaded and not attached yet, if the user wants
 * their GUIDs again.
 * @throws Cancelled
 */
export async function knownToPyrus(
  services: Services,
  account: Account,
  files: readonly OutgoingFile[],
): Promise<readonly OutgoingFile[]> {
  const wanted = userSetting(SETTING, isSameBytes);
  if (wanted === 'upload') {
    return files;
  }
  const known = await sameBytes(services, account, files);
  if (known.size === 0 || (wanted === 'ask' && !(await askToReuse(services.log, known)))) {
    return files;
  }
  return files.map(file => {
    const record = known.get(file);
    return record === undefined ? file : { ...file, known: record };
  });
}

/** Reads only files of which an upload has the size: hashing what cannot match would be waiting. */
async function sameBytes(
  services: Services,
  account: Account,
  files: readonly OutgoingFile[],
): Promise<ReadonlyMap<OutgoingFile, UploadRecord>> {
  const unused = (await services.history.all()).filter(
    ({ state, account: { id } }) => state.kind === 'unattached' && id === account.id,
  );
  const known = new Map<OutgoingFile, UploadRecord>();
  for (const file of unused.length === 0 ? [] : files) {
    // Each attaches one file: two files with the same bytes need two.
    const left = unused.filter(record => ![...known.values()].includes(record));
    const record = await recordOf(services, file, left);
    if (record !== undefined) {
      known.set(file, record);
    }
  }
  return known;
}

async function recordOf(
  { log, transfers }: Services,
  { uri, name }: OutgoingFile,
  unused: readonly UploadRecord[],
): Promise<UploadRecord | undefined> {
  if (uri === undefined) {
    return undefined;
  }
  try {
    const { size } = await vscode.workspace.fs.stat(uri);
    // A GUID carries the name of the file, too.
    const alike = unused.filter(record => record.size === size && record.name === name);
    if (alike.length === 0) {
      return undefined;
    }
    const md5 = await md5Of(uri, transfers.signal);
    return alike.find(record => record.md5 === md5);
  } catch (error) {
    // Uploading it says the same again, with the file's name and what to do.
    logFailure(log, `looking at ${name}`, error);
    return undefined;
  }
}

async function askToReuse(
  log: vscode.LogOutputChannel,
  known: ReadonlyMap<OutgoingFile, UploadRecord>,
): Promise<boolean> {
  const reuse = vscode.l10n.t('Use the GUID Again');
  const upload = vscode.l10n.t('Upload Again');
  const answer = await vscode.window.showInformationMessage(
    question([...known.values()]),
    {
      modal: true,
      detail: vscode.l10n.t(
        'A GUID attaches a file once, so two uses need two uploads. What other programs have attached is not known here. “Upload Again” is remembered in the setting “pyrus.upload.sameBytes”.',
      ),
    },
    reuse,
    upload,
  );
  if (answer === undefined) {
    throw new Cancelled();
  }
  if (answer === upload) {
    await remember(log);
  }
  return answer === reuse;
}

/** Not the other answer: that a GUID is unused is known of this extension only, and only of now. */
async function remember(log: vscode.LogOutputChannel): Promise<void> {
  try {
    await vscode.workspace
      .getConfiguration('pyrus')
      .update(SETTING, 'upload' satisfies SameBytes, vscode.ConfigurationTarget.Global);
  } catch (error) {
    // Settings that cannot be written are no reason to upload nothing.
    logFailure(log, `remembering pyrus.${SETTING}`, error);
  }
}

function question(records: readonly UploadRecord[]): string {
  const [first] = records;
  const count = records.length;
  if (count === 1 && first !== undefined) {
    return vscode.l10n.t(
      'The same “{0}” is in Pyrus already ({1}), not attached yet. Use its GUID again?',
      fileNameText(first.name),
      age(first.uploadedAt),
    );
  }
  return plural(count, {
    one: () =>
      vscode.l10n.t({
        message: '{0} of these files is in Pyrus already, not attached yet. Use its GUID again?',
        args: [count],
        comment: ['one'],
      }),
    few: () =>
      vscode.l10n.t({
        message:
          '{0} of these files are in Pyrus already, not attached yet. Use their GUIDs again?',
        args: [count],
        comment: ['few'],
      }),
    many: () =>
      vscode.l10n.t({
        message:
          '{0} of these files are in Pyrus already, not attached yet. Use their GUIDs again?',
        args: [count],
        comment: ['many'],
      }),
  });
}
