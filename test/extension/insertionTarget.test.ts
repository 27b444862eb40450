import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { assertUndone, closeEditors, marked, openEditor } from './editing';
import { disposeTargets, FILE, FILES, GUIDS, here, insertion } from './insertions';
import { MemoryFiles } from './memoryFiles';

const [FIRST] = GUIDS;

describe('what is inserted goes', () => {
  afterEach(async () => {
    disposeTargets();
    await closeEditors();
  });

  describe('where the cursors were', () => {
    it('though another editor is active by then', async () => {
      const editor = await openEditor('a = "|"');
      const target = here();
      const other = await openEditor('other|', 'plaintext', {
        viewColumn: vscode.ViewColumn.Beside,
      });
      assert.equal(await target.insert([FILE]), 'inserted');
      assert.equal(editor.document.getText(), `a = "${FIRST}"`);
      assert.equal(marked(other), 'other|');
      assert.equal(vscode.window.activeTextEditor, other);
      await assertUndone(editor.document, 'a = ""');
    });

    it('though another tab hides it', async () => {
      const { document } = await openEditor('a = "|"', 'json');
      const target = here();
      const other = await openEditor('other|');
      assert.ok(!vscode.window.visibleTextEditors.some(editor => editor.document === document));
      assert.equal(await target.insert([FILE]), 'inserted');
      assert.equal(document.getText(), `a = "${FIRST}"`);
      assert.equal(vscode.window.activeTextEditor, other);
      assert.equal(marked(other), 'other|');
      await assertUndone(document, 'a = ""');
    });

    for (const [languageId, before, after] of [
      ['json', 'a = "|"', /^a = "[0-9a-f-]{36}"$/],
      ['ini', '  |', /^ {2}\[.*\]\n {6}task=7\n/],
    ] as const) {
      it(`though another tab hides it at the very moment, in ${languageId}`, async () => {
        const { document } = await openEditor(before, languageId);
        const other = await vscode.workspace.openTextDocument({ content: 'other' });
        const target = here();
        const hidden = vscode.window.showTextDocument(other);
        assert.equal(await target.insert([FILE]), 'inserted');
        await hidden;
        assert.match(document.getText(), after);
        assert.equal(other.getText(), 'other');
      });
    }

    it('with the initial texts of tab stops where nobody sees them', async () => {
      const { document } = await openEditor('  |', 'ini');
      const target = here();
      await openEditor('other|');
      assert.equal(await target.insert([FILE]), 'inserted');
      assert.match(document.getText(), /^ {2}\[.*\]\n {6}task=7\n {6}secret=/);
      await assertUndone(document, '  ');
    });

    it('and takes the user there when a button was pressed', async () => {
      const { document } = await openEditor('a = "|"');
      const target = here();
      await openEditor('other|');
      assert.equal(await target.insert([FILE], { focus: true }), 'inserted');
      const editor = vscode.window.activeTextEditor;
      assert.equal(editor?.document, document);
      assert.ok(editor);
      assert.equal(marked(editor), `a = "${FIRST}|"`);
    });

    it('and steps through tab stops there when a button was pressed', async () => {
      const { document } = await openEditor('|', 'ini');
      const target = here();
      await openEditor('other|');
      assert.equal(await target.insert([FILE], { focus: true }), 'inserted');
      await vscode.commands.executeCommand('type', { text: '1001' });
      assert.match(document.getText(), /task=1001\n/);
    });

    it('in an editor whose cursor has gone elsewhere, which stays there', async () => {
      const editor = await openEditor('a = "|"\n');
      const target = here();
      editor.selection = new vscode.Selection(1, 0, 1, 0);
      assert.equal(await target.insert([FILE]), 'inserted');
      assert.equal(marked(editor), `a = "${FIRST}"\n|`);
    });
  });

  describe('in a document that was changed meanwhile', () => {
    const change = async (
      { document }: vscode.TextEditor,
      edits: readonly vscode.TextEdit[],
    ): Promise<void> => {
      const edit = new vscode.WorkspaceEdit();
      edit.set(document.uri, [...edits]);
      assert.ok(await vscode.workspace.applyEdit(edit));
    };
    const line = (number: number, text: string): vscode.TextEdit =>
      vscode.TextEdit.insert(new vscode.Position(number, 0), text);

    it('goes where the cursors have moved with the text', async () => {
      const editor = await openEditor('a = "|"\nb = "|"');
      const target = here();
      await change(editor, [line(0, 'new\n'), line(1, 'another = 1; ')]);
      assert.equal(await target.insert([FILE]), 'inserted');
      assert.equal(editor.document.getText(), `new\na = "${FIRST}"\nanother = 1; b = "${FIRST}"`);
    });

    it('goes by what is around the cursors by now', async () => {
      const editor = await openEditor('{ "attachments": | }', 'json');
      const target = here();
      await change(editor, [
        vscode.TextEdit.insert(new vscode.Position(0, 17), '["a", '),
        vscode.TextEdit.insert(new vscode.Position(0, 18), ']'),
      ]);
      assert.equal(await target.insert([FILE]), 'inserted');
      assert.deepEqual(JSON.parse(editor.document.getText()), { attachments: ['a', FIRST] });
    });

    it('leaves what was typed over a selection', async () => {
      const editor = await openEditor('a = "‹old›"');
      const target = here();
      await vscode.commands.executeCommand('type', { text: 'typed ' });
      assert.equal(await target.insert([FILE]), 'inserted');
      assert.equal(editor.document.getText(), `a = "typed ${FIRST}"`);
    });

    it('survives line ends of another kind', async () => {
      const editor = await openEditor('one\ntwo\na = "|"');
      const target = here();
      await editor.edit(edit => edit.setEndOfLine(vscode.EndOfLine.CRLF));
      assert.equal(await target.insert([FILE]), 'inserted');
      assert.equal(editor.document.getText(), `one\r\ntwo\r\na = "${FIRST}"`);
    });

    it('survives somebody typing at the very moment', async () => {
      const editor = await openEditor('a = "|"');
      const target = here();
      const typing = vscode.commands.executeCommand('type', { text: 'typed ' });
      const inserting = target.insert([FILE]);
      await typing;
      assert.equal(await inserting, 'inserted');
      assert.equal(editor.document.getText(), `a = "typed ${FIRST}"`);
    });
  });

  describe('in place of what was inserted there before, which is fewer files,', () => {
    for (const [kind, endOfLine, lineEnd] of [
      ['LF', vscode.EndOfLine.LF, '\n'],
      ['CRLF', vscode.EndOfLine.CRLF, '\r\n'],
    ] as const) {
      it(`on lines that end in ${kind}, unless somebody has changed it`, async () => {
        const editor = await openEditor('|\nend');
        await editor.edit(edit => edit.setEndOfLine(endOfLine));
        const { document } = editor;
        const target = here();
        assert.equal(await target.insert(FILES.slice(0, 2)), 'inserted');
        assert.equal(document.getText(), [...GUIDS.slice(0, 2), 'end'].join(lineEnd));
        assert.ok(target.isUntouched);
        assert.equal(await target.insert(FILES), 'inserted');
        assert.equal(document.getText(), [...GUIDS, 'end'].join(lineEnd));
        assert.ok(target.isUntouched);
        await editor.edit(edit => edit.insert(new vscode.Position(1, 4), 'x'));
        assert.ok(!target.isUntouched);
      });
    }
  });

  it('in place of a snippet with fewer files, unless somebody has gone on in that', async () => {
    const { document } = await openEditor('|', 'ini');
    const target = here();
    assert.equal(await target.insert(FILES.slice(0, 1)), 'inserted');
    assert.ok(target.isUntouched);
    assert.equal(await target.insert(FILES), 'inserted');
    const guids = document.getText().match(/[0-9a-f-]{36}/g);
    assert.deepEqual(guids, [...GUIDS]);
    await vscode.commands.executeCommand('type', { text: '8' });
    assert.ok(!target.isUntouched);
  });

  describe('nowhere, and says so,', () => {
    it('in a document whose tab was closed, though VS Code keeps it in memory', async () => {
      const { document } = await openEditor('a = "|"');
      const target = here();
      await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
      assert.ok(!document.isClosed);
      assert.equal(await target.insert([FILE]), 'closed');
      assert.equal(await target.insert([FILE], { focus: true }), 'closed');
      assert.equal(document.getText(), 'a = ""');
      assert.equal(vscode.window.activeTextEditor, undefined);
    });

    it('in a read-only editor, with or without tab stops', async () => {
      for (const language of ['plaintext', 'ini'] as const) {
        const editor = await openEditor('|', language);
        await vscode.commands.executeCommand(
          'workbench.action.files.setActiveEditorReadonlyInSession',
        );
        assert.equal(await here().insert([FILE]), 'refused');
        assert.equal(editor.document.getText(), '');
        await vscode.commands.executeCommand(
          'workbench.action.files.setActiveEditorWriteableInSession',
        );
        assert.equal(await here().insert([FILE]), 'inserted');
        assert.notEqual(editor.document.getText(), '');
      }
    });

    it('without an editor, in an output channel, or on a read-only file system', async () => {
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      assert.equal(insertion.target(), undefined);
      const files = new MemoryFiles();
      const uri = vscode.Uri.parse('memory:/a.txt');
      files.writeFile(uri, Buffer.from('text'), { create: true, overwrite: true });
      const registration = vscode.workspace.registerFileSystemProvider('memory', files, {
        isReadonly: true,
      });
      try {
        await vscode.window.showTextDocument(uri);
        assert.equal(vscode.window.activeTextEditor?.document.uri.scheme, 'memory');
        assert.equal(insertion.target(), undefined);
      } finally {
        registration.dispose();
      }
    });
  });
});
