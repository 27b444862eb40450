import * as vscode from 'vscode';
import type { UploadRecord } from '../history/uploadRecord';
import { age } from '../words/age';
import { byteSize } from '../words/numbers';
import { fileNameText, plainText } from '../words/plainText';
import { uploadStateText } from '../words/uploadState';
import { Cancelled } from './command';
import { fileIcon } from '../words/fileIcon';
import { UploadSearch } from './uploadSearch';

/** What the user wants, and with which uploads. */
export type UploadChoice =
  | { readonly kind: 'insert' | 'insertAs' | 'copy'; readonly records: readonly UploadRecord[] }
  /** None of these: another file. */
  | { readonly kind: 'upload' };

/** A row; the one without a record says that there are more. */
interface UploadRow extends vscode.QuickPickItem {
  readonly record?: UploadRecord;
}

/** Nobody scrolls further: typing finds the others. */
const MOST_ROWS = 100;

/**
 * A list of uploads to choose from, searched by file name, path, GUID, account and task. One is
 * chosen with Enter; a button in the title makes it a list of check boxes.
 * @throws Cancelled
 */
export async function pickUploads(records: readonly UploadRecord[]): Promise<UploadChoice> {
  const list = new UploadList(records);
  try {
    return await list.choice();
  } finally {
    list.dispose();
  }
}

class UploadList {
  readonly #insertAs = button('list-selection', vscode.l10n.t('Insert As…'));
  readonly #copy = button('copy', vscode.l10n.t('Copy GUID'));
  readonly #several = button('checklist', vscode.l10n.t('Choose Several'));
  readonly #upload = button('cloud-upload', vscode.l10n.t('Upload Another File…'));
  readonly #pick = vscode.window.createQuickPick<UploadRow>();
  readonly #search: UploadSearch;

  constructor(records: readonly UploadRecord[]) {
    this.#search = new UploadSearch(records);
    this.#pick.title = vscode.l10n.t('Insert GUID of Uploaded File');
    this.#pick.placeholder = vscode.l10n.t('File name, path or GUID');
    // VS Code only marks what it finds, too.
    this.#pick.matchOnDescription = true;
    this.#pick.matchOnDetail = true;
    this.#pick.buttons = [this.#several, this.#upload];
    this.#show();
  }

  dispose(): void {
    this.#pick.dispose();
  }

  /** @throws Cancelled */
  async choice(): Promise<UploadChoice> {
    return new Promise((resolve, reject) => {
      const pick = this.#pick;
      pick.onDidChangeValue(() => this.#show());
      pick.onDidAccept(() => {
        const records = recordsOf(pick.selectedItems);
        if (records.length > 0) {
          resolve({ kind: 'insert', records });
        }
      });
      pick.onDidTriggerItemButton(({ item, button: pressed }) =>
        resolve({ kind: pressed === this.#copy ? 'copy' : 'insertAs', records: recordsOf([item]) }),
      );
      pick.onDidTriggerButton(pressed => {
        if (pressed === this.#upload) {
          resolve({ kind: 'upload' });
        } else {
          pick.canSelectMany = true;
          pick.buttons = [this.#upload];
        }
      });
      pick.onDidHide(() => reject(new Cancelled()));
      pick.show();
    });
  }

  /** What the box asks for; what is checked stays, on top. */
  #show(): void {
    const pick = this.#pick;
    const checked = pick.canSelectMany ? pick.selectedItems : [];
    const there = new Set(recordsOf(checked));
    const { records, more } = this.#search.find(pick.value, MOST_ROWS);
    const found = records.filter(record => !there.has(record));
    pick.items = [
      ...checked,
      ...found.map(record => uploadRow(record, [this.#insertAs, this.#copy])),
      ...(more > 0 ? [moreRow(more)] : []),
    ];
    pick.selectedItems = checked;
  }
}

function recordsOf(rows: readonly UploadRow[]): UploadRecord[] {
  return rows.flatMap(({ record }) => record ?? []);
}

function button(icon: string, tooltip: string): vscode.QuickInputButton {
  return { iconPath: new vscode.ThemeIcon(icon), tooltip };
}

function uploadRow(record: UploadRecord, buttons: readonly vscode.QuickInputButton[]): UploadRow {
  const { guid, name, uri, size, uploadedAt, account, state } = record;
  const path =
    uri === undefined ? [] : [plainText(vscode.workspace.asRelativePath(vscode.Uri.parse(uri)))];
  return {
    label: fileNameText(name, 80),
    description: [...path, byteSize(size), age(uploadedAt)].join(' · '),
    // What is cut off at the right is the account.
    detail: [guid, uploadStateText(state), plainText(account.label)].join(' · '),
    iconPath: new vscode.ThemeIcon(fileIcon(name)),
    buttons,
    alwaysShow: true,
    record,
  };
}

function moreRow(count: number): UploadRow {
  return {
    label: vscode.l10n.t('and {0} more: type to find them', count),
    kind: vscode.QuickPickItemKind.Separator,
  };
}
