import assert from 'node:assert/strict';
import { RecentTasks } from '../../../src/commands/recentTasks';

describe('recently used tasks', () => {
  /** As VS Code keeps it: what is read has been written as JSON. */
  const kept = (stored?: unknown): { recent: RecentTasks; stored: () => unknown } => {
    const values = new Map<string, unknown>([['pyrus.recentTasks', stored]]);
    const state = {
      get: (key: string): unknown => values.get(key),
      update: (key: string, value: unknown): Promise<void> => {
        values.set(key, value === undefined ? value : JSON.parse(JSON.stringify(value)));
        return Promise.resolve();
      },
    };
    return { recent: new RecentTasks(state), stored: () => values.get('pyrus.recentTasks') };
  };

  it('are the last twenty of an account, newest first, each once, with the latest title', async () => {
    const { recent } = kept();
    for (let id = 1; id <= 22; id += 1) {
      await recent.remember('bob', { id, title: `Task ${id}` });
    }
    await recent.remember('bob', { id: 5, title: 'Renamed' });
    assert.deepEqual(
      recent.of('bob').map(({ id }) => id),
      [5, 22, 21, 20, 19, 18, 17, 16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 4, 3],
    );
    assert.equal(recent.of('bob')[0]?.title, 'Renamed');
  });

  it('are of no other account', async () => {
    const { recent } = kept();
    await recent.remember('bob', { id: 1 });
    await recent.remember('ann', { id: 2 });
    assert.deepEqual(recent.of('bob'), [{ id: 1 }]);
    assert.deepEqual(recent.of('ann'), [{ id: 2 }]);
    assert.deepEqual(recent.of('nobody'), []);
  });

  it('are forgotten with their account, and no trace stays', async () => {
    const { recent, stored } = kept();
    await recent.remember('bob', { id: 1, title: 'One' });
    await recent.remember('ann', { id: 2 });
    await recent.forget('bob');
    await recent.forget('nobody');
    assert.deepEqual(stored(), { ann: [{ id: 2 }] });
    await recent.forget('ann');
    assert.equal(stored(), undefined);
  });

  it('keep of a task no more than id and the beginning of its title', async () => {
    const { recent, stored } = kept();
    const task = { id: 1, title: 'x'.repeat(1_000_000), comments: ['private'] };
    await recent.remember('bob', task);
    assert.deepEqual(stored(), { bob: [{ id: 1, title: 'x'.repeat(300) }] });
  });

  it('are none where something else is stored', () => {
    for (const stored of [undefined, null, 7, [], { bob: 1 }, { bob: [null, { id: 'x' }, {}] }]) {
      assert.deepEqual(kept(stored).recent.of('bob'), []);
    }
    const mixed = { bob: [{ id: 1, title: 7 }, { id: 2 }, { id: 1.5 }] };
    assert.deepEqual(kept(mixed).recent.of('bob'), [{ id: 2 }]);
  });
});
