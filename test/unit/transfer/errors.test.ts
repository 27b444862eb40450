import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { FileError } from '../../../src/transfer/errors';

describe('a failure of a file', () => {
  it('is known to the other bundle, too: what is dropped fails in the entry', () => {
    const require = createRequire(__filename);
    const file = require.resolve('../../../src/transfer/errors');
    const loaded = require.cache[file];
    Reflect.deleteProperty(require.cache, file);
    try {
      const other = require(file) as { readonly FileError: typeof FileError };
      assert.notEqual(other.FileError, FileError);
      const foreign: unknown = new other.FileError({ kind: 'notHeld' }, 'a.png');
      assert.ok(foreign instanceof FileError);
      assert.equal(foreign.failure.kind, 'notHeld');
      assert.ok(!(new Error('FileError') instanceof FileError));
    } finally {
      require.cache[file] = loaded;
    }
  });
});
