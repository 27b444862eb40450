import assert from 'node:assert/strict';
import { appendFileSync, readFileSync, renameSync, truncateSync, writeFileSync } from 'node:fs';
import { utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { PyrusClient } from '../../../src/pyrus/client';
import type { Exchange } from '../../../src/pyrus/exchange';
import { RetryBudget } from '../../../src/pyrus/retry';
import { Session } from '../../../src/pyrus/session';
import type { Uploaded } from '../../../src/pyrus/upload';
import { fileSource } from '../../../src/transfer/fileSource';
import type { Fault } from '../../pyrus-server/faults';
import type { Reply } from '../../pyrus-server/replies';
import { withJson, withOtherMd5 } from '../../pyrus-server/scripted';
import { md5Of, mebibyte } from '../../unit/transfer/filesOnDisk';
import { HastyExchange } from '../hastyExchange';
import { ToxicProxy } from '../toxicProxy';
import type { Plan } from '../toxicProxy';
import { UPLOAD, UploadScene } from '../uploadScene';
import { Random, rounds, seed } from './random';

/** Content of any upload is a part of this. */
const noise = new Random(1).bytes(4 * mebibyte);

/** Where it happens: on the disk, in Pyrus, on the way. */
type Harm = 'torn' | 'server' | 'wire';

describe('campaign: uploads', () => {
  const scene = UploadScene.prepare({ keepBytes: 0, damagedRequests: true });
  const clientOver = (exchange: Exchange): PyrusClient =>
    new PyrusClient(new Session(scene.me.grants), exchange, new RetryBudget(Infinity));
  let client: PyrusClient;

  beforeEach(() => {
    client = clientOver(scene.me.exchange);
  });

  const content = (random: Random): Buffer => {
    // Up to a mebibyte is sent in one piece, more is streamed.
    const size =
      1 + (random.chance(0.15) ? mebibyte : 0) + random.below(random.pick([50, 300_000]));
    const from = random.below(noise.length - size);
    return noise.subarray(from, from + size);
  };

  /** A file saved long ago: one that is saved while its time stamp still ticks is not what is tested. */
  const fileWith = async (bytes: Buffer): Promise<string> => {
    const path = join(scene.temp.path, 'файл.bin');
    await writeFile(path, bytes);
    await utimes(path, 1_700_000_000, 1_700_000_000);
    return path;
  };

  const upload = async (
    path: string,
    onProgress: (sent: number) => void = () => undefined,
  ): Promise<{ readonly uploaded?: Uploaded; readonly tries: number }> => {
    let tries = 1;
    const onWait = (): void => void (tries += 1);
    const pauses = { random: () => 0 };
    const { signal } = scene.me;
    try {
      const source = await fileSource(path);
      return {
        uploaded: await client.upload(source, { signal, onWait, onProgress, ...pauses }),
        tries,
      };
    } catch (error) {
      assert.ok(error instanceof Error && 'failure' in error, `seed ${seed}: ${inspect(error)}`);
      return { tries };
    }
  };

  const through = async <T>(plan: Plan, run: () => Promise<T>): Promise<T> => {
    const proxy = await ToxicProxy.start(scene.pyrus.origins.files);
    proxy.plans.push(plan);
    await scene.sendTo(proxy.url);
    try {
      return await run();
    } finally {
      await proxy.close();
    }
  };

  const cuts = rounds(150, 1000);
  it(`cut at random bytes, ${cuts} of ${cuts} end in the right GUID (SEED=${seed})`, async function () {
    this.timeout(cuts * 200);
    const random = new Random(seed);
    let repaired = 0;
    for (let round = 0; round < cuts; round++) {
      const bytes = content(random);
      const path = await fileWith(bytes);
      const how = random.pick<'fin' | 'reset'>(['fin', 'reset']);
      const up = random.chance(0.8);
      // The answer has some 300 bytes, the request some 500 around the content.
      const after = random.below(up ? bytes.length + 500 : 300);
      const end = { end: { after, how } } as const;
      const result = await through(up ? { up: end } : { down: end }, () => upload(path));
      const what = `seed ${seed}, round ${round}: ${how} after ${after} of ${bytes.length}`;
      assert.ok(result.uploaded, `${what} gave no GUID`);
      assertRight(result.uploaded, bytes, what);
      repaired += result.tries > 1 ? 1 : 0;
    }
    console.log(`      ${repaired} of ${cuts} were tried again`);
    assert.ok(repaired > cuts / 2, 'hardly anything was cut: the campaign shows nothing');
  });

  const assertRight = ({ guid, md5 }: Uploaded, bytes: Buffer, what: string): void => {
    const stored = scene.pyrus.uploads.findLast(known => known.guid === guid);
    assert.ok(stored, `${what}: a GUID that Pyrus did not give`);
    assert.deepEqual([stored.md5, stored.size], [md5Of(bytes), bytes.length], what);
    assert.equal(md5, stored.md5, what);
  };

  /** What a program does to the file while it is sent. */
  const tearings = (random: Random): ((path: string, bytes: Buffer) => void) =>
    random.pick([
      (path, bytes) => writeFileSync(path, Buffer.from(bytes.map(byte => byte ^ 1))),
      (path, bytes) => {
        const at = random.below(bytes.length);
        writeFileSync(path, bytes.with(at, bytes.readUInt8(at) ^ 1), { flag: 'r+' });
      },
      path => appendFileSync(path, 'more'),
      (path, bytes) => truncateSync(path, random.below(bytes.length)),
      (path, bytes) => {
        writeFileSync(
          `${path}.new`,
          bytes.map(byte => byte ^ 1),
        );
        renameSync(`${path}.new`, path);
      },
    ]);

  /** What a bad server or proxy does. */
  const serverFault = (random: Random, size: number): Omit<Fault, 'match'> =>
    random.pick<() => Omit<Fault, 'match'>>([
      () => ({ receive: { flipByteAt: 200 + random.below(size) } }),
      () => ({ reshape: withOtherMd5 }),
      () => ({ reshape: real => withJson(real, { md5_hash: md5Of(random.bytes(8)) }) }),
      () => ({ reshape: real => withJson(real, { guid: random.pick([null, 17, '', 'x']) }) }),
      () => ({ reshape: cutBody(random) }),
    ])();

  const damages = rounds(400, 10_000);
  it(`damaged or torn, none of ${damages} shows a wrong GUID (SEED=${seed})`, async function () {
    this.timeout(damages * 200);
    // A bit of a Content-Length flipped, and the server waits for what never comes.
    client = clientOver(new HastyExchange({ connect: 5, send: 1, answer: 1, receive: 1 }));
    const random = new Random(seed + 1);
    const outcome = { refused: 0, repaired: 0, unharmed: 0 };
    for (let round = 0; round < damages; round++) {
      const bytes = content(random);
      const path = await fileWith(bytes);
      const kind = random.pick<Harm>(['torn', 'server', 'wire']);
      const what = `seed ${seed}, round ${round}: ${kind}, ${bytes.length} bytes`;
      const { uploaded, tries } = await damaged(kind, random, path, bytes);
      if (uploaded === undefined) {
        outcome.refused++;
      } else {
        assertRight(uploaded, readFileSync(path), what);
        outcome[tries > 1 ? 'repaired' : 'unharmed']++;
      }
      scene.pyrus.clearFaults();
    }
    console.log(`      ${JSON.stringify(outcome)}`);
    assert.ok(outcome.unharmed < damages / 10, 'hardly any harm: the campaign shows nothing');
    assert.ok(outcome.refused > 0 && outcome.repaired > 0);
  });

  const damaged = async (
    kind: Harm,
    random: Random,
    path: string,
    bytes: Buffer,
  ): Promise<{ readonly uploaded?: Uploaded; readonly tries: number }> => {
    if (kind === 'wire') {
      const flipBitAt = random.below(bytes.length + 400);
      return through({ up: { flipBitAt } }, () => upload(path));
    }
    await scene.sendTo(`${scene.pyrus.origins.files}/`);
    if (kind === 'server') {
      const times = random.pick([1, 2, 3]);
      scene.pyrus.script({ match: UPLOAD, times, ...serverFault(random, bytes.length) });
      return upload(path);
    }
    const tear = tearings(random);
    const when = 1 + random.below(bytes.length);
    let torn = false;
    return upload(path, sent => {
      if (!torn && sent >= when) {
        torn = true;
        tear(path, bytes);
      }
    });
  };
});

function cutBody(random: Random): (real: Reply) => Reply {
  return real => {
    assert.ok(typeof real.body === 'string');
    return { ...real, body: real.body.slice(0, random.below(real.body.length)) };
  };
}
