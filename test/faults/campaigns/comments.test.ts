import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import type { AttachRequest, Attached } from '../../../src/pyrus/attach';
import { PyrusError } from '../../../src/pyrus/errors';
import type { PyrusFailure } from '../../../src/pyrus/errors';
import { CommentScene } from '../commentScene';
import type { Plan } from '../toxicProxy';
import { Random, rounds, seed } from './random';

/** A comment has some 400 bytes on the wire, its answer some 1,200. */
const longest = { up: 420, down: 1300 };

describe('campaign: comments', () => {
  const scene = CommentScene.prepare({ rateLimit: { limit: 1_000_000, intervalSeconds: 600 } });

  const cutPlan = (random: Random): Plan => {
    const direction = random.pick<'up' | 'down'>(['up', 'down']);
    const after = random.below(longest[direction]);
    return { [direction]: { end: { after, how: random.pick(['fin', 'reset']) } } };
  };

  /** Attaches with these connections of the API being cut, the later ones left alone. */
  const attached = async (
    request: AttachRequest,
    plans: readonly Plan[],
  ): Promise<{ done: Attached } | { failure: PyrusFailure }> =>
    scene.throughProxy(async proxy => {
      proxy.plans.push(...plans);
      try {
        return { done: await scene.attach(request) };
      } catch (error) {
        assert.ok(error instanceof PyrusError, inspect(error));
        return { failure: error.failure };
      }
    });

  const once = rounds(200, 2000);
  it(`cut at a random byte, ${once} of ${once} comments are made exactly once (SEED=${seed})`, async function () {
    this.timeout(once * 500);
    const random = new Random(seed);
    let harmed = 0;
    for (let round = 0; round < once; round++) {
      const plan = cutPlan(random);
      const what = `seed ${seed}, round ${round}: ${inspect(plan, { depth: 4 })}`;
      const request = await scene.request({ text: random.chance(0.5) ? 'Слова' : undefined });
      scene.waits.length = 0;
      const result = await attached(request, [plan]);
      assert.ok('done' in result, `${what} ended in ${inspect(result)}`);
      assert.deepEqual(scene.added(request), { comments: 1, files: 1 }, what);
      assert.equal(result.done.files[0]?.guid, request.files[0]?.guid, what);
      harmed += scene.waits.length > 0 ? 1 : 0;
    }
    console.log(`      ${harmed} of ${once} were cut`);
    assert.ok(harmed > once / 2, 'hardly anything was cut: the campaign shows nothing');
  });

  const often = rounds(100, 1000);
  it(`cut again and again, ${often} comments are made once at the most, and a failure says what is known (SEED=${seed})`, async function () {
    this.timeout(often * 1000);
    const random = new Random(seed + 1);
    const outcome = { made: 0, notMade: 0, notKnown: 0 };
    for (let round = 0; round < often; round++) {
      const plans = Array.from({ length: 40 }, () => (random.chance(0.8) ? cutPlan(random) : {}));
      const what = `seed ${seed + 1}, round ${round}`;
      const request = await scene.request();
      const result = await attached(request, plans);
      const { comments, files } = scene.added(request);
      assert.ok(comments <= 1 && files === comments, `${what}: made ${comments} times`);
      if ('done' in result) {
        assert.equal(comments, 1, what);
        outcome.made++;
      } else if (result.failure.kind === 'attachNotConfirmed') {
        outcome.notKnown++;
      } else {
        assert.equal(result.failure.kind, 'connectionLost', what);
        assert.equal(comments, 0, `${what}: made, and told that it was not`);
        outcome.notMade++;
      }
    }
    console.log(`      ${JSON.stringify(outcome)}`);
    assert.ok(outcome.made > 0 && outcome.notKnown > 0);
  });
});
