import assert from 'node:assert/strict';
import { isMisread, mayHold } from '../../../src/editor/guidBytes';

const GUID = '01234567-89ab-cdef-0123-456789abcdef';

describe('bytes that may hold a GUID', () => {
  const texts: readonly (readonly [string, Buffer])[] = [
    ['UTF-8', Buffer.from(`й ${GUID} 🧾`)],
    ['UTF-8 with a mark, upper-case', Buffer.from(`\ufeff${GUID.toUpperCase()}`)],
    ['windows-1251', Buffer.concat([Buffer.from([0xcf, 0xf0]), Buffer.from(GUID)])],
    ['UTF-16 LE', Buffer.from(`й ${GUID}`, 'utf16le')],
    ['UTF-16 BE', Buffer.from(`й ${GUID}`, 'utf16le').swap16()],
    ['part of something longer: the text decides', Buffer.from(`0${GUID}`)],
  ];
  for (const [name, bytes] of texts) {
    it(name, () => assert.ok(mayHold(GUID, bytes)));
  }

  it('are none without it', () => {
    assert.ok(!mayHold(GUID, Buffer.from('')));
    assert.ok(!mayHold(GUID, Buffer.from(GUID.slice(1))));
    assert.ok(!mayHold(GUID, Buffer.from(GUID.replace('0', '1'))));
  });

  it('are looked at within their bounds only', () => {
    const bytes = Buffer.from(`${GUID}-`);
    assert.ok(!mayHold(GUID, new Uint8Array(bytes.buffer, bytes.byteOffset, 35)));
    assert.ok(mayHold(GUID, new Uint8Array(bytes.buffer, bytes.byteOffset, 36)));
  });
});

describe('a text that was read in the wrong encoding', () => {
  it('has U+FFFD for bytes that are no UTF-8', () => {
    const bytes = Buffer.from([0xcf, 0xf0, 0xe8]);
    assert.ok(isMisread(bytes.toString(), bytes));
  });

  it('is not one that has that very character, nor one without it', () => {
    const bytes = Buffer.from('a \ufffd b');
    assert.ok(!isMisread(bytes.toString(), bytes));
    assert.ok(!isMisread('При', Buffer.from([0xcf, 0xf0, 0xe8])));
  });
});
