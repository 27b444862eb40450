import { strict as assert } from 'node:assert';
import { html } from '../pyrus-server/replies';
import { taskIds } from '../pyrus-server/taskParts';
import { AttachScene } from './attachScene';

describe('the question which task is meant', () => {
  let attaching: AttachScene;
  beforeEach(async () => {
    attaching = await AttachScene.open();
  });
  afterEach(() => attaching.close());

  it('stops reading a task when another one is typed, and goes on with that', async () => {
    const { scene } = attaching;
    const slow = `GET /v4/tasks/${taskIds.simple}`;
    const { hits } = scene.pyrus.script({ match: slow, hang: true });
    const running = attaching.attach(...(await attaching.selected('a.txt', 'first')));
    const tasks = await attaching.boxes.next(/ to Pyrus Task$/);
    await tasks.type(String(taskIds.simple));
    await tasks.choose(tasks.labels()[0] ?? '');
    await tasks.has(`Reading task ${taskIds.simple}…`);
    const request = await scene.pyrus.when(slow);
    await tasks.type(String(taskIds.form));
    await scene.aborted(request);
    await tasks.choose(tasks.labels()[0] ?? '');
    await (await attaching.boxes.next(/^Attach “a\.txt” to/)).choose('Attach');
    assert.equal((await running)?.taskId, taskIds.form);
    assert.equal(hits.length, 1);
  });

  it('says that the inbox cannot be read, and takes an id all the same', async () => {
    const { scene } = attaching;
    scene.pyrus.script({ match: /\/inbox/, times: Infinity, answer: html(503, 'Unavailable') });
    const running = attaching.attach(...(await attaching.selected('a.txt', 'first')));
    const tasks = await attaching.boxes.next(/ to Pyrus Task$/);
    await tasks.has(/^The inbox could not be read\. \S/);
    await tasks.type(String(taskIds.simple));
    await tasks.choose(tasks.labels()[0] ?? '');
    await (await attaching.boxes.next(/^Attach “a\.txt” to/)).choose('Attach');
    assert.equal((await running)?.taskId, taskIds.simple);
  });
});
