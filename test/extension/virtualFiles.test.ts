import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { fileIds } from '../pyrus-server/fixtures';
import { taskIds } from '../pyrus-server/taskParts';
import { AttachScene } from './attachScene';
import { choose, dropEdit, newDocument, signedInInstance, text, uriList } from './dropping';
import { MemoryFiles } from './memoryFiles';
import { accepting } from './quickInput';
import { assertUploaded, upload, uploadIfAllowed } from './uploading';

/** A provider that fails as providers of the wild do: with a code of VS Code, or with any error. */
class FailingFiles extends MemoryFiles {
  onRead: Error | undefined;
  onWrite: Error | undefined;

  override readFile(uri: vscode.Uri): Uint8Array {
    if (this.onRead !== undefined) {
      throw this.onRead;
    }
    return super.readFile(uri);
  }

  override writeFile(...args: Parameters<MemoryFiles['writeFile']>): void {
    super.writeFile(...args);
    if (this.onWrite !== undefined) {
      throw this.onWrite;
    }
  }
}

describe('files that only VS Code can reach', () => {
  let attaching: AttachScene;
  let files: FailingFiles;
  let registrations: vscode.Disposable;
  const folder = vscode.Uri.parse('memory:/folder');
  const uri = vscode.Uri.joinPath(folder, 'план.txt');
  beforeEach(async () => {
    attaching = await AttachScene.open();
    files = new FailingFiles();
    files.createDirectory(folder);
    files.writeFile(uri, Buffer.from('plan'), { create: true, overwrite: true });
    const { registerFileSystemProvider } = vscode.workspace;
    registrations = vscode.Disposable.from(
      registerFileSystemProvider('memory', files),
      registerFileSystemProvider('sealed', files, { isReadonly: true }),
    );
  });
  afterEach(async () => {
    registrations.dispose();
    await attaching.close();
  });

  /** Downloads into a folder. @returns what is said, and the buttons */
  const download = async (into: vscode.Uri): Promise<[string, readonly string[]]> => {
    await vscode.env.clipboard.writeText(String(fileIds.plain));
    await accepting(vscode.commands.executeCommand('pyrus.download', into, [into]));
    const { text: said, buttons } = await attaching.messages.next();
    return [said, buttons];
  };

  it('are attached to a task', async () => {
    await attaching.attachTo(taskIds.simple, uri, [uri]);
    assert.deepEqual(
      attaching.attachments(taskIds.simple).map(({ name }) => name),
      ['план.txt'],
    );
  });

  it('leave their GUIDs where they were dropped', async () => {
    const instance = await signedInInstance(attaching.scene, () => Promise.resolve(undefined));
    try {
      const document = await newDocument(attaching.scene, '');
      await vscode.window.showTextDocument(document);
      const edit = await dropEdit(instance, document, uriList(uri));
      await choose(edit, document, [new vscode.Range(0, 0, 0, 0)]);
      const guid = await text(document, now => now !== '' && !now.includes('⟦'));
      assert.equal(guid, attaching.scene.pyrus.uploads.at(-1)?.guid);
    } finally {
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
      await instance.deactivate();
      instance.dispose();
    }
  });

  it('go up beside those whose provider fails, which are named', async () => {
    const { scene, messages } = attaching;
    const local = { uri: await scene.file('local.txt', 'local'), content: 'local' };
    files.onRead = vscode.FileSystemError.Unavailable('the server in the cellar is off');
    await assertUploaded(scene, await upload(uri, [uri, local.uri]), [local]);
    const { text: said } = await messages.next();
    assert.equal(
      said,
      'Uploaded 1 of 2; the GUIDs are on the clipboard. “план.txt”: The file cannot be read (Unavailable). Check its permissions and the disk.',
    );
    files.onRead = new Error('Cannot read properties of undefined');
    assert.deepEqual(await uploadIfAllowed(uri, [uri]), []);
    assert.equal(
      (await messages.next()).text,
      '“план.txt”: The file cannot be read (Unknown). Check its permissions and the disk.',
    );
  });

  it('come down nowhere that is read-only, and another folder is offered', async () => {
    const [said, buttons] = await download(vscode.Uri.parse('sealed:/folder'));
    assert.match(said, /: You may not write into this folder\. Choose another one\.$/);
    assert.deepEqual(buttons, ['Choose Another Folder…', 'Show Log']);
    assert.deepEqual(files.paths, ['/folder', '/folder/план.txt']);
  });

  it('leave nothing of a download that their provider fails to write', async () => {
    files.onWrite = new Error('Cannot read properties of undefined');
    const [said, buttons] = await download(folder);
    assert.match(said, /: The file cannot be written \(Unknown\)\.$/);
    assert.deepEqual(buttons, ['Retry', 'Show Log']);
    assert.deepEqual(files.paths, ['/folder', '/folder/план.txt']);
  });
});
