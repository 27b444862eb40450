import assert from 'node:assert/strict';
import { movedRange, placesBehind } from '../../../src/editor/movedRange';
import type { Place, TextChange } from '../../../src/editor/movedRange';

/** Documents are written with `‹›` around what is tracked, or `|` for a cursor. */
function tracked(marked: string): { readonly text: string; readonly range: [Place, Place] } {
  const text = marked.replace(/[‹›|]/g, '');
  const before = marked.split(/[‹|]/)[0] ?? '';
  const upToEnd = (marked.split(/[›|]/)[0] ?? '').replace('‹', '');
  return { text, range: [placeAfter(before), placeAfter(upToEnd)] };
}

function placeAfter(text: string): Place {
  const lines = text.split(/\r?\n/);
  return { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
}

/** `text` in place of the first `replaced`. */
function change(before: string, replaced: string, text: string): TextChange {
  const from = before.indexOf(replaced);
  assert.ok(from >= 0);
  const start = placeAfter(before.slice(0, from));
  return { range: { start, end: placeAfter(before.slice(0, from + replaced.length)) }, text };
}

function insertion(marked: string, text: string): TextChange {
  const place = placeAfter(marked.split('^')[0] ?? '');
  return { range: { start: place, end: place }, text };
}

describe('what is tracked in a document', () => {
  const moves = (marked: string, made: (text: string) => TextChange, after: string): void => {
    const { text, range } = tracked(marked);
    const [start, end] = range;
    const moved = movedRange({ start, end }, made(text));
    assert.deepEqual([moved.start, moved.end], tracked(after).range);
  };

  it('a cursor stays when something changes behind it', () => {
    moves('ab|cd', text => change(text, 'd', 'xyz'), 'ab|cxyz');
    moves('ab|cd', text => change(text, 'cd', ''), 'ab|');
    moves('ab|\ncd', () => insertion('ab\n^', 'x\ny'), 'ab|\nx\nycd');
  });

  it('and moves with the text it is in when something changes before it', () => {
    moves('ab|cd', text => change(text, 'a', 'xyz'), 'xyzb|cd');
    moves('ab\ncd|', text => change(text, 'ab\n', ''), 'cd|');
    moves('ab\ncd|e', text => change(text, 'b\nc', ''), 'ad|e');
    moves('ab\ncd|', () => insertion('^', 'x\r\ny\r\n'), 'x\ny\nab\ncd|');
    moves('ab|', () => insertion('a^', '\n  '), 'a\n  b|');
  });

  it('and goes behind what is typed at it', () => {
    moves('["|"]', () => insertion('["^', 'new'), '["new|"]');
    moves('a|b', () => insertion('a^', '1\n2'), 'a1\n2|b');
  });

  it('and stays in what is written anew around it, as far as that reaches', () => {
    moves('abcd|ef', text => change(text, 'abcdef', 'ABCDEF'), 'ABCD|EF');
    moves('abcd|ef', text => change(text, 'bcde', 'X'), 'aX|f');
    moves(
      'one\r\ntwo\r\nth|ree',
      text => change(text, text, 'one\ntwo\nthree'),
      'one\ntwo\nth|ree',
    );
    moves('one\ntw|o', text => change(text, text, ''), '|');
  });

  it('a selection moves as a whole, and neither grows nor shrinks', () => {
    moves('a‹bc›d', text => change(text, 'a', ''), '‹bc›d');
    moves('a‹bc›d', text => change(text, 'd', 'x'), 'a‹bc›x');
    moves('a‹bc›d', () => insertion('a^', 'x'), 'ax‹bc›d');
    moves('a‹bc›d', () => insertion('abc^', 'x'), 'a‹bc›xd');
    moves('a\n‹b\nc›d', () => insertion('^', '\n'), '\na\n‹b\nc›d');
  });

  it('a selection that was changed is a cursor at its end: what was typed there stays', () => {
    moves('a‹bc›d', text => change(text, 'bc', 'typed'), 'atyped|d');
    moves('a‹bc›d', () => insertion('ab^', 'x'), 'abxc|d');
    moves('a‹bc›d', text => change(text, 'cd', ''), 'ab|');
    moves('a‹bc›d', text => change(text, 'ab', ''), 'c|d');
  });
});

describe('the cursor behind several changes', () => {
  it('is behind each of them, also on one line and over line ends', () => {
    const document = 'a b c';
    const changes = [
      change(document, 'a', 'long'),
      insertion('a b^', '1\n23'),
      change(document, ' c', ''),
    ];
    // long b1⏎23
    assert.deepEqual(placesBehind(changes), [
      { line: 0, character: 4 },
      { line: 1, character: 2 },
      { line: 1, character: 2 },
    ]);
  });
});
