import assert from 'node:assert/strict';
import { guidAt, guidsIn } from '../../../src/editor/guids';
import type { GuidInText } from '../../../src/editor/guids';

const GUID = '08923d83-255b-4f18-b0eb-5c4d3b9bf1d2';

describe('GUIDs in a text', () => {
  const found: readonly [text: string, start: number][] = [
    [GUID, 0],
    [`"${GUID.toUpperCase()}"`, 1],
    [`{${GUID}}`, 1],
    [`guid=${GUID}&x`, 5],
    [`/files/${GUID}.pdf`, 7],
    [`--${GUID}`, 2],
    [`"first\\n${GUID}"`, 8],
    [`Файл: ${GUID}, ещё`, 6],
  ];
  for (const [text, start] of found) {
    it(`one in ${text}`, () => {
      assert.deepEqual(guidsIn(text), [{ guid: GUID, start, end: start + 36 }]);
    });
  }

  const others = [
    `a${GUID}`,
    `${GUID}0`,
    `ж${GUID}`,
    `${GUID}ж`,
    `_${GUID}`,
    `0892-${GUID}`,
    `${GUID}-0892`,
    `report-${GUID}`,
    `C:\\files\\a08923d83-255b-4f18-b0eb-5c4d3b9bf1d2`,
    GUID.replaceAll('-', ''),
    GUID.replace('0', 'g'),
    GUID.slice(0, 35),
  ];
  for (const text of others) {
    it(`none in ${text}`, () => assert.deepEqual(guidsIn(text), []));
  }

  it('all, in order', () => {
    const other = GUID.replace('0', 'f');
    const text = `["${GUID}", "${other}", "${GUID}"]`;
    assert.deepEqual(
      guidsIn(text).map(({ guid }) => guid),
      [GUID, other, GUID],
    );
  });

  it('is found from its first place to its last, and nowhere else', () => {
    const text = ` ${'x'.repeat(500)} "${GUID}", "${GUID}" ${'y'.repeat(500)}`;
    const [first, second] = guidsIn(text);
    assert.ok(first !== undefined && second !== undefined);
    for (let offset = 0; offset <= text.length; offset++) {
      const isIn = ({ start, end }: GuidInText): boolean => start <= offset && offset <= end;
      assert.deepEqual(guidAt(text, offset), [first, second].find(isIn), String(offset));
    }
  });

  it('sees what it is part of also at the edge of what it looks at', () => {
    const text = `${'f'.repeat(300)}${GUID}${'0'.repeat(300)}`;
    for (let offset = 250; offset < 400; offset++) {
      assert.equal(guidAt(text, offset), undefined, String(offset));
    }
  });
});
