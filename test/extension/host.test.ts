import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';

describe('the editor under test', () => {
  it('is the version that was asked for', () => {
    assert.equal(vscode.version, process.env['PYRUS_TEST_EDITOR']);
  });

  it('has the extension', () => {
    const extension = vscode.extensions.getExtension('pyrus-tools.pyrus-attachments');
    assert.ok(extension, 'pyrus-tools.pyrus-attachments is not among the extensions');
  });

  it('has the sample workspace open', () => {
    const [folder, ...others] = vscode.workspace.workspaceFolders ?? [];
    assert.equal(folder?.uri.fsPath, process.env['PYRUS_TEST_WORKSPACE']);
    assert.deepEqual(others, []);
  });
});
