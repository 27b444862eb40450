import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { Scene } from './scene';
import { extensionUnderTest } from './signedIn';
import { until } from './waiting';

/** What VS Code's own checks of extensions say of a package.json, those of the schema included. */
function complaints(uri: vscode.Uri): string[] {
  return vscode.languages.getDiagnostics(uri).map(({ message }) => message);
}

describe('package.json in the eyes of VS Code', () => {
  let scene: Scene;
  before(async () => {
    scene = await Scene.open();
  });
  after(() => scene.close());

  it('is without fault: conditions that parse, no needless activation event, a schema kept', async () => {
    const ours = vscode.Uri.joinPath(extensionUnderTest().extensionUri, 'package.json');
    const text = Buffer.from(await vscode.workspace.fs.readFile(ours)).toString();
    const { contributes, ...rest } = JSON.parse(text) as Record<string, object>;
    const faulty = vscode.Uri.joinPath(scene.folderUri, 'package.json');
    const broken = {
      ...rest,
      activationEvents: ['onCommand:pyrus.upload'],
      contributes: {
        ...contributes,
        views: { explorer: [{ id: 'x', name: 'x', when: 'a &&' }] },
      },
    };
    await vscode.workspace.fs.writeFile(faulty, Buffer.from(JSON.stringify(broken, null, 2)));
    await vscode.window.showTextDocument(ours, { preview: false });
    await vscode.window.showTextDocument(faulty, { preview: false });
    // It is looked at in one go with ours, so once its two faults are seen ours would be, too.
    await until(
      'the faults of a faulty one',
      () => complaints(faulty).length >= 2,
      vscode.languages.onDidChangeDiagnostics,
    );
    assert.deepEqual(complaints(ours), []);
  });
});
