import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { MemoryFiles } from './memoryFiles';
import { Messages } from './messages';
import { Scene } from './scene';
import { uploadIfAllowed } from './uploading';

/** In which every folder lists as many files as nobody means to send, whether they are there or not. */
class TooMany extends MemoryFiles {
  override readDirectory(): [string, vscode.FileType][] {
    return Array.from({ length: 20_001 }, (_, index) => [`${index}.txt`, vscode.FileType.File]);
  }
}

describe('a folder with more files than anybody means to send', () => {
  it('is not uploaded, and the message says why', async () => {
    const scene = await Scene.open();
    const messages = new Messages();
    const files = new TooMany();
    const registration = vscode.workspace.registerFileSystemProvider('toomany', files);
    try {
      const folder = vscode.Uri.parse('toomany:/folder');
      files.createDirectory(folder);
      assert.equal(await uploadIfAllowed(folder, [folder]), undefined);
      const { kind, text } = await messages.next();
      assert.equal(kind, 'error');
      assert.match(
        text,
        /^folder holds more than 20,000 files, so nothing was uploaded\. Select fewer/,
      );
      assert.deepEqual(scene.uploadRequests, []);
      assert.deepEqual(messages.left(), []);
    } finally {
      registration.dispose();
      messages.dispose();
      await scene.close();
    }
  });
});
