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

  it('runs it where the files are, as a remote window does', function () {
    if (vscode.env.uiKind === vscode.UIKind.Desktop) {
      this.skip();
    }
    const extension = vscode.extensions.getExtension('pyrus-tools.pyrus-attachments');
    assert.equal(extension?.extensionKind, vscode.ExtensionKind.Workspace);
    const manifest = extension.packageJSON as { readonly extensionKind: unknown };
    assert.deepEqual(manifest.extensionKind, ['workspace', 'ui']);
    assert.match(vscode.env.remoteName ?? 'none', /^127\.0\.0\.1:\d+$/);
  });

  it('has the sample workspace open', () => {
    const [folder, ...others] = vscode.workspace.workspaceFolders ?? [];
    assert.equal(folder?.uri.fsPath, process.env['PYRUS_TEST_WORKSPACE']);
    assert.deepEqual(others, []);
  });
});
