import { strict as assert } from 'node:assert';
import { writeFile } from 'node:fs/promises';
import * as path from 'node:path';
import type { UploadHistory } from '../../src/history/uploadHistory';
import type { NewUpload } from '../../src/history/uploadRecord';
import { eventually } from '../eventually';
import { HoverWidget } from './hoverWidget';
import { historyOf, uploadOf } from './notedUploads';
import { openScene, signIn } from './signedIn';
import type { Scene } from './signedIn';

const FILE = 'Договор поставки.txt';

describe('a GUID in code', () => {
  let scene: Scene;
  let history: UploadHistory;
  let hover: HoverWidget;
  let upload: NewUpload;

  before(async () => {
    scene = await openScene();
    await signIn(scene);
    history = historyOf(scene);
    hover = new HoverWidget(scene.workbench.page);
  });
  after(() => scene.close());
  beforeEach(async () => {
    upload = await uploadOf(scene, FILE);
    await history.add([upload]);
  });
  afterEach(async () => {
    await scene.workbench.palette.run('View: Close All Editors');
    assert.deepEqual(scene.pyrus.foreignRequests, []);
  });

  const inWorkspace = (name: string): string => path.join(scene.workbench.workspaceFolder, name);
  const write = (name: string, text: string): Promise<void> => writeFile(inWorkspace(name), text);

  it('shows what is known of it to a mouse that rests on it, and copies it; asks no server', async () => {
    const { editor, clipboard } = scene.workbench;
    const requests = scene.pyrus.requests.length;
    await write('upload.py', `id = "${upload.guid.toUpperCase()}"\n`);
    await editor.openFile('upload.py');
    await hover.over(upload.guid.toUpperCase());
    const text = await hover.shown(FILE);
    assert.match(text, /231 bytes\nUploaded 1 hour ago \(.*\) by bob\.smith@example\.com/);
    assert.match(
      text,
      /\n\nCopy GUID · Copy As… · Attach to Task… · Upload Again and Replace… · Reveal File$/,
    );
    await clipboard.write('as it was');
    await hover.click('Copy GUID');
    await eventually(async () => assert.equal(await clipboard.read(), upload.guid));
    assert.equal(scene.pyrus.requests.length, requests);
  });

  it('shows it to the keyboard, too', async () => {
    const { editor, palette, page } = scene.workbench;
    await write('upload.py', `${upload.guid}\n`);
    await editor.openFile('upload.py');
    await editor.cursorAtEndOf(upload.guid);
    await palette.run('Show or Focus Hover');
    await hover.shown(FILE);
    await page.keyboard.press('Escape');
  });

  it('shows it on both sides of a comparison', async () => {
    const { explorer } = scene.workbench;
    await write('upload.py', `old ${upload.guid}\n`);
    await write('pyrus.http', `new ${upload.guid}\n`);
    await explorer.select(['upload.py', 'pyrus.http']);
    await (await explorer.contextMenu('pyrus.http')).choose('Compare Selected');
    for (const side of ['old', 'new']) {
      await hover.over(`${side} ${upload.guid}`);
      await hover.shown(FILE);
    }
  });

  it('is a link into Pyrus where the file is attached; names and titles stay text', async () => {
    const trap = '[x](command:pyrus.signOut) <command:pyrus.signOut> www.evil.test a@b.test $(zap)';
    const hostile = await uploadOf(scene, FILE, { name: `${trap} **n**` });
    await history.add([hostile]);
    await history.attached(hostile.guid, {
      taskId: 1001,
      fileId: 77,
      taskTitle: '<command:pyrus.signOut> _t_ www.a.b',
    });
    await write('upload.py', `${hostile.guid}\n`);
    await scene.workbench.editor.openFile('upload.py');
    await hover.over(hostile.guid);
    const text = await hover.shown('Attached to task 1001');
    const shown =
      '[x] (command:pyrus.signOut) <command:pyrus.signOut> www.evil.test a@b.test $ (zap)';
    assert.ok(text.includes(`${shown} **n** · 231 bytes`), text);
    assert.ok(text.includes('task 1001 “<command:pyrus.signOut> _t_ www.a.b”'), text);
    const origin = scene.pyrus.origins.accounts;
    assert.deepEqual(
      (await hover.links('Attached to task 1001')).map(link => link.replace(/\?\[.*|\?%5B.*/, '')),
      [
        `1001 → ${origin}/t#id1001`,
        `77 → ${origin}/services/attachment?id=77`,
        'Copy GUID → command:pyrus.uploads.copy',
        'Copy As… → command:pyrus.uploads.copyAs',
        'Upload Again and Replace… → command:pyrus.replaceGuid',
        'Reveal File → command:pyrus.uploads.reveal',
      ],
    );
  });
});
