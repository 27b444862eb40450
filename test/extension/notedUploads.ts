import { randomUUID } from 'node:crypto';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { UploadHistory } from '../../src/history/uploadHistory';
import type { NewUpload } from '../../src/history/uploadRecord';
import type { TestApi } from '../../src/testApi';
import type { Scene } from './scene';
import { extensionUnderTest } from './signedIn';
import { md5 } from './uploading';

/** The history of the extension under test, as another window has it. */
export async function historyOfAnotherWindow(): Promise<UploadHistory> {
  await extensionUnderTest().activate();
  const { storage } = await vscode.commands.executeCommand<TestApi>('pyrus.testApi');
  return new UploadHistory(path.join(storage.fsPath, 'history'), {
    limit: () => 1000,
    isRecording: () => true,
    onError: error => {
      throw error;
    },
  });
}

/** An upload of the scene's account as it would be noted, with nothing in Pyrus. */
export function newUpload({ account: { id, label } }: Scene, own: Partial<NewUpload>): NewUpload {
  return {
    guid: randomUUID(),
    name: 'report.txt',
    size: 7,
    md5: md5('content'),
    uploadedAt: Date.now(),
    account: { id, label },
    ...own,
  };
}

/** The same of a file that is as it was uploaded. */
export async function uploadOf(scene: Scene, file: vscode.Uri): Promise<NewUpload> {
  const { mtime, size } = await vscode.workspace.fs.stat(file);
  const bytes = await vscode.workspace.fs.readFile(file);
  return newUpload(scene, {
    name: path.posix.basename(file.path),
    uri: file.toString(),
    size,
    md5: md5(bytes),
    modifiedAt: mtime,
  });
}
