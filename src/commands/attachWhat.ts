import * as vscode from 'vscode';
import type { Account } from '../account/accounts';
import type { UploadRecord } from '../history/uploadRecord';
import { age } from '../words/age';
import { byteSize } from '../words/numbers';
import { fileNameText } from '../words/plainText';
import { Cancelled } from './command';
import { pickRow } from './pickRow';
import { activeResource } from './resources';
import type { Services } from './services';

/** What is to be attached when no argument says so. */
export type What =
  | { readonly kind: 'files'; readonly uris: readonly vscode.Uri[] }
  | { readonly kind: 'upload'; readonly guid: string };

interface WhatRow extends vscode.QuickPickItem {
  readonly what?: () => What | Promise<What>;
}

/**
 * The file in the active tab; but when the cursor is on a GUID, or nothing is open, the user chooses
 * among that, the uploads that are in no task yet, and a file dialog.
 * @throws Cancelled
 */
export async function askWhatToAttach(services: Services, account: Account): Promise<What> {
  const guid = services.guidsInCode.atCursor()?.guid;
  const active = activeResource();
  if (guid === undefined && active !== undefined) {
    return { kind: 'files', uris: [active] };
  }
  const uploads = await unattached(services, account);
  if (guid === undefined && uploads.length === 0) {
    return chosenFiles();
  }
  const rows = [
    ...(guid === undefined ? [] : [await guidRow(services, guid)]),
    ...(active === undefined ? [] : [fileRow(active)]),
    chooseRow(),
    ...uploadRows(uploads.filter(record => record.guid !== guid)),
  ];
  const picked = await pickRow<WhatRow>(rows, {
    title: vscode.l10n.t('Attach to Pyrus Task'),
    placeholder: vscode.l10n.t('What shall be attached?'),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  if (picked.what === undefined) {
    throw new Cancelled();
  }
  return picked.what();
}

/** Newest first. */
async function unattached({ history }: Services, { id }: Account): Promise<UploadRecord[]> {
  const all = await history.all();
  return all.filter(({ state, account }) => state.kind === 'unattached' && account.id === id);
}

async function guidRow({ history }: Services, guid: string): Promise<WhatRow> {
  const record = await history.find(guid);
  return {
    label: record === undefined ? guid : fileNameText(record.name, 80),
    description: vscode.l10n.t('GUID at the cursor'),
    ...(record === undefined ? {} : { detail: guid }),
    iconPath: new vscode.ThemeIcon('symbol-key'),
    what: () => ({ kind: 'upload', guid }),
  };
}

function fileRow(uri: vscode.Uri): WhatRow {
  return {
    label: fileNameText(uri.path.split('/').at(-1) ?? '', 80),
    description: vscode.l10n.t('the file in the active tab'),
    iconPath: new vscode.ThemeIcon('file'),
    what: () => ({ kind: 'files', uris: [uri] }),
  };
}

function chooseRow(): WhatRow {
  return {
    label: vscode.l10n.t('Choose Files…'),
    iconPath: new vscode.ThemeIcon('folder-opened'),
    alwaysShow: true,
    what: chosenFiles,
  };
}

function uploadRows(uploads: readonly UploadRecord[]): WhatRow[] {
  const heading = {
    label: vscode.l10n.t('uploaded, not attached yet'),
    kind: vscode.QuickPickItemKind.Separator,
  };
  const rows = uploads.map(({ guid, name, size, uploadedAt }): WhatRow => {
    return {
      label: fileNameText(name, 80),
      description: [byteSize(size), age(uploadedAt)].join(' · '),
      iconPath: new vscode.ThemeIcon('cloud'),
      what: () => ({ kind: 'upload', guid }),
    };
  });
  return rows.length === 0 ? [] : [heading, ...rows];
}

async function chosenFiles(): Promise<What> {
  const uris = await vscode.window.showOpenDialog({
    canSelectMany: true,
    openLabel: vscode.l10n.t('Attach'),
    title: vscode.l10n.t('Choose files to attach to a Pyrus task'),
  });
  if (uris === undefined) {
    throw new Cancelled();
  }
  return { kind: 'files', uris };
}
