/** Runs in the extension host, with the packed extension; leaves its figures in a file. */
import { writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import * as path from 'node:path';
import { performance } from 'node:perf_hooks';
import * as vscode from 'vscode';
import type { TestApi } from '../../../src/testApi';
import { measuredActivation } from '../../extension/measuredActivation';
import { builtFile, extensionUnderTest, signIn } from '../../extension/signedIn';
import { setUserSetting } from '../../extension/userSettings';
import { startPyrusProcess } from '../pyrusChild';
import type { PyrusProcess } from '../pyrusChild';
import { fillHistory, hovered, listed, searched, timing, viewed } from './lists';
import type { HostResults, HostUpload, LargeFile, LargeTransfer, Timing } from './results';
import { largeUpload, timedUpload } from './uploads';

const RECORDS = 10_000;
const ATTACHMENTS = 3000;

/** What the program outside says, in the environment of the host. */
const {
  PYRUS_BENCH_RESULTS: resultFile = '',
  PYRUS_BENCH_PYRUS: pyrusProgram = '',
  PYRUS_BENCH_LARGE: largeFiles = '[]',
} = process.env;

export async function run(): Promise<void> {
  try {
    await writeFile(resultFile, JSON.stringify(await measured()));
  } catch (error) {
    // Outside nobody would learn more than that it failed.
    const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
    await writeFile(resultFile, JSON.stringify({ error: reason }));
  }
}

async function measured(): Promise<HostResults> {
  const activation = await measuredActivation();
  await extensionUnderTest().activate();
  const api = await vscode.commands.executeCommand<TestApi>('pyrus.testApi');
  await setUserSetting('upload.sameBytes', 'upload');
  await setUserSetting('history.limit', RECORDS);
  const { oldest, newest } = await fillHistory(api, RECORDS);
  const load = loadRest();
  const pyrus = await startPyrusProcess({ language: 'en' }, pyrusProgram);
  try {
    await signIn(pyrus);
    const uploads = await smallUploads(pyrus);
    const lists = [
      await timing(`view of ${RECORDS} uploads, ten a day: all days, and the rows of one`, () =>
        viewed(api),
      ),
      await timing(`hover on a GUID of ${RECORDS}`, () => hovered(newest.guid)),
      await timing('hover on the oldest GUID', () => hovered(oldest.guid)),
      await timing(`list of ${RECORDS} uploads to insert from, on the screen`, openAndSearch),
      await bigTask(pyrus),
    ];
    const large = await largeUploads();
    return { activation, load, ...uploads, history: lists, large };
  } finally {
    pyrus.stop();
  }
}

/** As the first command does it. */
function loadRest(): number {
  const load = createRequire(builtFile('extension.js'));
  const begun = performance.now();
  load('./onFirstUse.js');
  return performance.now() - begun;
}

async function smallUploads(pyrus: PyrusProcess): Promise<Pick<HostResults, 'first' | 'later'>> {
  const uri = vscode.Uri.file(path.join(workspaceFolder(), 'small.txt'));
  await vscode.workspace.fs.writeFile(uri, Buffer.from('small'));
  const upload = async (): Promise<HostUpload> => {
    const timed = await timedUpload(pyrus, uri);
    await vscode.commands.executeCommand('notifications.clearAll');
    return timed;
  };
  const first = await upload();
  const later: HostUpload[] = [];
  while (later.length < 10) {
    later.push(await upload());
  }
  return { first, later };
}

async function openAndSearch(): Promise<number> {
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ content: '""' }));
  return searched();
}

async function bigTask(pyrus: PyrusProcess): Promise<Timing> {
  const id = await pyrus.addTask();
  return timing(`task with ${ATTACHMENTS} attachments: from its id to the list`, () =>
    listed(id, ATTACHMENTS),
  );
}

/** Against servers that only read, so that the host has the machine to itself. */
async function largeUploads(): Promise<LargeTransfer[]> {
  const all: LargeTransfer[] = [];
  for (const { size, md5 } of JSON.parse(largeFiles) as readonly LargeFile[]) {
    const pyrus = await startPyrusProcess({ uploadWork: 'drain', assumedMd5: md5 }, pyrusProgram);
    try {
      await signIn(pyrus);
      all.push(await largeUpload(workspaceFolder(), size));
    } finally {
      pyrus.stop();
    }
  }
  return all;
}

function workspaceFolder(): string {
  const folder = vscode.workspace.workspaceFolders?.[0];
  if (folder === undefined) {
    throw new Error('no workspace is open');
  }
  return folder.uri.fsPath;
}
