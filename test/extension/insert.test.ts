import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { insertTexts } from '../../src/editor/insert';

describe('insertion into code', () => {
  afterEach(() => vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor'));

  const open = async (
    content: string,
    selections: readonly vscode.Selection[],
  ): Promise<vscode.TextEditor> => {
    const document = await vscode.workspace.openTextDocument({ content, language: 'plaintext' });
    const editor = await vscode.window.showTextDocument(document);
    editor.selections = selections;
    return editor;
  };
  const at = (line: number, from: number, to = from): vscode.Selection =>
    new vscode.Selection(line, from, line, to);

  it('puts one text at each of as many cursors, from top to bottom, and one undo removes it', async () => {
    const before = 'a = ""\nb = ""\nc = ""';
    // Made in another order than they stand in.
    const editor = await open(before, [at(2, 5), at(0, 5), at(1, 5)]);
    assert.ok(await insertTexts(['1', '2', '3']));
    assert.equal(editor.document.getText(), 'a = "1"\nb = "2"\nc = "3"');
    await vscode.commands.executeCommand('undo');
    assert.equal(editor.document.getText(), before);
  });

  it('puts all texts, one per line, at every cursor when the numbers differ', async () => {
    const editor = await open('x\ny', [at(0, 1), at(1, 1)]);
    assert.ok(await insertTexts(['1', '2', '3']));
    assert.equal(editor.document.getText(), 'x1\n2\n3\ny1\n2\n3');
    await vscode.commands.executeCommand('undo');
    assert.equal(editor.document.getText(), 'x\ny');
  });

  it('replaces what is selected', async () => {
    const editor = await open('guid = "old"', [at(0, 8, 11)]);
    assert.ok(await insertTexts(['new']));
    assert.equal(editor.document.getText(), 'guid = "new"');
    await vscode.commands.executeCommand('undo');
    assert.equal(editor.document.getText(), 'guid = "old"');
  });

  it('says so when there is no editor', async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    assert.equal(await insertTexts(['1']), false);
  });
});
