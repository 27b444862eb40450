import { randomUUID } from 'node:crypto';
import * as path from 'node:path';
import { performance } from 'node:perf_hooks';
import * as vscode from 'vscode';
import type { TestApi } from '../../../src/testApi';
import { UploadHistory } from '../../../src/history/uploadHistory';
import type { NewUpload } from '../../../src/history/uploadRecord';
import { isDay } from '../../../src/views/row';
import type { Row } from '../../../src/views/row';
import { Boxes } from '../../extension/boxes';
import { leaving } from '../../extension/quickInput';
import type { Timing } from './results';

const MINUTE = 60_000;

/** Fills the history before anything has read it. @returns the oldest and the newest record */
export async function fillHistory(
  { storage }: TestApi,
  count: number,
): Promise<{ readonly oldest: NewUpload; readonly newest: NewUpload }> {
  const records = Array.from({ length: count }, (_, at) => recordOf(at));
  const history = new UploadHistory(path.join(storage.fsPath, 'history'), {
    limit: () => count,
    isRecording: () => true,
    onError: error => {
      throw error;
    },
  });
  await history.add(records);
  history.close();
  const [oldest, newest] = [records.at(0), records.at(-1)];
  if (oldest === undefined || newest === undefined) {
    throw new Error('a history of nothing');
  }
  return { oldest, newest };
}

function recordOf(at: number): NewUpload {
  return {
    guid: randomUUID(),
    name: `report ${at}.pdf`,
    uri: vscode.Uri.file(`/home/me/work/reports/report ${at}.pdf`).toString(),
    size: 1000 + at,
    md5: at.toString(16).padStart(32, '0'),
    // Ten a day, over years.
    uploadedAt: Date.now() - (10_000 - at) * 144 * MINUTE,
    modifiedAt: 1_700_000_000_000 + at,
    account: { id: 'pyrus.com/1731', label: 'bob@example.com (pyrus.com)' },
  };
}

/** Does it once, then a few times more. */
export async function timing(what: string, act: () => Promise<number>): Promise<Timing> {
  const cold = await act();
  const warm: number[] = [];
  for (let time = 0; time < 5; time += 1) {
    warm.push(await act());
  }
  return { what, cold, warm };
}

/** Until a GUID at the beginning of a document has its hover. */
export async function hovered(guid: string): Promise<number> {
  const document = await vscode.workspace.openTextDocument({ content: `"${guid}"` });
  const begun = performance.now();
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    'vscode.executeHoverProvider',
    document.uri,
    new vscode.Position(0, 5),
  );
  const took = performance.now() - begun;
  if (hovers.length === 0) {
    throw new Error('no hover');
  }
  return took;
}

/** Until VS Code has what it asks for at the beginning: every day, and the rows of the first. */
export async function viewed({ uploadsView }: TestApi): Promise<number> {
  const { treeDataProvider: provider } = uploadsView.options;
  const begun = performance.now();
  const days = (await provider.getChildren()) ?? [];
  const rows: Row[] = [...days, ...((await provider.getChildren(days[0])) ?? [])];
  for (const row of rows) {
    await provider.getTreeItem(row);
  }
  if (!rows.some(row => !isDay(row))) {
    throw new Error('the view shows no upload');
  }
  return performance.now() - begun;
}

/** Until the list of uploads is on the screen, with all rows. */
export async function searched(): Promise<number> {
  const boxes = new Boxes();
  try {
    const begun = performance.now();
    const over = vscode.commands.executeCommand('pyrus.insertGuid');
    const box = await boxes.next();
    await box.isAt(/^/);
    const took = performance.now() - begun;
    await box.leave();
    await over;
    return took;
  } finally {
    await boxes.dispose();
  }
}

/** From the id of a task to the list of its files, handed to VS Code. */
export async function listed(task: number, count: number): Promise<number> {
  const boxes = new Boxes();
  try {
    const over = vscode.commands.executeCommand('pyrus.downloadFromTask');
    const question = await boxes.next();
    await question.type(String(task));
    const begun = performance.now();
    await question.enter();
    const list = await boxes.next();
    await list.has(/^/);
    const took = performance.now() - begun;
    const { length } = list.rows();
    if (length < count) {
      throw new Error(`the list has ${length} rows, not ${count}`);
    }
    await leaving(over);
    return took;
  } finally {
    await boxes.dispose();
  }
}
