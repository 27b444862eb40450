import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { isAlive, processSpace, startOf } from '../../../src/transfer/hostProcess';

const program = `require(${JSON.stringify(require.resolve('../../../src/transfer/hostProcess'))})
  .processSpace().then(space => process.stdout.write(space));`;

/** @param before words of a command to run it with */
function spaceOfAnother(...before: readonly string[]): string | undefined {
  const words = [...before, process.execPath, '-e', program];
  const { status, stdout } = spawnSync('env', words, { encoding: 'utf8' });
  return status === 0 ? stdout : undefined;
}

describe('the processes that see each other', () => {
  it('have one space', async () => {
    const space = await processSpace();
    assert.match(space, /^[0-9a-f]{16}$/);
    assert.equal(spaceOfAnother(), space);
  });

  it('have one space, which those of a container do not share', async function () {
    const inside = spaceOfAnother('unshare', '-Urpf', '--mount-proc');
    if (inside === undefined) {
      this.skip();
    }
    assert.match(inside, /^[0-9a-f]{16}$/);
    assert.notEqual(inside, await processSpace());
  });

  it('know of each other whether they live', async () => {
    const start = (await startOf(process.pid)) ?? '0';
    assert.ok(await isAlive(process.pid, start));
    assert.ok(!(await isAlive(999_999_999, start)));
  });
});
