import { strict as assert } from 'node:assert';
import { readFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import { MemorySecrets } from '../unit/account/memorySecrets';
import { eventually } from '../eventually';
import { text } from './dropping';
import { MemoryState } from './memoryState';
import { Scene } from './scene';
import { activateSecondInstance } from './secondInstance';
import type { SecondInstance } from './secondInstance';

const MARK = '⟦Uploading a.txt… 3f9c01⟧';

describe('marks that a killed window left in documents', () => {
  let scene: Scene;
  const instances: SecondInstance[] = [];

  before(async () => (scene = await Scene.open()));
  after(async () => {
    for (const instance of instances) {
      await instance.deactivate();
      instance.dispose();
    }
    await scene.close();
  });
  afterEach(() => vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor'));

  /** Opens the window that comes after it. @returns what is noted then */
  const nextWindow = (...uris: readonly vscode.Uri[]): MemoryState => {
    const shownMarks = uris.map(uri => ({ mark: MARK, uri: uri.toString() }));
    const state = new MemoryState({ shownMarks });
    instances.push(
      activateSecondInstance(
        new MemorySecrets(),
        vscode.Uri.joinPath(scene.folderUri, `storage ${instances.length}`),
        undefined,
        state,
      ),
    );
    return state;
  };
  const forgotten = (state: MemoryState): Promise<void> =>
    eventually(() => {
      assert.deepEqual(state.keys(), []);
      return Promise.resolve();
    });

  it('go out of a file that was saved with one, and are forgotten', async () => {
    const uri = await scene.file('saved.json', `{"a": "${MARK}"}\r\n`);
    await forgotten(nextWindow(uri));
    assert.equal(await readFile(uri.fsPath, 'utf8'), '{"a": ""}\r\n');
    assert.deepEqual(instances.at(-1)?.errors, []);
  });

  it('go out of a document that is open, and stay out of what was not saved', async () => {
    const uri = await scene.file('open.txt', `one ${MARK}`);
    const editor = await vscode.window.showTextDocument(uri);
    assert.ok(await editor.edit(edit => edit.insert(new vscode.Position(0, 0), 'unsaved ')));
    const state = nextWindow(uri);
    assert.equal(await text(editor.document, now => !now.includes('⟦')), 'unsaved one ');
    await forgotten(state);
    assert.ok(editor.document.isDirty);
    assert.equal(await readFile(uri.fsPath, 'utf8'), `one ${MARK}`);
  });

  it('leave alone what has none, and what is gone', async () => {
    const uri = await scene.file('other.txt', '⟦Uploading a.txt… 000000⟧');
    await forgotten(nextWindow(uri, vscode.Uri.joinPath(scene.folderUri, 'gone.txt')));
    assert.equal(await readFile(uri.fsPath, 'utf8'), '⟦Uploading a.txt… 000000⟧');
    assert.deepEqual(instances.at(-1)?.errors, []);
  });
});
