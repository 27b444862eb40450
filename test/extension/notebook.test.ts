import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import type { NewUpload } from '../../src/history/uploadRecord';
import { Boxes } from './boxes';
import { historyOfAnotherWindow, newUpload } from './notedUploads';
import { Scene } from './scene';
import { until } from './waiting';

const CELL = 'vscode-notebook-cell';

describe('in a cell of a notebook', () => {
  let scene: Scene;
  let boxes: Boxes;
  let upload: NewUpload;
  beforeEach(async () => {
    scene = await Scene.open();
    boxes = new Boxes();
    upload = newUpload(scene, { name: 'Договор.txt' });
    await (await historyOfAnotherWindow()).add([upload]);
  });
  afterEach(async () => {
    await boxes.dispose();
    for (const { isDirty, uri } of vscode.workspace.notebookDocuments) {
      if (isDirty) {
        await vscode.window.showNotebookDocument(await vscode.workspace.openNotebookDocument(uri));
        await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
      }
    }
    await (await historyOfAnotherWindow()).clear();
    await scene.close();
  });

  /** The editor of the only cell of a Jupyter notebook, between the quotes of its code. */
  const openCell = async (): Promise<vscode.TextEditor> => {
    const cell = {
      cell_type: 'code',
      source: ['guid = ""'],
      metadata: {},
      outputs: [],
      execution_count: null,
    };
    const notebook = {
      cells: [cell],
      metadata: { language_info: { name: 'python' } },
      nbformat: 4,
      nbformat_minor: 2,
    };
    const uri = await scene.file('bot.ipynb', JSON.stringify(notebook));
    const document = await vscode.workspace.openNotebookDocument(uri);
    void vscode.window.showNotebookDocument(document);
    await until(
      'the notebook is open',
      () => vscode.window.activeNotebookEditor?.notebook === document,
      vscode.window.onDidChangeActiveNotebookEditor,
    );
    await vscode.commands.executeCommand('notebook.focusTop');
    await vscode.commands.executeCommand('notebook.cell.edit');
    await until(
      'the cell is edited',
      () => vscode.window.activeTextEditor?.document.uri.scheme === CELL,
      vscode.window.onDidChangeActiveTextEditor,
    );
    const editor = vscode.window.activeTextEditor;
    assert.ok(editor);
    const between = new vscode.Position(0, 'guid = "'.length);
    editor.selections = [new vscode.Selection(between, between)];
    return editor;
  };

  it('a GUID goes between the quotes where the cursor is, and there the hover tells of it', async () => {
    const { document } = await openCell();
    assert.equal(document.languageId, 'python');
    const over = vscode.commands.executeCommand('pyrus.insertGuid');
    await (await boxes.next()).choose('Договор.txt');
    await over;
    assert.equal(document.getText(), `guid = "${upload.guid}"`);
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      new vscode.Position(0, 20),
    );
    assert.equal(hovers.length, 1);
    const [content] = hovers[0]?.contents ?? [];
    assert.ok(content instanceof vscode.MarkdownString);
    assert.match(content.value, /Not attached yet/);
    // As it is once the list has closed for somebody at the keyboard.
    await vscode.commands.executeCommand('notebook.cell.edit');
    await vscode.commands.executeCommand('undo');
    await until(
      'one undo takes it back',
      () => document.getText() === 'guid = ""',
      vscode.workspace.onDidChangeTextDocument,
    );
  });

  it('a row of the uploads view is inserted', async () => {
    const { document } = await openCell();
    await vscode.commands.executeCommand('pyrus.uploads.insert', upload.guid);
    assert.equal(document.getText(), `guid = "${upload.guid}"`);
  });
});
