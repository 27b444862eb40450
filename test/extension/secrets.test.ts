import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { formsOf } from '../pyrus-server/canary';
import { fileIds } from '../pyrus-server/fixtures';
import { json, type Reply } from '../pyrus-server/replies';
import { readLog, readUserData } from './logFile';
import { accepting } from './quickInput';
import { Scene } from './scene';
import { upload, uploadIfAllowed } from './uploading';

describe('secrets', () => {
  it('are neither in the log nor in any file of the editor, whatever fails', async () => {
    const scene = await Scene.open();
    const { pyrus, folderUri } = scene;
    const tokens = new Set<string>();
    const before = (await readLog()).length;
    try {
      const uri = await scene.file('secret plans.txt', 'content');
      const empty = await scene.file('empty.txt', '');
      await upload(uri, [uri, empty]);
      pyrus.validTokens().forEach(token => tokens.add(token));
      pyrus.setTokens('expired');
      await upload(uri, [uri]);
      pyrus.validTokens().forEach(token => tokens.add(token));
      await vscode.env.clipboard.writeText(`${fileIds.plain} ${fileIds.redirected}`);
      await accepting(vscode.commands.executeCommand('pyrus.download', folderUri, [folderUri]));
      pyrus.script({ match: /files\/upload/, answer: echo([...tokens].join()) });
      await uploadIfAllowed(uri, [uri]);
      const clipboard = await vscode.env.clipboard.readText();
      const keys = [pyrus.securityKey, 'a+new"key\\of=today'];
      pyrus.changeKey(keys[1] ?? '');
      await uploadIfAllowed(uri, [uri]);

      const log = (await readLog()).slice(before);
      assert.match(log, /POST http:\/\/\S+\/v4\/files\/upload → 200, \d+ ms/);
      assert.match(log, /POST http:\/\/\S+\/v4\/files\/upload → 401/);
      assert.match(log, /upload of empty.txt: empty/);
      assert.match(log, /download of 1337: redirected/);
      assert.match(log, /upload of secret plans.txt: (sessionRefused|invalidCredentials)/);
      assert.equal(tokens.size, 2);
      assert.match(log, /upload of secret plans.txt: refused .*Bearer \*\*\*/);
      const files = await readUserData();
      assertNowhere([...tokens, ...keys], new Map([...files, ['clipboard', clipboard]]));
    } finally {
      await scene.close();
    }
  });
});

describe('the log', () => {
  it('has no line that the name of a file has forged', async () => {
    const scene = await Scene.open();
    const before = (await readLog()).length;
    try {
      const forged = '2026-01-01 00:00:00.000 [info] POST forged → 200';
      const uri = await scene.file(`a\n${forged.replace(/\//g, '')}\u2028b.txt`, '');
      await upload(uri, [uri]);
      const log = (await readLog()).slice(before);
      assert.match(log, /\[error\] upload of a 2026-01-01 .* b\.txt: empty/);
      assert.doesNotMatch(log, /^2026-01-01/m);
    } finally {
      await scene.close();
    }
  });
});

/** A server that says what it was told. */
function echo(tokens: string): Reply {
  const [latest = ''] = tokens.split(',').reverse();
  return json({ error: `Bearer ${latest}`, error_code: 'unheard_of' }, 400);
}

function assertNowhere(secrets: readonly string[], files: ReadonlyMap<string, string>): void {
  assert.ok(files.size > 0);
  for (const secret of secrets) {
    for (const [file, text] of files) {
      for (const form of formsOf(secret)) {
        assert.ok(!text.includes(form), `${file} holds a secret`);
      }
    }
  }
}
