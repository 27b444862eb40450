import assert from 'node:assert/strict';
import { isPartName, newPartName } from '../../../src/transfer/partName';

describe('the name of a file on its way', () => {
  it('is another one each time, and is known again', () => {
    const names = Array.from({ length: 100 }, newPartName);
    assert.equal(new Set(names).size, 100);
    assert.ok(names.every(isPartName));
  });

  it('is like no other', () => {
    const [name, digits] = ['.pyrus-0123456789abcdef01234567.part', '0123456789abcdef01234567'];
    assert.ok(isPartName(name));
    const others = [`/${name}`, `${name}\n`, `${name}x`, `x${name}`, name.toUpperCase(), digits];
    for (const other of [...others, name.replace('7', ''), name.replace('7', '78'), '']) {
      assert.ok(!isPartName(other), other);
    }
  });
});
