import assert from 'node:assert/strict';
import { commandLink, escapedText, markdownText } from '../../../src/words/markdown';

describe('text from outside in Markdown', () => {
  it('keeps letters of any alphabet, digits and single spaces as they are', () => {
    const text = 'Отчёт 5 e\u0301 漢字 ١٢';
    assert.equal(markdownText(text), text);
  });

  it('has everything else by its number', () => {
    assert.equal(markdownText('a_b.c'), 'a&#95;b&#46;c');
    assert.equal(markdownText('🧾'), '&#129534;');
    const ascii = Array.from({ length: 94 }, (_, index) => String.fromCharCode(33 + index)).join(
      '',
    );
    assert.equal(markdownText(ascii).replace(/&#\d+;|[A-Za-z0-9]/g, ''), '');
  });

  it('is one line, and cut', () => {
    assert.equal(markdownText('    a\n\n- b'), 'a &#45; b');
    assert.equal(markdownText('abcdef', 3), 'ab&#8230;');
  });
});

describe('text from outside in Markdown that may also be shown plain', () => {
  it('has a backslash before all that means something in Markdown, and is else the same', () => {
    const text = 'Отчёт 5: [a](command:x) <img> www.example.com a@b.c `x` **b** #1 $(alert)';
    const escaped = escapedText(text);
    assert.equal(escaped.replace(/\\(.)/g, '$1'), text);
    assert.equal(/[^\p{L}\p{N} ]/u.exec(escaped.replace(/\\./g, '')), null);
    assert.equal(escapedText('a\\b'), 'a\\\\b');
  });
});

describe('a link that runs a command', () => {
  it('carries its arguments through any character', () => {
    const args = ['a b', 'https://x/(1)?q="2"&[3]', 'й'];
    const link = commandLink('Copy', 'pyrus.x', args);
    const query = /^\[Copy\]\(command:pyrus\.x\?([^()\s]*)\)$/.exec(link)?.[1];
    assert.deepEqual(JSON.parse(decodeURIComponent(query ?? '')), args);
  });
});
