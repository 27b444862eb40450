import { strict as assert } from 'node:assert';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { fileIds } from '../pyrus-server/fixtures';
import { Caller } from './calling';
import { openScene, signIn } from './signedIn';
import type { Scene } from './signedIn';

describe('another extension', () => {
  let caller: Caller;
  let scene: Scene;

  before(async () => {
    caller = await Caller.pack();
    scene = await openScene({ otherVsix: caller.vsix, env: caller.env });
    await signIn(scene);
  });
  after(async () => {
    await scene.close();
    await caller.remove();
  });

  const uri = (name: string): string =>
    pathToFileURL(join(scene.workbench.workspaceFolder, name)).toString();

  it('has files uploaded when the user says yes, and is answered what there is of them', async () => {
    const { workbench, pyrus } = scene;
    const made = { command: 'pyrus.upload', args: [[uri('upload.py'), uri('comment.json')]] };
    const refused = await caller.call(workbench, made);
    const question = await workbench.dialog.shown('Upload 2 files to Pyrus as bob.smith');
    assert.match(question, /upload\.py/);
    await workbench.dialog.click('Cancel');
    assert.deepEqual(await refused(), {});
    assert.deepEqual(pyrus.uploads, []);

    const uploaded = await caller.call(workbench, made);
    await workbench.dialog.shown('Upload 2 files to Pyrus as bob.smith');
    await workbench.dialog.click('Upload');
    const { answer } = await uploaded();
    const of = (name: string): object => {
      const { guid, md5, size } =
        pyrus.uploads.find(upload => upload.name === name) ?? assert.fail();
      return { uri: uri(name), name, guid, md5, size };
    };
    assert.deepEqual(answer, [of('upload.py'), of('comment.json')]);
    await (await workbench.notifications.toast('2 files are in Pyrus')).close();
  });

  it('has files downloaded when the user says yes, and is answered where they are', async () => {
    const { workbench } = scene;
    const ids = [fileIds.plain, fileIds.forbidden];
    const folder = uri('Акт сверки');
    const made = { command: 'pyrus.download', args: [{ ids, folder }] };
    const saved = await caller.call(workbench, made);
    const question = await workbench.dialog.shown('Download 2 files from Pyrus as bob.smith');
    assert.match(question, /Ids: 1334, 1400/);
    assert.match(question, /Folder: .*Акт сверки/);
    await workbench.dialog.click('Download');
    const place = uri('Акт сверки/test.txt');
    assert.deepEqual(await saved(), { answer: [{ id: fileIds.plain, uri: place, size: 12 }] });
    const path = join(workbench.workspaceFolder, 'Акт сверки', 'test.txt');
    assert.equal(await readFile(path, 'utf8'), 'file content');
    await (await workbench.notifications.toast('Downloaded 1 of 2.')).close();
  });
});
