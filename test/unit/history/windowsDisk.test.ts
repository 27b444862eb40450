import assert from 'node:assert/strict';
import * as fs from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { HistoryDisk } from '../../../src/history/historyFile';
import { HistoryScene, newUpload } from './uploads';

/**
 * A disk as on Windows: no file takes the name of one that somebody has open ([MS-FSA] 2.1.5.15.12,
 * whatever was said about sharing when it was opened).
 */
class WindowsDisk implements HistoryDisk {
  readonly platform = 'win32';
  readonly refused: string[] = [];
  readonly #open = new Map<string, number>();

  async open(path: string, flags: string, mode?: number): Promise<FileHandle> {
    const handle = await fs.open(path, flags, mode);
    const close = handle.close.bind(handle);
    this.#count(path, 1);
    return Object.assign(handle, {
      close: async () => {
        if (handle.fd !== -1) {
          this.#count(path, -1);
        }
        await close();
      },
    });
  }

  async rename(from: string, to: string): Promise<void> {
    if ((this.#open.get(to) ?? 0) > 0) {
      this.refused.push(to);
      throw Object.assign(new Error('EPERM: operation not permitted, rename'), { code: 'EPERM' });
    }
    await fs.rename(from, to);
  }

  #count(path: string, change: number): void {
    this.#open.set(path, (this.#open.get(path) ?? 0) + change);
  }
}

describe('the upload history on Windows', () => {
  let scene: HistoryScene;
  let disk: WindowsDisk;
  beforeEach(async () => {
    scene = await HistoryScene.open();
    disk = new WindowsDisk();
  });
  afterEach(async () => {
    await scene.close();
    assert.deepEqual(scene.errors, []);
  });

  it('forgets, is cleared, and keeps the newest ones only', async () => {
    const history = scene.window({ limit: () => 10 }, scene.folder, disk);
    const uploads = Array.from({ length: 30 }, (_, index) => newUpload(index));
    for (const upload of uploads) {
      await history.add([upload]);
    }
    assert.equal((await history.all()).length, 10);
    const lines = (await fs.readFile(scene.file, 'utf8')).split('\n').filter(line => line !== '');
    assert.ok(lines.length <= 12, `${lines.length} lines`);
    await history.forget(uploads.slice(-5).map(({ guid }) => guid));
    assert.equal((await history.all()).length, 5);
    await history.clear();
    assert.deepEqual(await history.all(), []);
    assert.deepEqual(disk.refused, []);
  });

  it('waits until whoever reads it is through', async () => {
    const history = scene.window({}, scene.folder, disk);
    await history.add([newUpload(1)]);
    const reader = await disk.open(scene.file, 'r');
    const cleared = history.clear();
    while (disk.refused.length === 0) {
      await sleep(1);
    }
    const next = newUpload(2);
    const noted = history.add([next]);
    await reader.close();
    await Promise.all([cleared, noted]);
    assert.deepEqual(
      (await history.all()).map(({ guid }) => guid),
      [next.guid],
    );
  });

  it('loses nothing of what two windows note while it is written anew', async () => {
    const uploads = Array.from({ length: 60 }, (_, index) => newUpload(index));
    const windows = [scene.window({}, scene.folder, disk), scene.window({}, scene.folder, disk)];
    await Promise.all(
      windows.map(async (window, which) => {
        for (const [index, upload] of uploads.entries()) {
          if (index % 2 === which) {
            await window.add([upload]);
            await (index % 10 < 2 ? window.forget([]) : window.all());
          }
        }
      }),
    );
    const all = await scene.window().all();
    assert.deepEqual(all.map(({ guid }) => guid).sort(), uploads.map(({ guid }) => guid).sort());
  });
});
