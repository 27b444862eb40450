import { strict as assert } from 'node:assert';
import { truncate } from 'node:fs/promises';
import { taskIds } from '../pyrus-server/taskParts';
import { AttachScene } from './attachScene';
import { OpenedLinks } from './openedLinks';
import { ProgressWatch } from './progressWatch';
import { press } from './messages';

const COMMENT = /^POST \S*\/comments$/;
const UPLOAD = /^POST \S*\/files\/upload$/;

describe('pyrus.attach that is cancelled', () => {
  let attaching: AttachScene;
  let progress: ProgressWatch;
  let opened: OpenedLinks;
  beforeEach(async () => {
    attaching = await AttachScene.open();
    progress = new ProgressWatch();
    opened = new OpenedLinks();
  });
  afterEach(async () => {
    opened.dispose();
    progress.dispose();
    await attaching.close();
  });

  it('while a file goes up sends no more, makes no comment, and says nothing', async () => {
    const { scene } = attaching;
    const [uri, uris] = await attaching.selected('a.bin', '');
    // Neither sent in a moment nor held by any socket, and read slowly.
    await truncate(uri.fsPath, 128 * 1024 * 1024);
    scene.pyrus.script({ match: UPLOAD, receive: { bytesPerSecond: 4 * 1024 * 1024 } });
    const running = attaching.attachTo(taskIds.simple, uri, uris);
    const request = await scene.pyrus.when(UPLOAD);
    progress.cancel();
    assert.equal(await running, undefined);
    await scene.aborted(request);
    assert.deepEqual(scene.pyrus.uploads, []);
    assert.deepEqual(attaching.commentRequests, []);
    assert.deepEqual(attaching.messages.left(), []);
  });

  it('while the comment is made says that it may be there, and shows the task', async () => {
    const { scene } = attaching;
    scene.pyrus.script({ match: COMMENT, hang: true });
    const running = attaching.attachTo(taskIds.simple, ...(await attaching.selected('a.txt', 'a')));
    const request = await scene.pyrus.when(COMMENT);
    progress.cancel();
    assert.equal(await running, undefined);
    await scene.aborted(request);
    const doubt = await attaching.messages.next();
    assert.equal(doubt.kind, 'warning');
    assert.equal(
      doubt.text,
      'Cancelled, but the comment had been sent already: it may be in “Help with printer” (#11611) all the same.',
    );
    assert.deepEqual(doubt.buttons, ['Open Task']);
    const [upload] = scene.pyrus.uploads;
    assert.equal((await attaching.noted(upload?.guid))?.state.kind, 'unattached');
    await press(doubt, 'Open Task');
    assert.deepEqual(opened.links, [`${scene.pyrus.origins.accounts}/t#id${taskIds.simple}`]);
    assert.equal(attaching.commentRequests.length, 1);
    assert.deepEqual(attaching.messages.left(), []);
  });
});
