import { strict as assert } from 'node:assert';
import { mkdir, mkdtemp, readdir, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { Accounts } from '../../src/account/accounts';
import type { Tools } from '../../src/tools/atStartUp';
import { createTools } from '../../src/tools/tools';
import { fileIds } from '../pyrus-server/fixtures';
import { taskIds } from '../pyrus-server/taskParts';
import { MemorySecrets } from '../unit/account/memorySecrets';
import { answerFrom, refusalFrom } from './callingTools';
import { historyOfAnotherWindow } from './notedUploads';
import { Scene } from './scene';
import { md5 } from './uploading';

const UPLOAD = 'pyrus_upload_file';
const ATTACH = 'pyrus_attach_file';
const DOWNLOAD = 'pyrus_download_file';

const { signal } = new AbortController();

describe('tools for language models, also those that are always allowed, take only files of the workspace:', () => {
  let scene: Scene;
  let outside: string;
  beforeEach(async () => {
    scene = await Scene.open();
    outside = await mkdtemp(path.join(await realpath(tmpdir()), 'pyrus-outside-'));
    await writeFile(path.join(outside, 'private.txt'), 'private');
  });
  afterEach(async () => {
    await rm(outside, { recursive: true });
    await scene.close();
  });

  const relative = (uri: vscode.Uri): string => vscode.workspace.asRelativePath(uri);
  const file = async (name: string, content = 'content'): Promise<string> =>
    relative(await scene.file(name, content));

  const refusesToSend = async (paths: readonly string[], reason: RegExp): Promise<void> => {
    for (const input of [{ paths }, { paths, taskId: taskIds.simple }]) {
      assert.match(await refusalFrom('taskId' in input ? ATTACH : UPLOAD, input), reason);
    }
    assert.deepEqual(scene.uploadRequests, []);
  };

  it('no path outside, written in any way', async () => {
    const privateFile = path.join(outside, 'private.txt');
    await refusesToSend([privateFile], /is outside the workspace/);
    await refusesToSend([vscode.Uri.file(privateFile).toString()], /is an address, not a path/);
    const root = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
    const up = path.relative(root, privateFile);
    assert.ok(up.startsWith('..'));
    await refusesToSend([up], /has "\.\." in it/);
    await refusesToSend([`${scene.folder}/../../../etc/passwd`], /has "\.\." in it/);
  });

  it('not one good path beside a bad one', async () => {
    await refusesToSend([await file('a.txt'), '/etc/passwd'], /is outside the workspace/);
  });

  it('no link that leads out, to a file or by a folder', async () => {
    await symlink(path.join(outside, 'private.txt'), path.join(scene.folder, 'link.txt'));
    await symlink(outside, path.join(scene.folder, 'folder'));
    const folder = relative(scene.folderUri);
    await refusesToSend([`${folder}/link.txt`], /A link leads from .* out of the workspace/);
    await refusesToSend([`${folder}/folder/private.txt`], /A link leads from/);
    const input = { fileIds: [fileIds.plain], folder: `${folder}/folder` };
    assert.match(await refusalFrom(DOWNLOAD, input), /A link leads from/);
    assert.deepEqual(await readdir(outside), ['private.txt']);
  });

  it('but a link that leads to a file inside', async () => {
    await scene.file('a.txt', 'first');
    await symlink(path.join(scene.folder, 'a.txt'), path.join(scene.folder, 'link.txt'));
    await answerFrom(UPLOAD, { paths: [`${relative(scene.folderUri)}/link.txt`] });
    assert.equal(scene.pyrus.uploads[0]?.md5, md5('first'));
  });

  it('no folder, and nothing that is not there', async () => {
    await refusesToSend([relative(scene.folderUri)], /is a folder\. Give its files/);
    await refusesToSend([`${relative(scene.folderUri)}/none.txt`], /There is nothing at/);
  });

  it('a secret by its name or by that of what a link leads to: not without a question', async () => {
    await scene.file('.env', 'KEY=1');
    await symlink(path.join(scene.folder, '.env'), path.join(scene.folder, 'notes.txt'));
    await mkdir(path.join(scene.folder, '.git'));
    const folder = relative(scene.folderUri);
    // The question is refused while a suite runs, which is a no.
    await refusesToSend([`${folder}/.env`], /wants to send files to Pyrus that may hold/);
    await refusesToSend([`${folder}/notes.txt`], /wants to send files to Pyrus that may hold/);
    await refusesToSend([await file('server.pem')], /wants to send files to Pyrus that may hold/);
    await refusesToSend([await file('.git/config')], /wants to send files to Pyrus that may hold/);
  });

  it('a file of a repository that git knows nothing of: not without a question', async () => {
    await mkdir(path.join(scene.folder, '.git'));
    await refusesToSend([await file('a.txt')], /wants to send files to Pyrus that may hold/);
  });

  it('run as the account that the question named, or not at all', async () => {
    const { tools, accounts } = await ownTools();
    const input = { taskId: taskIds.simple };
    const list = tools.pyrus_list_task_files;
    await list.prepare(input, signal);
    await accounts.signIn({ ...scene.account, id: 'another', label: 'another' });
    await assert.rejects(list.invoke(input, signal), /has switched to another Pyrus account/);
  });

  it('ask with names that are only names, in Markdown that trusts nobody', async () => {
    const { tools } = await ownTools();
    const path = await file('[ok](command:x) <b> `y` www.a.com.txt');
    const { confirmationMessages } = await tools.pyrus_upload_file.prepare(
      { paths: [path] },
      signal,
    );
    assert.equal(confirmationMessages?.title, 'Upload 1 file to Pyrus?');
    const { message } = confirmationMessages;
    assert.ok(message instanceof vscode.MarkdownString);
    const name = '\\[ok\\] \\(command\\:x\\) \\<b\\> \\`y\\` www\\.a\\.com\\.txt (7 bytes)';
    assert.ok(message.value.includes(name), message.value);
    assert.ok(message.isTrusted !== true && message.supportHtml !== true);
  });

  /** The tools as they are, for an account of their own; what would reach Pyrus fails. */
  async function ownTools(): Promise<{ tools: Tools; accounts: Accounts }> {
    const accounts = new Accounts(new MemorySecrets());
    await accounts.signIn(scene.account);
    const never = (): never => assert.fail('it went on');
    const tools = createTools({
      accounts,
      clientOf: never,
      history: await historyOfAnotherWindow(),
      transfers: { upload: never, attach: never, download: never },
      onFailure: never,
    });
    return { tools, accounts };
  }
});
