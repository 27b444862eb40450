import assert from 'node:assert/strict';
import { appendFile, readFile, readdir, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { UploadRecord } from '../../../src/history/uploadRecord';
import { HistoryScene, newUpload } from './uploads';

describe('the upload history', () => {
  let scene: HistoryScene;
  beforeEach(async () => {
    scene = await HistoryScene.open();
  });
  afterEach(async () => {
    await scene.close();
    assert.deepEqual(scene.errors, []);
  });

  const guids = (records: readonly { guid: string }[]): string[] => records.map(({ guid }) => guid);

  it('is empty at first, without a file', async () => {
    const history = scene.window();
    assert.deepEqual(await history.all(), []);
    assert.equal(await history.find('x'), undefined);
    assert.deepEqual(await readdir(scene.folder), []);
  });

  it('tells uploads newest first, as they were, to this window and to others', async () => {
    const [first, second] = [newUpload(1), newUpload(2, { name: '[x](command:y)\n"\\.txt' })];
    await scene.window().add([second]);
    await scene.window().add([first]);
    const state = { kind: 'unattached' };
    for (const history of [scene.window(), scene.window()]) {
      assert.deepEqual(await history.all(), [
        { ...second, state },
        { ...first, state },
      ]);
    }
  });

  it('tells those of one moment in the order noted, the last one first', async () => {
    const uploads = [1, 2, 3].map(() => newUpload(7));
    const history = scene.window();
    await history.add(uploads);
    assert.deepEqual(guids(await history.all()), guids([...uploads].reverse()));
  });

  it('finds a GUID in any case', async () => {
    const upload = newUpload(1);
    const history = scene.window();
    await history.add([upload]);
    assert.deepEqual((await history.find(upload.guid.toUpperCase()))?.name, upload.name);
  });

  it('notes what became of a GUID, whoever asks', async () => {
    const [attached, lost, other] = [newUpload(1), newUpload(2), newUpload(3)];
    const history = scene.window();
    await history.add([attached, lost, other]);
    const attachment = { taskId: 11613, fileId: 424060439, taskTitle: 'Оплата счёта' };
    await history.attached(attached.guid.toUpperCase(), attachment);
    await history.lost(lost.guid);
    await history.lost('00000000-0000-0000-0000-000000000000');
    const states = async (): Promise<UploadRecord['state'][]> =>
      (await scene.window().all()).map(({ state }) => state);
    const expected = [
      { kind: 'unattached' },
      { kind: 'lost' },
      { kind: 'attached', ...attachment },
    ];
    assert.deepEqual(await states(), expected);
    await history.forget([]);
    assert.deepEqual(await states(), expected, 'after the file was written anew');
  });

  it('notes nothing new when nothing is to be recorded', async () => {
    await scene.window({ isRecording: () => false }).add([newUpload(1)]);
    assert.deepEqual(await readdir(scene.folder), []);
  });

  it('notes nothing of a GUID whose upload is not noted', async () => {
    const history = scene.window({ isRecording: () => false });
    const { guid } = newUpload(1);
    await history.attached(guid, { taskId: 7, taskTitle: 'тайна' });
    await history.lost(guid);
    assert.deepEqual(await readdir(scene.folder), []);
    const known = newUpload(2);
    await scene.window().add([known]);
    await history.attached(known.guid, { taskId: 7 });
    assert.equal((await history.find(known.guid))?.state.kind, 'attached');
  });

  it('forgets records, from the disk, too', async () => {
    const [gone, kept] = [newUpload(1, { name: 'тайна.txt' }), newUpload(2)];
    const [history, other] = [scene.window(), scene.window()];
    await history.add([gone, kept]);
    assert.equal((await other.all()).length, 2);
    await history.forget([gone.guid.toUpperCase()]);
    for (const window of [history, other]) {
      assert.deepEqual(guids(await window.all()), [kept.guid]);
    }
    assert.doesNotMatch(await readFile(scene.file, 'utf8'), /тайна/);
    assert.deepEqual(await readdir(scene.folder), ['uploads.jsonl']);
  });

  it('restores what was forgotten, with all that was known of it, in its place', async () => {
    const uploads = [newUpload(1), newUpload(2), newUpload(3)];
    const [, second] = uploads;
    const history = scene.window();
    await history.add(uploads);
    await history.attached(second?.guid ?? '', { taskId: 7, fileId: 8, taskTitle: 'Отчёт' });
    const before = await history.all();
    const gone = before.filter(({ guid }) => guid !== uploads[0]?.guid);
    await history.forget(guids(gone));
    // Turning the notes off meanwhile is no reason to lose what the user wants back.
    const other = scene.window({ isRecording: () => false });
    assert.equal((await other.all()).length, 1);
    await other.restore(gone);
    assert.deepEqual(await history.all(), before);
  });

  it('is cleared, from the disk, too, and goes on', async () => {
    const [history, other] = [scene.window(), scene.window()];
    await history.add([newUpload(1), newUpload(2)]);
    assert.equal((await other.all()).length, 2);
    await history.clear();
    assert.deepEqual(await other.all(), []);
    assert.doesNotMatch(await readFile(scene.file, 'utf8'), /Отчёт/);
    const next = newUpload(3);
    await other.add([next]);
    assert.deepEqual(guids(await history.all()), [next.guid]);
  });

  it('keeps the newest ones only, and a file no longer than they need', async () => {
    const limit = 20;
    const history = scene.window({ limit: () => limit });
    const uploads = Array.from({ length: 100 }, (_, index) => newUpload(index));
    for (const upload of uploads) {
      await history.add([upload]);
    }
    assert.deepEqual(guids(await history.all()), guids(uploads.slice(-limit).reverse()));
    const lines = (await readFile(scene.file, 'utf8')).split('\n').filter(line => line !== '');
    assert.ok(lines.length <= limit * 1.1 + 1, `${lines.length} lines`);
  });

  it('keeps none at all with a limit of none', async () => {
    const history = scene.window({ limit: () => 0 });
    await history.add([newUpload(1), newUpload(2)]);
    assert.deepEqual(await history.all(), []);
    assert.doesNotMatch(await readFile(scene.file, 'utf8'), /Отчёт/);
  });

  it('tells listeners of every window, and no longer when they leave', async () => {
    const [history, other] = [scene.window(), scene.window()];
    let told = 0;
    let tell: () => void = () => undefined;
    const listening = other.onDidChange(() => {
      told += 1;
      tell();
    });
    await other.all();
    const heard = new Promise<void>(resolve => {
      tell = resolve;
    });
    // The watcher starts a moment after the listener; what came before it is asked for.
    const own = newUpload(1);
    await other.add([own]);
    await heard;
    const heardOfOthers = new Promise<void>(resolve => {
      tell = resolve;
    });
    await history.add([newUpload(2)]);
    await heardOfOthers;
    assert.equal((await other.all()).length, 2);
    listening.dispose();
    const before = told;
    await other.add([newUpload(3)]);
    assert.equal(told, before);
  });

  it('does not tell of what changes nothing', async () => {
    const history = scene.window();
    let told = 0;
    history.onDidChange(() => (told += 1));
    await history.all();
    await history.all();
    assert.equal(told, 0);
  });

  describe('reads past', () => {
    for (const [what, text] of [
      ['half a line that a killed window left', '{"kind":"uploaded","upload":{"guid":"a'],
      ['an empty file', ''],
      ['no JSON', '\nnonsense\n\0\0\0\n'],
      ['what a later version notes', '\n{"kind":"shared","guid":"x","with":1}\n'],
      ['an upload without an account', '\n{"kind":"uploaded","upload":{"guid":"x"}}\n'],
      ['an attachment to nothing', '\n{"kind":"attached","guid":"x","attachment":{}}\n'],
      ['a list', '\n[]\n'],
    ] as const) {
      it(what, async () => {
        await writeFile(scene.file, text);
        const [history, upload] = [scene.window(), newUpload(1)];
        assert.deepEqual(await history.all(), []);
        await history.add([upload]);
        assert.deepEqual(guids(await history.all()), [upload.guid]);
        assert.deepEqual(guids(await scene.window().all()), [upload.guid]);
      });
    }
  });

  it('reads a line that another window is just writing when it is whole', async () => {
    const [history, upload] = [scene.window(), newUpload(1)];
    await history.add([newUpload(0)]);
    const line = JSON.stringify({ kind: 'uploaded', upload });
    await appendFile(scene.file, line.slice(0, 50));
    assert.equal((await history.all()).length, 1);
    await appendFile(scene.file, `${line.slice(50)}\n`);
    assert.equal((await history.all()).length, 2);
  });

  it('is for its owner only', async () => {
    await scene.window().add([newUpload(1)]);
    assert.equal((await stat(scene.file)).mode & 0o077, 0);
    await scene.window().forget([]);
    assert.equal((await stat(scene.file)).mode & 0o077, 0);
  });

  it('takes away a lock that a killed window left, after a while', async () => {
    const history = scene.window();
    await history.add([newUpload(1)]);
    await writeFile(`${scene.file}.lock`, '');
    const longAgo = new Date(Date.now() - 60_000);
    await utimes(`${scene.file}.lock`, longAgo, longAgo);
    await history.clear();
    assert.deepEqual(await history.all(), []);
    assert.deepEqual(await readdir(scene.folder), ['uploads.jsonl']);
  });

  it('says what went wrong with a note, and goes on; fails with what the user wanted gone', async () => {
    const folder = join(scene.folder, 'plain');
    await writeFile(folder, 'no folder');
    const errors: unknown[] = [];
    const onError = (error: unknown): void => void errors.push(error);
    const history = scene.window({ onError }, folder);
    await history.add([newUpload(1)]);
    await history.lost('x');
    assert.deepEqual(await history.all(), []);
    assert.ok(errors.length >= 2);
    await assert.rejects(history.clear());
    await assert.rejects(history.forget(['x']));
  });
});
