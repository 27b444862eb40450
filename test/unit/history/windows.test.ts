import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { HistoryScene } from './uploads';

/** What several windows, processes of their own, do to one history at the same time. */
describe('the upload history of several windows', function () {
  this.timeout(60_000);
  let scene: HistoryScene;
  let platform: NodeJS.Platform = process.platform;
  beforeEach(async () => {
    scene = await HistoryScene.open();
    ({ platform } = process);
  });
  afterEach(async () => {
    await scene.close();
    assert.deepEqual(scene.errors, []);
  });

  /** @param killAfter GUIDs after which it is killed @returns the GUIDs that it said were noted */
  const window = async (first: number, count: number, every = 0, killAfter?: number) => {
    const program = require.resolve('./noting');
    const args = [program, scene.folder, String(first), String(count), String(every), platform];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (killAfter !== undefined && said.split('\n').length > killAfter) {
        child.kill('SIGKILL');
      }
    });
    const [code] = (await once(child, 'close')) as [number | null];
    assert.equal(code, killAfter === undefined ? 0 : null);
    return said.split('\n').filter(guid => guid.length === 36);
  };

  const assertAllKept = async (): Promise<void> => {
    const noted = await Promise.all([
      window(0, 100),
      window(1000, 100, 1),
      window(2000, 100),
      window(3000, 100, 3),
    ]);
    const records = await scene.window().all();
    assert.deepEqual(records.map(({ guid }) => guid).sort(), noted.flat().sort());
    assert.equal(records.length, 400);
    assert.deepEqual(await readdir(scene.folder), ['uploads.jsonl']);
  };

  it('has all that any of them noted, though it is written anew all the time', assertAllKept);

  it('has it where all writing takes turns, as on Windows', async () => {
    platform = 'win32';
    await assertAllKept();
  });

  it('has all that one noted before it was killed', async () => {
    const [killed, other] = await Promise.all([window(0, 10_000, 0, 30), window(20_000, 50)]);
    const known = new Set((await scene.window().all()).map(({ guid }) => guid));
    assert.ok(killed.length >= 30);
    assert.deepEqual(
      [...killed, ...other].filter(guid => !known.has(guid)),
      [],
    );
  });
});
