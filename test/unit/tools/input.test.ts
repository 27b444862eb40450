import assert from 'node:assert/strict';
import { Input } from '../../../src/tools/input';
import { ToolError } from '../../../src/tools/toolError';

const GUID = '17b5c1ba-5dcd-4d19-a4c1-3d4f7b7b6a0f';

function refused(read: () => unknown, reason: RegExp): void {
  assert.throws(read, (error: unknown) => error instanceof ToolError && reason.test(error.message));
}

describe('what a model passes to a tool', () => {
  it('has ids that are ids of Pyrus', () => {
    assert.equal(new Input({ taskId: 11613 }).id('taskId'), 11613);
    for (const taskId of [undefined, null, 0, -1, 1.5, NaN, 2 ** 31, '11613', {}, [1]]) {
      refused(() => new Input({ taskId }).id('taskId'), /^"taskId" must be a whole number/);
    }
    assert.equal(new Input({}).optionalId('taskId'), undefined);
    assert.equal(new Input({ taskId: null }).optionalId('taskId'), undefined);
  });

  it('has lists of up to 20, each element once', () => {
    assert.deepEqual(new Input({ ids: [2, 1, 2] }).ids('ids'), [2, 1]);
    assert.deepEqual(new Input({ paths: ['b', 'a', 'b'] }).paths('paths'), ['b', 'a']);
    for (const paths of [undefined, [], 'a', { 0: 'a', length: 1 }]) {
      refused(() => new Input({ paths }).paths('paths'), /must be a list with at least one/);
    }
    for (const paths of [[1], [''], [null], [['a']]]) {
      refused(() => new Input({ paths }).paths('paths'), /must be a text that is not empty/);
    }
    const many = Array.from({ length: 21 }, (_, index) => String(index));
    refused(() => new Input({ paths: many }).paths('paths'), /has 21 elements; .* up to 20/);
  });

  it('has GUIDs, in lower case', () => {
    const guids = [GUID.toUpperCase(), GUID];
    assert.deepEqual(new Input({ guids }).optionalGuids('guids'), [GUID]);
    assert.deepEqual(new Input({}).optionalGuids('guids'), []);
    assert.deepEqual(new Input({ guids: [] }).optionalGuids('guids'), []);
    for (const guid of ['', 'x', `{${GUID}}`, `${GUID} `, 7]) {
      refused(() => new Input({ guids: [guid] }).optionalGuids('guids'), /must be a GUID/);
    }
  });

  it('has a comment of up to 2000 characters, or none', () => {
    assert.equal(new Input({}).comment('comment'), '');
    assert.equal(new Input({ comment: 'Готово' }).comment('comment'), 'Готово');
    refused(() => new Input({ comment: 'x'.repeat(2001) }).comment('comment'), /Shorten it/);
    refused(() => new Input({ comment: 7 }).comment('comment'), /must be a text/);
  });

  it('may be no object at all', () => {
    for (const input of [undefined, null, 'taskId', 7, []]) {
      refused(() => new Input(input).id('taskId'), /whole number/);
    }
  });
});
