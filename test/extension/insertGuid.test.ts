import { strict as assert } from 'node:assert';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { UploadHistory } from '../../src/history/uploadHistory';
import { pickUploads } from '../../src/commands/uploadPick';
import type { UploadRecord } from '../../src/history/uploadRecord';
import { closeEditors, openEditor } from './editing';
import { readLog, userData } from './logFile';
import { accepting, leaving } from './quickInput';
import { Scene } from './scene';
import { signOutAll } from './signedIn';
import { upload } from './uploading';
import { setUserSetting } from './userSettings';

describe('pyrus.insertGuid', () => {
  let scene: Scene;
  beforeEach(async () => {
    scene = await Scene.open();
  });
  afterEach(async () => {
    await closeEditors();
    await scene.close();
  });

  const uploaded = async (name: string): Promise<{ guid: string; uri: vscode.Uri }> => {
    const uri = await scene.file(name, name);
    const [file] = await upload(uri, [uri]);
    assert.ok(file);
    return { guid: file.guid, uri };
  };
  const insertGuid = (): Thenable<unknown> => vscode.commands.executeCommand('pyrus.insertGuid');

  it('offers the newest first, and inserts it by what is around the cursor, signed out, too', async () => {
    await uploaded('old.txt');
    const { guid } = await uploaded('new.txt');
    await signOutAll();
    const { document } = await openEditor('{ "attachments": [|] }', 'json');
    const { requests } = scene.pyrus;
    const before = requests.length;
    await vscode.env.clipboard.writeText('as it was');
    await accepting(insertGuid());
    assert.equal(document.getText(), `{ "attachments": [{ "guid": "${guid}" }] }`);
    assert.equal(requests.length, before);
    assert.equal(await vscode.env.clipboard.readText(), 'as it was');
  });

  it('ignores what the menu of the editor passes', async () => {
    const { guid } = await uploaded('a.txt');
    const { document } = await openEditor('"|"', 'json');
    await accepting(vscode.commands.executeCommand('pyrus.insertGuid', document.uri));
    assert.equal(document.getText(), `"${guid}"`);
  });

  it('changes nothing when it is left', async () => {
    await uploaded('a.txt');
    const { document } = await openEditor('"|"', 'json');
    await leaving(insertGuid());
    assert.equal(document.getText(), '""');
  });

  it('without an editor puts the GUID on the clipboard', async () => {
    const { guid } = await uploaded('a.txt');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await accepting(insertGuid());
    assert.equal(await vscode.env.clipboard.readText(), guid);
  });

  it('uploads a file again whose GUID is used up', async () => {
    const { guid } = await uploaded('a.txt');
    await history().attached(guid, { taskId: 1001, fileId: 17563 });
    const { document } = await openEditor('"|"', 'json');
    await accepting(insertGuid());
    const again = scene.pyrus.uploads.at(-1);
    assert.equal(scene.pyrus.uploads.length, 2);
    assert.notEqual(again?.guid, guid);
    assert.equal(document.getText(), `"${String(again?.guid)}"`);
  });

  it('says once what is wrong with a template, and goes on without it', async () => {
    const undo = await setUserSetting('insert.templates', {
      json: [{ label: 'Mine', template: '${guid}' }, { label: 'None' }],
    });
    try {
      const { guid } = await uploaded('a.txt');
      const before = (await readLog()).length;
      const { document } = await openEditor('|', 'json');
      await accepting(insertGuid());
      assert.equal(document.getText(), guid);
      await accepting(insertGuid());
      const said = (await readLog()).slice(before);
      assert.equal(said.split('json[1] has no “template”').length, 2, said);
    } finally {
      await undo();
    }
  });

  it('opens 10,000 uploads about as fast as 100', async () => {
    const open = async (records: readonly UploadRecord[]): Promise<number> => {
      const started = performance.now();
      const choice = await accepting(pickUploads(records));
      assert.deepEqual(choice, { kind: 'insert', records: [records[0]] });
      return performance.now() - started;
    };
    const times = { few: Infinity, many: Infinity };
    for (let round = 0; round < 3; round++) {
      times.few = Math.min(times.few, await open(manyRecords(100)));
      times.many = Math.min(times.many, await open(manyRecords(10_000)));
    }
    console.log(`      100: ${times.few.toFixed(0)} ms, 10,000: ${times.many.toFixed(0)} ms`);
    assert.ok(times.many < times.few * 4);
  });
});

/** The history of the extension under test, as another window sees it. */
function history(): UploadHistory {
  const storage = path.join(userData, 'User', 'globalStorage', 'pyrus-tools.pyrus-attachments');
  return new UploadHistory(path.join(storage, 'history'), {
    limit: () => 10_000,
    isRecording: () => true,
    onError: error => {
      throw error;
    },
  });
}

function manyRecords(count: number): UploadRecord[] {
  const now = Date.now();
  return Array.from({ length: count }, (_, index) => ({
    guid: `0e7f2a1c-9f6f-4b53-8d1a-${index.toString(16).padStart(12, '0')}`,
    name: `Договор поставки ${index}.pdf`,
    uri: `file:///home/bob/projects/pyrus/договоры/${index % 100}/Договор поставки ${index}.pdf`,
    size: index * 1000,
    md5: '5d41402abc4b2a76b9719d911017c592',
    uploadedAt: now - index * 3_600_000,
    account: { id: 'pyrus.com/1', label: 'bob.smith@example.com' },
    state: index % 3 === 0 ? { kind: 'attached', taskId: index } : { kind: 'unattached' },
  }));
}
