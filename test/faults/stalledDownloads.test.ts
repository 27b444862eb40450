import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import type { Placed } from '../../src/transfer/saveRequest';
import { eventually } from '../unit/transfer/incomingFiles';
import { DownloadScene, failureOf } from './downloadScene';

const size = 200_000;
const bytes = randomBytes(size);
const isPart = (name: string): boolean => name.endsWith('.part');

describe('faults: a download that stops moving', () => {
  const scene = DownloadScene.prepare({ ownClock: true });

  for (const stallAfter of [0, size * 0.9]) {
    it(`D7 a stall after ${stallAfter} bytes ends after a minute and starts over`, async () => {
      const { id } = scene.pyrus.addFile({ name: 'a.bin', content: bytes });
      let received = 0;
      const saving = (name: string): Promise<Placed> =>
        scene.save(id, { name, onBytes: count => void (received += count) });
      const minuteOfSilence = async (): Promise<void> => {
        // It writes, so that the head of the answer has come, and all that ever will.
        await eventually(() => (scene.names().some(isPart) ? true : undefined));
        await eventually(() => (received >= stallAfter ? true : undefined));
        scene.clock.advance(59_999);
        assert.ok(scene.clock.isSet(60_000), 'left too early');
        received = 0;
        scene.clock.advance(1);
      };
      const stall = { match: /download/, send: { stallAfter } };
      const script = scene.pyrus.script(stall);
      const repaired = saving('a.bin');
      await minuteOfSilence();
      await repaired;
      assert.ok(scene.content('a.bin').equals(bytes));
      assert.equal(script.hits[0]?.outcome, 'aborted');

      received = 0;
      scene.pyrus.script({ ...stall, times: Infinity });
      const failing = failureOf(saving('b.bin'));
      for (let tries = 0; tries < 5; tries++) {
        await scene.pyrus.when(/download/, () => scene.tries === 3 + tries);
        await minuteOfSilence();
        await eventually(() => (scene.names().some(isPart) ? undefined : true));
      }
      const { host } = new URL(scene.pyrus.origins.files);
      assert.deepEqual(await failing, { kind: 'timedOut', host, phase: 'receive' });
      assert.deepEqual(scene.names(), ['a.bin']);
    });
  }

  const slow = { match: /download/, send: { drip: { bytes: 1024, everyMs: 1 } } };
  const long = randomBytes(64 * 1024);

  it('D8 slow but moving goes on, for longer than nothing may move', async () => {
    const { id } = scene.pyrus.addFile({ name: 'a.bin', content: long });
    scene.pyrus.script(slow);
    await scene.save(id, { onBytes: () => scene.clock.linger() });
    assert.ok(scene.clock.now() > 120_000, `${scene.clock.now()} ms`);
    assert.ok(scene.content('a.bin').equals(long));
    assert.equal(scene.tries, 1);
  });

  it('D8 slow but moving can be cancelled', async () => {
    const { id } = scene.pyrus.addFile({ name: 'a.bin', content: long });
    scene.pyrus.script(slow);
    const onBytes = (): void => scene.me.controller.abort();
    await assert.rejects(scene.save(id, { onBytes }), { name: 'AbortError' });
    assert.equal(scene.tries, 1);
    assert.deepEqual(scene.names(), []);
  });
});
