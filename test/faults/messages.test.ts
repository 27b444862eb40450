import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { fileNameText, plainText } from '../../src/words/plainText';
import { assertQuick } from '../unit/cost';

/** How VS Code finds links in a message: `src/vs/base/common/linkedText.ts`. */
const linkedText = /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)(?: (["'])(.+?)(\3))?\)/gi;
/** How it finds icons in a label: `src/vs/base/common/iconLabels.ts`. */
const icon = /\$\([A-Za-z0-9-]+(?:~[A-Za-z]+)?\)/g;

const link = '[Sign in](command:workbench.action.terminal.new)';
const hostile = [
  link,
  '[a](https://evil.example) [b](file:///etc/passwd "title")',
  '[a\u200b](command:x)',
  '[a]\u200b(command:x)',
  '[a]\u202e(command:x)',
  '[a]\n(command:x)',
  '[a](\u0000command:x)',
  '[a]]((command:x)',
  '[$(alert)](command:x) $(alert~spin) $\u00ad(alert)',
  '$(alert)',
  '<img src=x onerror=alert(1)><a href="command:x">y</a>',
  '\u001b]8;;command:x\u0007text\u001b]8;;\u0007\u001b[31mred\u001b[0m',
  `${'x'.repeat(190)}${link}`,
  link.repeat(30_000),
  // Halves of a link, which a sentence could put together.
  '[a]',
  '(command:x)',
  '](command:x)',
  '$',
  '(alert)',
  '[a',
];

describe('faults: text from outside in a message', () => {
  for (const make of [plainText, fileNameText]) {
    it(`H6 ${make.name}: no link, no icon, no control, one line, at most 200 characters`, () => {
      for (const text of hostile.map(untrusted => make(untrusted))) {
        assert.deepEqual([...text.matchAll(linkedText)], [], text);
        assert.deepEqual([...text.matchAll(icon)], [], text);
        assert.match(text, /^[^\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\u200b\u00ad]*$/u);
        assert.ok(text.length <= 200, text);
      }
    });
  }

  it('H6 a megabyte takes no time and becomes 200 characters', () => {
    for (const piece of ['](', '$(', ' ', '\u202e', 'a\u0301', '[a](command:b)', '🧾']) {
      const long = piece.repeat(2 ** 20 / piece.length);
      assertQuick(() => plainText(long), 10);
      assert.ok([...new Intl.Segmenter().segment(plainText(long))].length <= 200);
    }
  });

  it('H6 is still readable, and what is harmless stays as it is', () => {
    assert.equal(
      plainText('Нет доступа [1] (код 5): $5 (USD)'),
      'Нет доступа [1] (код 5): $5 (USD)',
    );
    assert.equal(plainText(link), '[Sign in] (command:workbench.action.terminal.new)');
  });

  it('H6 no sentence of ours, in either language, puts a link together from its parts', () => {
    const sentences = ['l10n/bundle.l10n.json', 'l10n/bundle.l10n.ru.json'].flatMap(file =>
      Object.values(JSON.parse(readFileSync(file, 'utf8')) as Record<string, Message>).map(
        message => (typeof message === 'string' ? message : message.message),
      ),
    );
    assert.ok(sentences.length > 200);
    const parts = hostile.map(untrusted => plainText(untrusted, 60));
    for (const sentence of sentences.filter(text => text.includes('{'))) {
      const raw = sentence.replace('{0}', link);
      assert.ok(!sentence.includes('{0}') || raw.search(linkedText) >= 0, 'the check sees nothing');
      for (const first of parts) {
        for (const other of parts) {
          const text = sentence.replace('{0}', () => first).replace(/\{\d\}/g, () => other);
          assert.ok(text.search(linkedText) < 0, text);
        }
      }
    }
  });
});

type Message = string | { readonly message: string };
