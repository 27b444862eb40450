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
export async function knownUpload(services: Services, arg: unknown): Promise<UploadRecord> {
  const [record] = await knownUploads(services, guidsIn(arg).slice(0, 1));
  return record;
}

/**
 * The uploads that a command means which was called for rows of the view, as `(row, rows)`; for a
 * GUID; or by a key, which passes nothing, for what is selected in the view.
 * @returns each once, in the order given
 * @throws Cancelled as {@link knownUpload}
 */
export function uploadsMeant(
  services: Services,
  args: readonly unknown[],
): Promise<NonEmpty<UploadRecord>> {
  const meant = args[0] === undefined ? [undefined, services.selectedUploads()] : args;
  return knownUploads(services, guidsMeant(meant));
}

/** Each once. @param args `(row, rows)` of the view, days of it, or GUIDs as texts */
export function guidsMeant([first, second]: readonly unknown[]): string[] {
  const rows = Array.isArray(second) && second.length > 0 ? second : [first];
  return [...new Set(rows.flatMap(guidsIn))];
}

type NonEmpty<T> = readonly [T, ...T[]];

async function knownUploads(
  { history }: Services,
  guids: readonly string[],
): Promise<NonEmpty<UploadRecord>> {
  const known = await Promise.all(guids.map(guid => history.find(guid)));
  const [first, ...others] = known.flatMap(record => record ?? []);
  if (first === undefined) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('The upload history does not have this GUID.'),
    );
    throw new Cancelled();
  }
  return [first, ...others];
}

/** A day of the view stands for its uploads. */
function guidsIn(value: unknown): string[] {
  if (typeof value === 'object' && value !== null && 'records' in value) {
    return Array.isArray(value.records) ? value.records.flatMap(guidIn) : [];
  }
  return guidIn(value);
}

function guidIn(value: unknown): string[] {
  const guid = typeof value === 'object' && value !== null && 'guid' in value ? value.guid : value;
  return typeof guid === 'string' && GUID.test(guid) ? [guid.toLowerCase()] : [];
}
