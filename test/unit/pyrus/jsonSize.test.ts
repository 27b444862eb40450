import assert from 'node:assert/strict';
import { holdsTooMuch } from '../../../src/pyrus/jsonSize';
import { startPyrus } from '../../pyrus-server/pyrus';
import { json } from '../../pyrus-server/replies';
import { failure } from './failure';
import { signedInClient } from './signedInClient';

describe('JSON that would take far more room than its bytes', () => {
  const judged = (json: string): boolean => holdsTooMuch(Buffer.from(json));
  const list = (item: string, count: number): string => `[${item}${`,${item}`.repeat(count - 1)}]`;

  it('has more objects than any task', () => {
    assert.equal(judged(list('{}', 250_000)), false);
    assert.equal(judged(list('{}', 250_001)), true);
    assert.equal(judged('{"a":'.repeat(250_001)), true);
  });

  it('has endless lists', () => {
    assert.equal(judged(list('1', 5_000_001)), false);
    assert.equal(judged(list('1', 5_000_002)), true);
  });

  it('is not made of what stands in texts, however that is quoted', () => {
    const braces = '{,'.repeat(300_000);
    for (const text of [braces, `"${braces}`, `${braces}\\`, `\\"${braces}\\\\`, `ж${braces}`]) {
      assert.equal(judged(JSON.stringify({ text, more: text })), false);
      assert.equal(judged(`[${JSON.stringify(text)},${list('{}', 250_001)}]`), true);
    }
  });

  it('is no task, and is said to make no sense', async () => {
    const pyrus = await startPyrus();
    try {
      const { client, signal } = await signedInClient(pyrus);
      const comments = Array.from({ length: 400_000 }, () => ({}));
      pyrus.script({ match: /^GET \S*\/tasks\//, answer: json({ task: { id: 1, comments } }) });
      const { kind } = await failure(client.task(1, { signal }));
      assert.equal(kind, 'unexpectedAnswer');
    } finally {
      await pyrus.close();
    }
  });

  it('may be broken, too', () => {
    for (const json of ['', '"', '"\\', '\\', '"\\"']) {
      assert.equal(judged(json), false);
    }
  });
});
