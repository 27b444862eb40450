import { strict as assert } from 'node:assert';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { TestApi } from '../../src/testApi';
import { UploadHistory } from '../../src/history/uploadHistory';
import type { NewUpload, UploadRecord } from '../../src/history/uploadRecord';
import { isDay } from '../../src/views/row';
import type { Row } from '../../src/views/row';
import { extensionUnderTest } from './signedIn';
import { md5 } from './uploading';

/** The uploads view as VS Code has it, and the history under it as another window has it. */
export class ViewUnderTest {
  private constructor(
    private readonly api: TestApi,
    /** Another window's: it shares nothing with the extension but the file. */
    readonly history: UploadHistory,
    /** Where the history is on disk. */
    readonly file: string,
  ) {}

  /** The view, open, over an empty history. */
  static async open(): Promise<ViewUnderTest> {
    await extensionUnderTest().activate();
    const api = await vscode.commands.executeCommand<TestApi>('pyrus.testApi');
    const folder = join(api.storage.fsPath, 'history');
    const history = new UploadHistory(folder, {
      limit: () => 10_000,
      isRecording: () => true,
      onError: error => assert.fail(String(error)),
    });
    await history.clear();
    await visible(api.uploadsView.view);
    return new ViewUnderTest(api, history, join(folder, 'uploads.jsonl'));
  }

  async close(): Promise<void> {
    await this.history.clear();
    this.history.close();
  }

  get view(): vscode.TreeView<Row> {
    return this.api.uploadsView.view;
  }

  get controller(): vscode.TreeDragAndDropController<Row> {
    const { dragAndDropController } = this.api.uploadsView.options;
    assert.ok(dragAndDropController);
    return dragAndDropController;
  }

  /** What VS Code asks, and what it is told. */
  get provider(): vscode.TreeDataProvider<Row> {
    return this.api.uploadsView.options.treeDataProvider;
  }

  async days(): Promise<readonly Row[]> {
    return (await this.provider.getChildren()) ?? [];
  }

  /** The rows of uploads, from top to bottom. */
  async uploads(): Promise<UploadRecord[]> {
    const rows: UploadRecord[] = [];
    for (const day of await this.days()) {
      const children = (await this.provider.getChildren(day)) ?? [];
      rows.push(...children.flatMap(row => (isDay(row) ? [] : row)));
    }
    return rows;
  }

  item(row: Row): Thenable<vscode.TreeItem> {
    return Promise.resolve(this.provider.getTreeItem(row));
  }

  /** The row of an upload that has just been noted. */
  async noted(upload: Partial<NewUpload> = {}): Promise<UploadRecord> {
    const record = newUpload(upload);
    await this.history.add([record]);
    const row = (await this.uploads()).find(({ guid }) => guid === record.guid);
    assert.ok(row, 'the view does not show it');
    return row;
  }

  /** Runs `act` and waits until the view tells VS Code that it has changed. */
  async changesBy(act: () => Promise<unknown>): Promise<void> {
    const changed = new Promise<void>(resolve => {
      const listening = this.provider.onDidChangeTreeData?.(() => {
        listening?.dispose();
        resolve();
      });
    });
    await act();
    await changed;
  }
}

async function visible(view: vscode.TreeView<Row>): Promise<void> {
  const shown = new Promise<void>(resolve => {
    const listening = view.onDidChangeVisibility(() => {
      listening.dispose();
      resolve();
    });
  });
  await vscode.commands.executeCommand('pyrus.uploads.focus');
  if (!view.visible) {
    await shown;
  }
}

export function newUpload(upload: Partial<NewUpload> = {}): NewUpload {
  return {
    guid: randomUUID(),
    name: 'report.pdf',
    size: 1536,
    md5: md5('report'),
    uploadedAt: Date.now(),
    account: { id: 'pyrus.com/1731', label: 'bob@example.com (pyrus.com)' },
    ...upload,
  };
}
