import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { assertUndone, closeEditors, marked, openEditor } from './editing';
import type { Language } from './editing';
import { disposeTargets, FILE, FILES, GUIDS, here, insertion, LITERAL } from './insertions';

const [FIRST, SECOND, THIRD] = GUIDS;

describe('insertion into code', () => {
  afterEach(async () => {
    disposeTargets();
    await closeEditors();
  });

  describe('by what is around the cursor', () => {
    const contexts: readonly (readonly [Language, string, string])[] = [
      ['json', '{ "text": "see |" }', `{ "text": "see ${FIRST}|" }`],
      ['json', `{ "guid": "${SECOND.slice(0, 9)}|${SECOND.slice(9)}" }`, `{ "guid": "${FIRST}|" }`],
      ['json', `{ "guid": "‹${SECOND}›" }`, `{ "guid": "${FIRST}|" }`],
      [
        'json',
        '{\n  "attachments": [\n    "a"|\n  ]\n}',
        `{\n  "attachments": [\n    "a",\n    "${FIRST}"|\n  ]\n}`,
      ],
      ['python', 'call(attachments=[|])', `call(attachments=["${FIRST}"|])`],
      ['plaintext', 'see | there', `see ${FIRST}| there`],
      ['plaintext', 'see ‹this› there', `see ${FIRST}| there`],
      ['markdown', '- |', `- 1.pdf: \`${FIRST}\`|`],
    ];
    for (const [language, before, after] of contexts) {
      it(`in ${language}: ${before}`, async () => {
        const editor = await openEditor(before, language);
        const text = editor.document.getText();
        assert.equal(await here().insert([FILE]), 'inserted');
        assert.equal(marked(editor), after);
        await assertUndone(editor.document, text);
      });
    }

    it('with CRLF, whose line ends stay as they are', async () => {
      const before = '{\r\n  "attachments": [\r\n    "a"|\r\n  ]\r\n}';
      const editor = await openEditor(before, 'json');
      assert.equal(editor.document.eol, vscode.EndOfLine.CRLF);
      assert.equal(await here().insert([FILE]), 'inserted');
      assert.equal(
        marked(editor),
        `{\r\n  "attachments": [\r\n    "a",\r\n    "${FIRST}"|\r\n  ]\r\n}`,
      );
      await assertUndone(editor.document, before.replace('|', ''));
    });

    it('leaves the cursor where typing goes on', async () => {
      const editor = await openEditor('a = "|"');
      assert.equal(await here().insert([FILE]), 'inserted');
      await vscode.commands.executeCommand('type', { text: '!' });
      assert.equal(editor.document.getText(), `a = "${FIRST}!"`);
    });
  });

  describe('at several cursors', () => {
    it('puts one file at each of as many, from top to bottom, and one undo removes all', async () => {
      const editor = await openEditor('a = "|"\nb = "|"\nc = "|"');
      // Made in another order than they stand in.
      const [a, b, c] = editor.selections;
      assert.ok(a && b && c);
      editor.selections = [c, a, b];
      assert.equal(await here().insert(FILES), 'inserted');
      assert.equal(marked(editor), `a = "${FIRST}|"\nb = "${SECOND}|"\nc = "${THIRD}|"`);
      await assertUndone(editor.document, 'a = ""\nb = ""\nc = ""');
    });

    it('puts all files at every cursor when the numbers differ', async () => {
      const editor = await openEditor('["|"]\n["|"]');
      assert.equal(await here().insert(FILES), 'inserted');
      const all = GUIDS.join(', ');
      assert.equal(editor.document.getText(), `["${all}"]\n["${all}"]`);
      await assertUndone(editor.document, '[""]\n[""]');
    });

    it('goes by what is around each, snippets among them, and one undo removes all', async () => {
      const before = `|\n; "|"\nold=${SECOND}|`;
      const editor = await openEditor(before, 'ini');
      const text = editor.document.getText();
      assert.equal(await here().insert([FILE]), 'inserted');
      const written = editor.document.getText();
      assert.ok(written.startsWith(`[${FIRST}]\n    task=7\n`), written);
      assert.ok(written.includes(`; "${FIRST}"`), written);
      assert.ok(written.endsWith(`old=${FIRST}`), written);
      await assertUndone(editor.document, text);
    });
  });

  describe('with a template of the user', () => {
    it('evaluates nothing of it', async () => {
      await vscode.env.clipboard.writeText('private');
      const editor = await openEditor('  |', 'ini');
      assert.equal(await here().insert([FILE]), 'inserted');
      assert.equal(editor.document.getText(), `  [${FIRST}]\n      task=7\n      ${LITERAL}`);
      await assertUndone(editor.document, '  ');
    });

    it('steps through its tab stops, at several cursors at once', async () => {
      const editor = await openEditor('  |\n\n  |', 'ini');
      assert.equal(await here().insert([FILE]), 'inserted');
      await vscode.commands.executeCommand('type', { text: '1001' });
      const lines = [`[${FIRST}]`, '    task=1001', `    ${LITERAL}`];
      const one = lines.map(line => `  ${line}`).join('\n');
      assert.equal(editor.document.getText(), `${one}\n\n${one}`);
    });

    it('takes their initial texts at cursors that are indented differently', async () => {
      const editor = await openEditor('|\n\n  |', 'ini');
      assert.equal(await here().insert([FILE]), 'inserted');
      const lines = [`[${FIRST}]`, '    task=7', `    ${LITERAL}`];
      assert.equal(
        marked(editor),
        `${lines.join('\n')}|\n\n${lines.map(line => `  ${line}`).join('\n')}|`,
      );
    });

    it('takes the initial texts of its tab stops when the user is elsewhere', async () => {
      const editor = await openEditor('|\n', 'ini');
      const going = here();
      editor.selection = new vscode.Selection(1, 0, 1, 0);
      assert.equal(await going.insert([FILE]), 'inserted');
      await vscode.commands.executeCommand('type', { text: 'typed' });
      assert.equal(editor.document.getText(), `[${FIRST}]\n    task=7\n    ${LITERAL}\ntyped`);
    });

    it('is used whatever is around the cursor when it was asked for', async () => {
      const editor = await openEditor('"|"', 'json');
      assert.equal(await here().insert([FILE], { format: 'user:test' }), 'inserted');
      assert.ok(editor.document.getText().includes(`[${FIRST}]`));
    });

    it('is among those to choose from, first for its language', async () => {
      const [first, ...others] = await insertion.formats('ini');
      assert.ok(first);
      assert.deepEqual([first.id, first.label, first.isForLanguage], ['user:test', 'Test', true]);
      assert.equal(first.written([FILE]), `[${FIRST}]\n\ttask=7\n\t${LITERAL}`);
      assert.ok(others.length > 5 && others.every(({ isForLanguage }) => !isForLanguage));
    });
  });
});
