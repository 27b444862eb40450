import { strict as assert } from 'node:assert';
import { openScene, signIn } from './signedIn';
import type { Scene } from './signedIn';
import { taskIds } from '../pyrus-server/taskParts';
import type { Comment } from '../pyrus-server/tasks';

const ATTACH = 'Attach to Pyrus Task…';

describe('attaching', () => {
  let scene: Scene;

  before(async () => {
    scene = await openScene();
    await signIn(scene);
  });
  after(() => scene.close());
  afterEach(() => {
    scene.pyrus.clearFaults();
    assert.deepEqual(scene.pyrus.foreignRequests, []);
  });

  const lastComment = (id: number): Comment => {
    const comment = scene.pyrus.task(id)?.comments.at(-1);
    assert.ok(comment);
    return comment;
  };
  it('two files of the Explorer, to a task of the inbox', async () => {
    const { explorer, quickInput, notifications } = scene.workbench;
    await explorer.select(['diagram.png', 'upload.py']);
    await (await explorer.contextMenu('upload.py')).choose(ATTACH);
    await quickInput.shown('Attach 2 Files to Pyrus Task');
    await quickInput.row('Payments').waitFor();
    await quickInput.pick('Payments');
    await quickInput.shown('Attach 2 files to “Оплата счёта” (#11613)?');
    await quickInput.accept();
    const toast = await notifications.toast('2 files are attached to “Оплата счёта” (#11613).');
    await toast.close();
    const { attachments = [] } = lastComment(taskIds.form);
    assert.deepEqual(attachments.map(({ name }) => name).sort(), ['diagram.png', 'upload.py']);
  });

  it('what has just been uploaded, by the message about it; nothing is sent again', async () => {
    const { explorer, quickInput, notifications } = scene.workbench;
    await (await explorer.contextMenu('comment.json')).choose('Upload to Pyrus and Copy GUID');
    const uploaded = await notifications.toast('“comment.json” is in Pyrus');
    const { guid } = scene.pyrus.uploads.at(-1) ?? {};
    const { length } = scene.pyrus.uploads;
    await uploaded.click('Attach to Task…');
    await quickInput.shown('Attach “comment.json” to Pyrus Task');
    await quickInput.answer(String(taskIds.form));
    await quickInput.shown('Attach “comment.json” to “Оплата счёта” (#11613)?');
    await quickInput.accept();
    const toast = await notifications.toast('“comment.json” is attached to “Оплата счёта”');
    await toast.close();
    const [attachment, ...others] = lastComment(taskIds.form).attachments ?? [];
    assert.deepEqual([attachment?.name, others], ['comment.json', []]);
    assert.equal(scene.pyrus.uploads.length, length);
    const request = scene.pyrus.requests.findLast(({ path }) => path.endsWith('/comments'));
    assert.ok(guid !== undefined && request?.body?.includes(guid) === true);
  });
});
