import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { processSpace } from '../../src/transfer/hostProcess';
import { PartsOnDisk } from '../../src/transfer/partJournal';
import { newPartName } from '../../src/transfer/partName';
import { eventually } from '../unit/transfer/incomingFiles';
import { DownloadScene } from './downloadScene';
import { HostInProcess } from './hostInProcess';

const size = 3_000_000;
const bytes = randomBytes(size);

describe('faults: a host that is killed', () => {
  const scene = DownloadScene.prepare();
  const hosts: HostInProcess[] = [];
  const journal = (): string => join(scene.temp.path, 'storage', 'parts');
  const journals = (): readonly string[] => (existsSync(journal()) ? readdirSync(journal()) : []);

  const download = async (id: number): Promise<HostInProcess> => {
    const grant = await scene.me.grants.current();
    const { folder } = scene;
    const host = new HostInProcess({ kind: 'download', grant, id, folder, journal: journal() });
    hosts.push(host);
    return host;
  };
  const add = (): number => scene.pyrus.addFile({ name: 'отчёт.bin', content: bytes }).id;
  /** What a window does that is opened afterwards. */
  const nextHost = async (): Promise<void> => {
    const host = new HostInProcess({ kind: 'sweep', journal: journal() });
    await host.ended();
    assert.deepEqual(host.reports, [{}]);
  };
  afterEach(() => Promise.all(hosts.splice(0).map(host => host.kill())));

  /** @returns a host whose download has come so far and stands still */
  const stalled = async (offset: number): Promise<HostInProcess> => {
    scene.pyrus.script({ match: /download/, send: { stallAfter: offset } });
    const host = await download(add());
    await host.hasMoved(offset);
    await eventually(() => scene.names()[0]);
    assert.match(scene.names().join(), /^\.pyrus-[0-9a-f]{24}\.part$/);
    return host;
  };

  it('C3 a reload in the middle of a download: no target, and the next host tidies up', async () => {
    const host = await stalled(size / 2);
    await host.kill('SIGTERM');
    assert.equal(scene.names().length, 1);
    await nextHost();
    assert.deepEqual([scene.names(), journals()], [[], []]);
  });

  it('C3 what a living host is writing is left alone, and it ends well', async () => {
    let resume = (): void => undefined;
    const hold = new Promise<void>(resolve => (resume = resolve));
    scene.pyrus.script({ match: /download/, send: { drip: { bytes: 500_000, everyMs: 1, hold } } });
    const host = await download(add());
    await host.hasMoved(400_000);
    await nextHost();
    assert.equal(journals().length, 1);
    resume();
    await host.ended();
    assert.deepEqual(host.results, [{ outcome: 'saved', name: 'отчёт.bin', size }]);
    assert.ok(scene.content('отчёт.bin').equals(bytes));
    assert.deepEqual([scene.names(), journals()], [['отчёт.bin'], []]);
  });

  it('C3 another process with the number of the dead one does not keep the file', async () => {
    const host = await stalled(size / 2);
    const [name = ''] = journals();
    await host.kill();
    // As if this very process had got the number.
    const path = join(scene.folder, scene.names()[0] ?? '');
    const taken = name.replace(/-\d+-(\d+)-[^-]+$/, `-${process.pid}-$1-00.jsonl`);
    assert.notEqual(taken, name);
    writeFileSync(join(journal(), taken), JSON.stringify(path));
    await new PartsOnDisk(journal(), error => assert.fail(String(error))).sweep();
    assert.deepEqual([scene.names(), journals()], [[], []]);
  });

  const strangers = {
    'of another machine': 'parts-0123456789abcdef-999999999-1-ab.jsonl',
    'of a version that did not tell its machine': 'parts-999999999-1-ab.jsonl',
  };
  for (const [what, name] of Object.entries(strangers)) {
    it(`C3 a download ${what} is left alone for a week: nobody here can tell whether it lives`, async () => {
      const part = join(scene.folder, newPartName());
      const path = join(journal(), name);
      mkdirSync(journal(), { recursive: true });
      writeFileSync(part, 'half of it');
      writeFileSync(path, JSON.stringify(part));
      await nextHost();
      assert.deepEqual([scene.names(), journals()], [[basename(part)], [name]]);
      const days = (count: number): number => Date.now() / 1000 - count * 24 * 60 * 60;
      utimesSync(path, days(6), days(6));
      await nextHost();
      assert.deepEqual(journals(), [name]);
      utimesSync(path, days(8), days(8));
      await nextHost();
      assert.deepEqual([scene.names(), journals()], [[], []]);
    });
  }

  it('C3 what is left on another machine is tidied up there', async () => {
    await (await stalled(size / 2)).kill();
    const onError = (error: unknown): void => assert.fail(String(error));
    const there = (space: string): PartsOnDisk =>
      new PartsOnDisk(journal(), onError, Promise.resolve(space));
    await there('0123456789abcdef').sweep();
    assert.equal(scene.names().length, 1);
    await there(await processSpace()).sweep();
    assert.deepEqual([scene.names(), journals()], [[], []]);
  });

  it('C3 a journal can have nothing removed but temporary files of ours', async () => {
    const precious = join(scene.folder, 'precious.txt');
    writeFileSync(precious, 'mine');
    const part = (digit: string): string => `.pyrus-${digit.repeat(24)}.part`;
    symlinkSync(precious, join(scene.folder, part('a')));
    mkdirSync(join(scene.folder, part('b')));
    mkdirSync(journal(), { recursive: true });
    const lines = [precious, join(scene.folder, part('a')), join(scene.folder, part('b'))];
    const more = ['"../relative"', '17', 'not JSON', JSON.stringify(part('c')), '"\\u0000"', ''];
    const text = [...lines.map(line => JSON.stringify(line)), ...more, '"half a li'].join('\n');
    const name = `parts-${await processSpace()}-999999999-1-ab.jsonl`;
    writeFileSync(join(journal(), name), text);
    await new PartsOnDisk(journal(), error => assert.fail(String(error))).sweep();
    assert.deepEqual(scene.names(), [part('a'), part('b'), 'precious.txt'].sort());
    assert.equal(scene.content('precious.txt').toString(), 'mine');
    assert.deepEqual(journals(), []);
    // The scene itself looks for temporary files that were left.
    readdirSync(scene.folder)
      .filter(name => name.endsWith('.part'))
      .forEach(name => rmSync(join(scene.folder, name), { recursive: true }));
  });

  for (const offset of [
    0,
    1,
    100,
    4096,
    65_536,
    65_537,
    1_000_000,
    size / 2,
    size - 1000,
    size - 1,
  ]) {
    it(`C4 kill -9 after ${offset} bytes: no target, and nothing is left once the next host is there`, async () => {
      await (await stalled(offset)).kill();
      assert.equal(scene.names().length, 1);
      assert.equal(journals().length, 1);
      await nextHost();
      assert.deepEqual([scene.names(), journals()], [[], []]);
    });
  }

  for (const [what, fault, sent] of [
    ['in the middle', { receive: { bytesPerSecond: 2_000_000 } }, size / 4],
    ['while the answer is awaited', { hang: true }, size],
  ] as const) {
    it(`C5 a reload of an upload ${what}: no GUID, and nothing is left`, async () => {
      const { path } = await scene.temp.file('план.bin', size);
      scene.pyrus.script({ match: /upload/, ...fault });
      const grant = await scene.me.grants.current();
      const host = new HostInProcess({ kind: 'upload', grant, path });
      hosts.push(host);
      await scene.pyrus.when(/upload/, ({ bodyLength }) => bodyLength >= sent);
      await host.kill();
      assert.deepEqual(host.results, []);
      await scene.pyrus.when(/upload/, ({ outcome }) => outcome === 'aborted');
      assert.equal(scene.pyrus.uploads.length, what === 'in the middle' ? 0 : 1);
      assert.ok(!JSON.stringify(host.reports).includes(scene.pyrus.uploads[0]?.guid ?? 'guid'));
      assert.deepEqual(readdirSync(scene.temp.path).sort(), ['папка', 'план.bin']);
    });
  }

  it('C7 two windows that fetch one file into one folder leave two whole files', async () => {
    scene.pyrus.script({
      match: /download/,
      times: 2,
      send: { drip: { bytes: 1_000_000, everyMs: 20 } },
    });
    const id = add();
    const both = await Promise.all([download(id), download(id)]);
    await Promise.all(both.map(host => host.ended()));
    assert.deepEqual(scene.names(), ['отчёт (1).bin', 'отчёт.bin']);
    for (const name of scene.names()) {
      assert.ok(scene.content(name).equals(bytes), name);
    }
    assert.deepEqual(journals(), []);
  });
});
