import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { inspect } from 'node:util';
import { runBatch } from '../../../src/transfer/batch';
import { FixedLanes } from '../../../src/transfer/lanes';
import type { Placed } from '../../../src/transfer/saveRequest';
import type { Fault } from '../../pyrus-server/faults';
import type { Reply } from '../../pyrus-server/replies';
import { proxyPage, withHeaders } from '../../pyrus-server/scripted';
import { md5Of } from '../../unit/transfer/filesOnDisk';
import { DownloadScene } from '../downloadScene';
import { Random, rounds, seed } from './random';

/** One file, what its task tells of it, and what goes wrong on the way; then maybe a new version. */
interface Plan {
  readonly name: string;
  readonly id: number;
  readonly content: Buffer;
  readonly newer: Buffer | undefined;
  readonly expected: { readonly size?: number; readonly md5?: string };
  readonly faults: readonly Omit<Fault, 'match'>[];
}

const WAVE = 40;
const tries = 5;

/** Everything that can go wrong with an answer; what changes bytes unseen only where an MD5 tells. */
function randomFault(random: Random, size: number, md5Known: boolean): Omit<Fault, 'match'> {
  const at = random.below(size + 1);
  const how = random.chance(0.2) ? 'rst' : 'fin';
  const kinds: [() => Omit<Fault, 'match'>, ...(() => Omit<Fault, 'match'>)[]] = [
    () => ({ send: { cut: { at, how } } }),
    () => ({ send: { cut: { at: 'head', how } } }),
    () => ({ send: { chunked: true, cut: { at, how } } }),
    () => ({ send: { contentLength: 'none', cut: { at, how: 'fin' } } }),
    () => ({ send: { contentLength: at } }),
    () => ({ send: { contentLength: size + 1 + random.below(1000) } }),
    () => ({ send: { trailing: 'HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil' } }),
    () => ({ send: { stallAfter: at } }),
    () => ({ answer: proxyPage(random.pick([500, 502, 503, 504])) }),
    () => ({ send: { raw: random.bytes(50) } }),
    () => ({ reshape: cutBody(at) }),
  ];
  if (md5Known) {
    kinds.push(() => ({ reshape: flipped(random.below(Math.max(1, size))) }));
  }
  return random.pick(kinds)();
}

/** Fewer bytes, and a Content-Length that agrees with them. */
function cutBody(at: number): (real: Reply) => Reply {
  return real => ({ ...real, body: Buffer.from(real.body as Buffer).subarray(0, at) });
}

function flipped(at: number): (real: Reply) => Reply {
  return real => {
    const body = Buffer.from(real.body as Buffer);
    if (body.length > 0) {
      body.writeUInt8(body.readUInt8(at % body.length) ^ 1, at % body.length);
    }
    return withHeaders({ ...real, body }, {});
  };
}

describe('campaign: downloads', () => {
  const patience = { connect: 5, send: 0.15, answer: 5, receive: 0.15 };
  const scene = DownloadScene.prepare({ patience });

  const planOf = (random: Random, index: number): Plan => {
    const size = random.chance(0.1) ? random.below(200_000) : random.below(3000);
    const content = random.bytes(size);
    const id = 1_000_000 + index;
    const name = `${index}.bin`;
    scene.pyrus.addFile({ id, name, content });
    // A task always tells the size; without it a shortened answer cannot be told from the file.
    const expected = { size, ...(random.chance(0.5) ? { md5: md5Of(content) } : {}) };
    const faulty = random.chance(0.75) ? 1 + random.below(tries) : 0;
    const faults = Array.from({ length: faulty }, () =>
      randomFault(random, size, 'md5' in expected),
    );
    // A new version of the same length shows only in its MD5: with the old one it must fail.
    const newer = random.chance(0.2) ? random.bytes(size) : undefined;
    return { name, id, content, newer, expected, faults };
  };

  const fetchAll = async (plans: readonly Plan[]): Promise<ReadonlyMap<Plan, Placed>> => {
    const result = await runBatch<Plan, Placed>({
      items: plans,
      run: plan => {
        const match = new RegExp(`download/${plan.id}$`);
        for (const fault of plan.faults) {
          scene.pyrus.script({ match, ...fault });
        }
        const onWait = (): void => {
          if (plan.newer !== undefined) {
            scene.pyrus.addFile({ id: plan.id, name: plan.name, content: plan.newer });
          }
        };
        const onUnconfirmed = (): Promise<boolean> => Promise.resolve(false);
        return scene.save(plan.id, {
          expected: plan.expected,
          name: plan.name,
          onWait,
          onUnconfirmed,
        });
      },
      isFatal: () => false,
      onProgress: () => undefined,
      signal: scene.me.signal,
      lanes: new FixedLanes(16),
    });
    for (const { error } of result.failed) {
      assert.ok(error instanceof Error && 'failure' in error, `seed ${seed}: ${inspect(error)}`);
    }
    return new Map(result.done.map(({ item, value }) => [item, value]));
  };

  /** @returns whether it was saved */
  const judge = (plan: Plan, placed: Placed | undefined): boolean => {
    const what = `seed ${seed}, ${plan.name}`;
    const there = scene.names().includes(plan.name);
    assert.equal(there, placed?.outcome === 'saved', what);
    if (there) {
      const saved = scene.content(plan.name);
      const versions = [plan.content, ...(plan.newer === undefined ? [] : [plan.newer])];
      assert.ok(
        versions.some(version => version.equals(saved)),
        `${what}: bytes were lost, changed or mixed`,
      );
      const { md5 } = plan.expected;
      assert.ok(md5 === undefined || md5 === md5Of(saved), `${what}: not what the task tells`);
    }
    return there;
  };

  const count = rounds(800, 10_000);
  it(`loses no byte of ${count} files, mixes no versions, leaves nothing (SEED=${seed})`, async function () {
    this.timeout(count * 200);
    const random = new Random(seed);
    let saved = 0;
    let repaired = 0;
    for (let done = 0; done < count; done += WAVE) {
      const plans = Array.from({ length: WAVE }, (_, index) => planOf(random, index));
      const placed = await fetchAll(plans);
      for (const plan of plans) {
        if (judge(plan, placed.get(plan))) {
          saved++;
          repaired += plan.faults.length > 0 ? 1 : 0;
        } else {
          assert.ok(plan.faults.length > 0, `seed ${seed}: ${plan.name} met no fault and failed`);
        }
      }
      const strangers = scene.names().filter(name => !plans.some(plan => plan.name === name));
      assert.deepEqual(strangers, [], `seed ${seed}: something else is in the folder`);
      scene.pyrus.clearFaults();
      scene.names().forEach(name => rmSync(`${scene.folder}/${name}`));
    }
    console.log(`      ${saved} saved, ${repaired} of them after faults`);
    assert.ok(repaired > count / 4, 'hardly anything was repaired: the campaign shows nothing');
  });
});
