import { strict as assert } from 'node:assert';
import { mkdir, readdir, readFile, rm, truncate } from 'node:fs/promises';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { fileIds } from '../pyrus-server/fixtures';
import { json } from '../pyrus-server/replies';
import { taskIds } from '../pyrus-server/taskParts';
import {
  answerFrom,
  declaredTools,
  failedIn,
  filesIn,
  listed,
  refusalFrom,
  textFrom,
  uploadedIn,
} from './callingTools';
import { historyOfAnotherWindow } from './notedUploads';
import { Scene } from './scene';
import { signIn, signOutAll } from './signedIn';
import { md5 } from './uploading';

const UPLOAD = 'pyrus_upload_file';
const ATTACH = 'pyrus_attach_file';
const LIST = 'pyrus_list_task_files';
const DOWNLOAD = 'pyrus_download_file';
const TOOLS = [UPLOAD, ATTACH, LIST, DOWNLOAD];

/** What a tool takes that gets as far as Pyrus. */
const sound = (paths: readonly string[]): Readonly<Record<string, object>> => ({
  [UPLOAD]: { paths },
  [ATTACH]: { paths, taskId: taskIds.simple },
  [LIST]: { taskId: taskIds.simple },
  [DOWNLOAD]: { fileIds: [fileIds.plain] },
});

describe('tools for language models', () => {
  let scene: Scene;
  beforeEach(async () => {
    scene = await Scene.open();
    await vscode.env.clipboard.writeText('as it was');
  });
  afterEach(async () => {
    await scene.close();
    assert.deepEqual(scene.pyrus.foreignRequests, []);
    assert.equal(await vscode.env.clipboard.readText(), 'as it was');
  });

  /** As a model writes it: relative to the workspace. */
  const relative = (uri: vscode.Uri): string => vscode.workspace.asRelativePath(uri);
  const file = async (name: string, content = 'content'): Promise<string> =>
    relative(await scene.file(name, content));
  const notedOf = async (guid: unknown): Promise<string | undefined> =>
    (await (await historyOfAnotherWindow()).find(String(guid)))?.state.kind;

  it('are all known to VS Code, and no others are', async () => {
    await listed(TOOLS);
  });

  it('are declared with words for the model, and need a sign-in', () => {
    for (const tool of declaredTools()) {
      assert.match(tool.modelDescription, /^[A-Z].{80,}\.$/);
      assert.equal(tool.when, 'pyrus.signedIn');
    }
    assert.deepEqual(
      declaredTools().map(({ name }) => name),
      TOOLS,
    );
  });

  describe('pyrus_upload_file', () => {
    it('uploads files, verified, and notes them; the clipboard stays as it is', async () => {
      const paths = [await file('a.txt', 'first'), (await scene.file('б.txt', 'second')).fsPath];
      const answer = await answerFrom(UPLOAD, { paths });
      const { uploads } = scene.pyrus;
      assert.deepEqual(answer, {
        account: scene.account.label,
        uploaded: ['first', 'second'].map((content, index) => ({
          path: paths[index],
          name: ['a.txt', 'б.txt'][index],
          guid: uploads.find(({ md5: stored }) => stored === md5(content))?.guid,
          md5: md5(content),
          size: content.length,
        })),
      });
      for (const { guid } of uploads) {
        assert.equal(await notedOf(guid), 'unattached');
      }
    });

    it('sends what is on the screen: unsaved changes are saved first', async () => {
      const uri = await scene.file('a.txt', 'on disk');
      const editor = await vscode.window.showTextDocument(uri);
      await editor.edit(edit => edit.insert(new vscode.Position(0, 0), 'on the screen, '));
      await answerFrom(UPLOAD, { paths: [relative(uri)] });
      assert.equal(scene.pyrus.uploads[0]?.bytes?.toString(), 'on the screen, on disk');
    });

    it('says which file failed and why, and answers the others', async () => {
      const good = await file('a.txt', 'first');
      const bad = await file('b.txt', 'second');
      scene.pyrus.script({
        match: /files\/upload/,
        times: Infinity,
        reshape: ({ body, ...rest }) => {
          assert.ok(typeof body === 'string');
          return { ...rest, body: body.replace(md5('second'), md5('other')) };
        },
      });
      const answer = await answerFrom(UPLOAD, { paths: [bad, good] });
      assert.deepEqual(
        uploadedIn(answer).map(({ path: uploaded }) => uploaded),
        [good],
      );
      assert.deepEqual(failedIn(answer), [
        {
          path: bad,
          error:
            'Pyrus stored other bytes than were sent (MD5 differs), so there is no GUID. Try again. Tried 2 times.',
        },
      ]);
    });

    it('says why nothing was uploaded', async () => {
      const refusal = await refusalFrom(UPLOAD, { paths: [await file('a.txt', '')] });
      assert.match(refusal, /a\.txt: The file is empty, and Pyrus takes no empty files\./);
      assert.deepEqual(scene.uploadRequests, []);
    });

    it('is cancelled with the chat: the connection is closed, nothing is noted', async () => {
      // Read slowly: a server that does not read at all learns of no closed connection.
      scene.pyrus.script({ match: /upload/, receive: { bytesPerSecond: 4 * 1024 * 1024 } });
      const history = await historyOfAnotherWindow();
      await history.clear();
      const cancelling = new vscode.CancellationTokenSource();
      const paths = [await file('a.bin', '')];
      await truncate(path.join(scene.folder, 'a.bin'), 128 * 1024 * 1024);
      const running = textFrom(UPLOAD, { paths }, cancelling.token);
      const request = await scene.pyrus.when(/upload/);
      cancelling.cancel();
      await assert.rejects(running, /cancel/i);
      // VS Code rejects by itself; that the tool has heard of it is seen in Pyrus.
      await scene.aborted(request);
      assert.deepEqual(scene.pyrus.uploads, []);
      assert.deepEqual(await history.all(), []);
    });
  });

  describe('pyrus_attach_file', () => {
    it('uploads files and attaches them with GUIDs of before in one comment', async () => {
      const paths = [await file('a.txt', 'a')];
      const first = uploadedIn(await answerFrom(UPLOAD, { paths }))[0]?.guid;
      const answer = await answerFrom(ATTACH, {
        taskId: taskIds.simple,
        paths: [await file('b.txt', 'b')],
        guids: [first?.toUpperCase()],
        comment: 'Готово',
      });
      const comment = scene.pyrus.task(taskIds.simple)?.comments.at(-1);
      assert.equal(comment?.text, 'Готово');
      const attachments = comment.attachments ?? [];
      assert.deepEqual(
        attachments.map(({ name }) => name),
        ['b.txt', 'a.txt'],
      );
      const second = scene.pyrus.uploads.find(({ md5: stored }) => stored === md5('b'))?.guid;
      assert.deepEqual(answer, {
        taskId: taskIds.simple,
        commentId: comment.id,
        attached: [second, first].map((guid, index) => ({ guid, fileId: attachments[index]?.id })),
      });
      assert.equal(await notedOf(first), 'attached');
      assert.equal(await notedOf(second), 'attached');
      const input = { taskId: taskIds.simple, guids: [first] };
      assert.match(await refusalFrom(ATTACH, input), /cannot be attached \(any more\)/);
    });

    it('says that there is no such task, or not for this account, before a byte is sent', async () => {
      const paths = [await file('a.txt')];
      for (const taskId of [taskIds.denied, 999_999]) {
        const refusal = await refusalFrom(ATTACH, { taskId, paths });
        assert.match(refusal, new RegExp(`task ${taskId}`));
      }
      assert.deepEqual(scene.uploadRequests, []);
    });

    it('attaches nothing when one file is refused', async () => {
      scene.pyrus.script({ match: /upload/, answer: json({ error_code: 'empty_file' }, 400) });
      const before = scene.pyrus.task(taskIds.simple)?.comments.length;
      const input = { taskId: taskIds.simple, paths: [await file('a.txt'), await file('b.txt')] };
      assert.match(await refusalFrom(ATTACH, input), /^Nothing was attached\. [ab]\.txt: /);
      assert.equal(scene.pyrus.task(taskIds.simple)?.comments.length, before);
    });
  });

  describe('pyrus_list_task_files and pyrus_download_file', () => {
    it('list what a task has, and fetch it with its size and MD5 checked', async () => {
      const answerOfList = await answerFrom(LIST, { taskId: taskIds.form });
      const [one] = filesIn(answerOfList);
      assert.ok(one);
      const folder = relative(scene.folderUri);
      const input = { fileIds: [one.id], taskId: taskIds.form, folder };
      const answer = await answerFrom(DOWNLOAD, input);
      const [name] = await readdir(scene.folder);
      const saved = path.join(scene.folder, name ?? '');
      assert.deepEqual(answer, { saved: [{ id: one.id, path: saved, size: one.size }] });
      assert.equal(md5(await readFile(saved)), one.md5);
    });

    it('never write over another file: the answer tells the new name', async () => {
      await scene.file('test.txt', 'mine');
      const input = { fileIds: [fileIds.plain], folder: scene.folder };
      const answer = await answerFrom(DOWNLOAD, input);
      assert.equal(await readFile(path.join(scene.folder, 'test.txt'), 'utf8'), 'mine');
      const [other] = (await readdir(scene.folder)).filter(name => name !== 'test.txt');
      const saved = path.join(scene.folder, other ?? '');
      assert.deepEqual(answer, { saved: [{ id: fileIds.plain, path: saved, size: 12 }] });
      assert.equal(await readFile(saved, 'utf8'), 'file content');
    });

    it('answer what came, and say what did not', async () => {
      const wanted = [fileIds.plain, fileIds.forbidden];
      const answer = await answerFrom(DOWNLOAD, { fileIds: wanted, folder: scene.folder });
      const failed = [
        {
          id: fileIds.forbidden,
          error: `You have no access to file ${fileIds.forbidden}. Ask someone who has the task to add you.`,
        },
      ];
      const saved = [{ id: fileIds.plain, path: path.join(scene.folder, 'test.txt'), size: 12 }];
      assert.deepEqual(answer, { saved, failed });
    });

    it('know no file that the task does not have, no folder that is none', async () => {
      const input = { fileIds: [fileIds.plain], taskId: taskIds.simple, folder: scene.folder };
      assert.match(await refusalFrom(DOWNLOAD, input), /has no file 1334\. Call pyrus_list_task/);
      const none = { fileIds: [fileIds.plain], folder: `${relative(scene.folderUri)}/none` };
      assert.match(await refusalFrom(DOWNLOAD, none), /There is nothing at/);
      const noFolder = { fileIds: [fileIds.plain], folder: await file('a.txt') };
      assert.match(await refusalFrom(DOWNLOAD, noFolder), /is not a folder/);
      await mkdir(path.join(scene.folder, '.git'));
      const tools = { fileIds: [fileIds.plain], folder: `${relative(scene.folderUri)}/.git` };
      assert.match(await refusalFrom(DOWNLOAD, tools), /Nothing is downloaded into this folder/);
      assert.deepEqual(await readdir(path.join(scene.folder, '.git')), []);
    });
  });

  it('do nothing when nobody is signed in, and say what the user can do', async () => {
    const paths = [await file('a.txt')];
    await signOutAll();
    const before = scene.pyrus.requests.length;
    for (const [name, input] of Object.entries(sound(paths))) {
      assert.match(
        await refusalFrom(name, input),
        /Ask the user to run the command "Pyrus: Sign In…"/,
      );
    }
    assert.equal(scene.pyrus.requests.length, before);
    await signIn(scene.pyrus);
  });

  it('say the same when Pyrus does not let the account in any more', async () => {
    scene.pyrus.setTokens('expired');
    const refused = json({ error_code: 'invalid_credentials' }, 401);
    scene.pyrus.script({ match: /auth/, times: Infinity, answer: refused });
    const refusal = await refusalFrom(LIST, { taskId: taskIds.simple });
    assert.match(refusal, /Ask the user to run the command "Pyrus: Sign In…"/);
  });

  it('answer nothing that is secret, whatever happens', async () => {
    const paths = [await file('a.txt')];
    const told: string[] = [];
    const [root] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(root);
    try {
      for (const [name, input] of Object.entries(sound(paths))) {
        told.push(await textFrom(name, input));
      }
    } finally {
      await rm(path.join(root.uri.fsPath, 'test.txt'), { force: true });
    }
    for (const secret of [...scene.pyrus.validTokens(), scene.pyrus.securityKey]) {
      assert.ok(!told.join('\n').includes(secret));
    }
  });

  it('take nonsense for what it is', async () => {
    const nonsense = [{}, { paths: [] }, { paths: '/etc/passwd' }, { paths: [7] }, { paths: [''] }];
    for (const input of nonsense) {
      assert.match(await refusalFrom(UPLOAD, input), /^(Each|each|")/);
    }
    assert.match(await refusalFrom(LIST, { taskId: '1' }), /whole number/);
    assert.match(await refusalFrom(DOWNLOAD, { fileIds: [1.5] }), /whole number/);
    assert.match(await refusalFrom(ATTACH, { taskId: 1 }), /Give 1 to 20 files/);
  });
});
