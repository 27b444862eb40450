import * as vscode from 'vscode';
import type { UploadRecord } from '../history/uploadRecord';
import { Cancelled } from './command';
import type { Services } from './services';

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * The upload that an argument of a command means: its GUID, or whatever has a `guid`. Only the GUID
 * is taken from it; everything else is looked up, for the argument may come from anywhere.
 * @throws Cancelled when there is none, which is then said
 */
export async function knownUpload({ history }: Services, arg: unknown): Promise<UploadRecord> {
  const guid = guidIn(arg);
  const record = guid === undefined ? undefined : await history.find(guid);
  if (record === undefined) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('The upload history does not have this GUID.'),
    );
    throw new Cancelled();
  }
  return record;
}

function guidIn(value: unknown): string | undefined {
  const guid = typeof value === 'object' && value !== null && 'guid' in value ? value.guid : value;
  return typeof guid === 'string' && GUID.test(guid) ? guid : undefined;
}
