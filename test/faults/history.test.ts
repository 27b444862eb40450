import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { HistoryScene, newUpload } from '../unit/history/uploads';

describe('faults: what is noted', () => {
  let scene: HistoryScene;
  before(async () => {
    scene = await HistoryScene.open();
  });
  after(async () => {
    await scene.close();
    assert.deepEqual(scene.errors, []);
  });

  it('L5 a history of 10,000 rows stays that long on the disk, too, and says nothing secret', async () => {
    const limit = 10_000;
    const history = scene.window({ limit: () => limit });
    const uploads = Array.from({ length: 12_500 }, (_, index) => newUpload(index));
    for (let first = 0; first < uploads.length; first += 100) {
      await history.add(uploads.slice(first, first + 100));
    }
    const records = await scene.window({ limit: () => limit }).all();
    assert.deepEqual(
      records.map(({ guid }) => guid),
      uploads
        .slice(-limit)
        .reverse()
        .map(({ guid }) => guid),
    );
    const lines = (await readFile(scene.file, 'utf8')).split('\n').filter(line => line !== '');
    assert.ok(lines.length <= limit * 1.1 + 1, `${lines.length} lines`);
    // All that is ever written of an upload: nothing of it opens anything.
    const known = ['account', 'guid', 'md5', 'modifiedAt', 'name', 'size', 'uploadedAt', 'uri'];
    const { upload } = JSON.parse(lines.at(-1) ?? '') as { upload: Record<string, unknown> };
    assert.deepEqual(Object.keys(upload).sort(), known);
    assert.deepEqual(Object.keys(upload['account'] as object).sort(), ['id', 'label']);
  });

  it('L5 the log is one that VS Code rotates, and the only one', () => {
    const source = readFileSync('src/extension.ts', 'utf8');
    assert.match(source, /createOutputChannel\('Pyrus', \{ log: true \}\)/);
  });
});
