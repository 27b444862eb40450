import assert from 'node:assert/strict';
import { pastedName } from '../../../src/drop/pastedName';

describe('the name of what is pasted', () => {
  const now = new Date(2026, 10, 24, 16, 5, 3);
  const stamp = 'screenshot-2026-11-24-16-05-03';
  const cases: readonly (readonly [string, string, string])[] = [
    ['image.png', 'image/png', `${stamp}.png`],
    ['', 'image/png', `${stamp}.png`],
    ['IMAGE.PNG', 'image/PNG', `${stamp}.png`],
    ['image.jpeg', 'image/jpeg', `${stamp}.jpg`],
    ['image.svg', 'image/svg+xml', `${stamp}.svg`],
    ['blob', 'image/webp', `${stamp}.webp`],
    // A type nobody can make an ending of.
    ['image', 'image/x-../evil', `${stamp}.png`],
    ['Схема.png', 'image/png', 'Схема.png'],
    ['image-of-a-cat.png', 'image/png', 'image-of-a-cat.png'],
    ['image.png', 'application/octet-stream', 'image.png'],
    ['report.pdf', 'application/pdf', 'report.pdf'],
  ];
  for (const [name, type, expected] of cases) {
    it(`${name || 'no name'} of ${type} is ${expected}`, () =>
      assert.equal(pastedName(name, type, now), expected));
  }

  it('sorts by time, and is ASCII', () => {
    const later = pastedName('image.png', 'image/png', new Date(2027, 0, 1, 0, 0, 0));
    assert.ok(pastedName('image.png', 'image/png', now) < later);
    assert.match(later, /^[\x20-\x7e]+$/);
  });
});
