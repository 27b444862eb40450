import assert from 'node:assert/strict';
import { boundaryOf, MultipartReader } from './multipart';

const BOUNDARY = '8d2f42366b41441';

describe('stand-in Pyrus: multipart framing', () => {
  it('is found wherever the network splits it', () => {
    const text = `\r\n--8d2f\r\r\n--${BOUNDARY.slice(0, -1)}X\n--${BOUNDARY}\r\n-`;
    const body = Buffer.from(
      `--${BOUNDARY}\r\nContent-Disposition: form-data; name="f"; filename="a"\r\n\r\n` +
        `${text}\r\n--${BOUNDARY}--\r\n`,
    );
    for (let at = 0; at <= body.length; at += 1) {
      for (const step of [1, 2, 7, body.length]) {
        const content: Buffer[] = [];
        const reader = new MultipartReader(BOUNDARY, {
          onPart: () => undefined,
          onContent: bytes => content.push(Buffer.from(bytes)),
        });
        reader.write(body.subarray(0, at));
        for (let from = at; from < body.length; from += step) {
          reader.write(body.subarray(from, from + step));
        }
        reader.end();
        assert.equal(Buffer.concat(content).toString(), text);
      }
    }
  });

  const types: readonly [type: string | undefined, boundary: string | undefined][] = [
    ['multipart/form-data; boundary=abc', 'abc'],
    ['Multipart/Form-Data;boundary="a b:c"', 'a b:c'],
    ['multipart/form-data; charset=utf-8; boundary=abc', 'abc'],
    ['multipart/form-data; boundary=abc; charset=utf-8', 'abc'],
    ['multipart/form-data', undefined],
    ['multipart/form-data; boundary=', undefined],
    ['multipart/form-data; boundary=é', undefined],
    [`multipart/form-data; boundary=${'x'.repeat(71)}`, undefined],
    ['multipart/mixed; boundary=abc', undefined],
    [undefined, undefined],
  ];
  for (const [type, boundary] of types) {
    it(`the boundary of ${type ?? 'nothing'} is ${boundary ?? 'missing'}`, () => {
      assert.equal(boundaryOf(type), boundary);
    });
  }
});
