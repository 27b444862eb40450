import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { globalAgent } from 'node:http';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { fileNameFrom } from '../../src/pyrus/contentDisposition';
import { parseReferences } from '../../src/pyrus/links';
import { fileSource } from '../../src/transfer/fileSource';
import { md5Worker } from '../../src/transfer/md5';
import { uploadName } from '../../src/transfer/uploadName';
import { fileNameText, plainText } from '../../src/words/plainText';
import { assertQuick } from '../unit/cost';
import { FailingDisk } from '../unit/transfer/failingDisk';
import { mebibyte } from '../unit/transfer/filesOnDisk';
import { eventually } from '../unit/transfer/incomingFiles';
import { DownloadScene } from './downloadScene';

/** All that fits into one form when CAMPAIGN=full; else enough to show what grows. */
const large = process.env['CAMPAIGN'] === 'full' ? 2_147_483_000 : 192 * mebibyte;

describe('faults: limits of transfers', () => {
  const scene = DownloadScene.prepare({ pyrus: { keepBytes: 0 } });
  after(() => md5Worker.end());

  /** Runs a large transfer in a process of its own. @returns growth of its memory in bytes */
  const growth = (direction: 'upload' | 'download'): Promise<number> =>
    new Promise((resolve, reject) => {
      const program = join(__dirname, 'largeTransfer.js');
      const { login, securityKey, origins } = scene.pyrus;
      const { id, md5 } = scene.pyrus.addFile({ name: 'large.bin', content: large });
      const parameters = { direction, id, size: large, md5, folder: scene.folder };
      const child = spawn(
        process.execPath,
        [program, JSON.stringify({ ...parameters, login, securityKey, origin: origins.accounts })],
        { stdio: ['ignore', 'pipe', 'inherit'] },
      );
      let said = '';
      child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
      child.once('error', reject);
      child.once('close', code =>
        code === 0 ? resolve(Number(said)) : reject(new Error(`ended with ${code}`)),
      );
    });

  for (const direction of ['upload', 'download'] as const) {
    it(`L1 the ${direction} of ${large} bytes grows the process by 64 MiB at the most`, async function () {
      this.timeout(600_000);
      const bytes = await growth(direction);
      console.log(`        ${Math.round(bytes / mebibyte)} MiB`);
      assert.ok(bytes <= 64 * mebibyte, `${bytes} bytes`);
    });
  }

  it('L2 a slow disk is not overrun: four mebibytes at the most are on their way to it', async () => {
    const { id } = scene.pyrus.addFile({ name: 'a.bin', content: 48 * mebibyte });
    const files = new URL(scene.pyrus.origins.files).port;
    let socket: Socket | undefined;
    let most = 0;
    const onBytes = (): void => {
      const [inUse] = Object.entries(globalAgent.sockets).filter(([name]) => name.includes(files));
      // At the end it rests in the pool, but its count stands.
      socket ??= inUse?.[1]?.[0] ?? assert.fail('no socket');
      const [part = assert.fail('no file')] = scene.names();
      most = Math.max(most, socket.bytesRead - statSync(join(scene.folder, part)).size);
    };
    // Without a fault its writes are just slow.
    await scene.save(id, { disk: new FailingDisk({}).port, onBytes });
    assert.equal(scene.content('a.bin').length, 48 * mebibyte);
    assert.ok(most > 0 && most <= 4 * mebibyte, `${most} bytes`);
  });

  it('L3 the MD5 of an upload takes no second reading, and the thread stays free', async () => {
    const size = 128 * mebibyte;
    const path = join(scene.folder, 'source.bin');
    writeFileSync(path, '');
    truncateSync(path, size);
    const readBefore = charactersRead();
    const source = await fileSource(path);
    const turns = new LongTurns();
    await scene.client.upload(source, { signal: scene.me.signal });
    assert.ok(turns.stop() < 50, `p99 of the turns: ${turns.stop()} ms`);
    // The stand-in reads it once more, from its socket.
    const read = charactersRead() - readBefore;
    assert.ok(read < 2.2 * size, `${read} bytes were read for ${size}`);
  });
});

describe('faults: texts that take long', () => {
  const units = [
    'a',
    ' ',
    '"',
    '\\"',
    ';',
    '=',
    '%41',
    '=?utf-8?Q?',
    '](',
    '$(',
    '\u0301',
    '\u200d',
  ];
  const readers: Readonly<Record<string, (text: string) => unknown>> = {
    'Content-Disposition': text => fileNameFrom(`attachment; filename="${text}"`),
    'Content-Disposition, open': text => fileNameFrom(`attachment; filename=${text}`),
    'Content-Disposition, extended': text => fileNameFrom(`attachment; filename*=UTF-8''${text}`),
    'a reference': text => parseReferences(text, { kind: 'cloud' }),
    'a link': text => parseReferences(`https://pyrus.com/t#id${text}`, { kind: 'cloud' }),
    'the name of an upload': uploadName,
    'text of a server': plainText,
    'a name in a message': fileNameText,
  };
  for (const [what, read] of Object.entries(readers)) {
    it(`L6 16 KB take less than 5 ms: ${what}`, () => {
      for (const unit of units) {
        const text = unit.repeat(16_384 / unit.length);
        assertQuick(() => read(text), 5);
      }
    });
  }
});

describe('faults: transfers started and cancelled', () => {
  const scene = DownloadScene.prepare();
  after(() => md5Worker.end());

  it('L8 500 of them leave no handle and no memory', async function () {
    this.timeout(120_000);
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const path = join(scene.folder, 'source.bin');
    writeFileSync(path, Buffer.alloc(2 * mebibyte));
    const source = await fileSource(path);
    const { id } = scene.pyrus.addFile({ name: 'a.bin', content: 2 * mebibyte });
    const cycle = async (index: number): Promise<void> => {
      const cancel = new AbortController();
      const { signal } = cancel;
      const onBytes = (): void => cancel.abort();
      const running =
        index % 2 === 0
          ? scene.save(id, { signal, onBytes })
          : scene.client.upload(source, { signal, onProgress: sent => sent > 0 && cancel.abort() });
      await assert.rejects(running, { name: 'AbortError' });
    };
    const resources = (): string[] =>
      process.getActiveResourcesInfo().filter(name => name !== 'Immediate');
    const rest = async (): Promise<{ heap: number; resources: number; descriptors: number }> => {
      await eventually(() => (scene.socketsInUse() === 0 ? true : undefined));
      await eventually(() => (scene.pyrus.openSockets === 0 ? true : undefined));
      // Before the garbage is collected: Node closes what it finds there.
      const descriptors = readdirSync('/proc/self/fd').length;
      collect();
      return { heap: process.memoryUsage().heapUsed, resources: resources().length, descriptors };
    };
    for (let index = 0; index < 50; index++) {
      await cycle(index);
    }
    const before = await rest();
    for (let index = 0; index < 500; index++) {
      await cycle(index);
    }
    const after = await rest();
    assert.ok(after.descriptors <= before.descriptors, `${after.descriptors} descriptors`);
    // A file may still be on its way to being closed.
    await eventually(() => (resources().length <= before.resources ? true : undefined));
    // What the stand-in remembers of every request is in this process, too: some 2 KB each.
    const grown = after.heap - before.heap;
    assert.ok(grown < 4 * mebibyte, `the heap grew by ${grown} bytes`);
    assert.deepEqual(scene.names(), ['source.bin']);
  });
});

/**
 * How long this thread keeps others waiting: processor time that it uses between two looks of a
 * timer. By the clock, a busy machine would be taken for a busy thread.
 */
class LongTurns {
  readonly #turns: number[] = [];
  #used = threadTime();
  readonly #timer = setInterval(() => this.#look(), 1);

  /** @returns what 99 of 100 turns keep to, in milliseconds */
  stop(): number {
    clearInterval(this.#timer);
    const sorted = this.#turns.sort((one, other) => one - other);
    return sorted[Math.floor(sorted.length * 0.99)] ?? assert.fail('no turns');
  }

  #look(): void {
    const used = threadTime();
    this.#turns.push(used - this.#used);
    this.#used = used;
  }
}

/** Milliseconds of processor time that the main thread has used. */
function threadTime(): number {
  const [nanoseconds] = readFileSync(`/proc/self/task/${process.pid}/schedstat`, 'utf8').split(' ');
  return Number(nanoseconds) / 1e6;
}

/** Bytes this process has read so far, from files and sockets. */
function charactersRead(): number {
  return Number(/^rchar: (\d+)$/m.exec(readFileSync('/proc/self/io', 'utf8'))?.[1]);
}
