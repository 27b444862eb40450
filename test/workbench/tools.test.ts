import { strict as assert } from 'node:assert';
import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileIds } from '../pyrus-server/fixtures';
import { taskIds } from '../pyrus-server/taskParts';
import { Caller } from './calling';
import type { Call, Outcome } from './calling';
import { openScene, signIn } from './signedIn';
import type { Scene } from './signedIn';

/** A name that would like to be a link, a command, an icon, code and a heading. */
const TRAP =
  '[ok](command:workbench.action.openSettings) <b>www.example.com `x` $(alert) # a@example.com.txt';
/** With the one blank that keeps VS Code from making anything of it. */
const TRAP_SHOWN = TRAP.replace('](', '] (').replace('$(', '$ (');
const ACCOUNT = /Account: bob\.smith@example\.com \(127\.0\.0\.1:\d+\)/;

describe('a language model', () => {
  let caller: Caller;
  let scene: Scene;

  before(async () => {
    caller = await Caller.pack();
  });
  after(() => caller.remove());

  const call = (made: Call): Promise<() => Promise<Outcome>> => caller.call(scene.workbench, made);
  const upload = (...paths: string[]): Promise<() => Promise<Outcome>> =>
    call({ tool: 'pyrus_upload_file', input: { paths } });
  const inWorkspace = (name: string): string => join(scene.workbench.workspaceFolder, name);

  describe('in a trusted workspace', () => {
    before(async () => {
      scene = await openScene({ otherVsix: caller.vsix, env: caller.env });
      await signIn(scene);
      await writeFile(inWorkspace(TRAP), 'trap');
      await writeFile(inWorkspace('.env'), 'KEY=1');
    });
    after(async () => {
      await scene.close();
      assert.deepEqual(scene.pyrus.foreignRequests, []);
    });

    it('has files sent only when the user says yes to names, sizes and account', async () => {
      const { dialog } = scene.workbench;
      const refused = await upload('upload.py', 'Акт сверки/март.csv');
      const question = await dialog.shown('Upload 2 files to Pyrus?');
      assert.match(question, /upload\.py \(\d+ bytes\)/);
      assert.match(question, /Акт сверки\/март\.csv \(39 bytes\)/);
      assert.match(question, ACCOUNT);
      await dialog.click('Cancel');
      assert.match((await refused()).error ?? '', /cancel/i);
      assert.deepEqual(scene.pyrus.uploads, []);

      const sent = await upload('upload.py', 'Акт сверки/март.csv');
      await dialog.shown('Upload 2 files to Pyrus?');
      await dialog.click('Yes');
      const { answer } = await sent();
      assert.equal(scene.pyrus.uploads.length, 2);
      for (const { guid } of scene.pyrus.uploads) {
        assert.ok(String(answer).includes(guid));
      }
    });

    it('cannot make anything of a name but the name', async () => {
      const { dialog, page } = scene.workbench;
      const ended = await upload(TRAP);
      const question = await dialog.shown('Upload 1 file to Pyrus?');
      assert.ok(question.includes(`${TRAP_SHOWN} (4 bytes)`), question);
      const box = page.locator('.monaco-dialog-box .dialog-message-container');
      assert.equal(await box.locator('a, b, code, h1, .codicon').count(), 0);
      await dialog.click('Cancel');
      await ended();
    });

    it('is not asked for outside files, nor is the user', async () => {
      const outcome = await (await upload('/etc/passwd'))();
      assert.match(outcome.error ?? '', /is outside the workspace/);
    });

    it('gets a secret only after a second question', async () => {
      const { dialog } = scene.workbench;
      for (const [button, uploads] of [
        ['Cancel', 2],
        ['Send Anyway', 3],
      ] as const) {
        const ended = await upload('.env');
        await dialog.shown('Upload 1 file to Pyrus?');
        await dialog.click('Yes');
        assert.match(await dialog.shown('that may hold passwords or keys'), /^\.env$/m);
        await dialog.click(button);
        const { error = '', answer = '' } = await ended();
        assert.match(button === 'Cancel' ? error : String(answer), /does not want|"guid"/);
        assert.equal(scene.pyrus.uploads.length, uploads);
      }
    });

    it('attaches to a task that the user sees by its title, with the words of the comment', async () => {
      const { dialog } = scene.workbench;
      const before = scene.pyrus.task(taskIds.simple)?.comments.length ?? 0;
      const ended = await call({
        tool: 'pyrus_attach_file',
        input: { taskId: taskIds.simple, paths: ['upload.py'], comment: 'Готово: [x](y)' },
      });
      const question = await dialog.shown('Attach 1 file to a Pyrus task?');
      assert.match(question, /upload\.py \(\d+ bytes\)/);
      assert.match(question, /Task: “.+” \(#11611\)/);
      assert.match(question, /Comment: Готово: \[x\] \(y\)/);
      assert.match(question, /The participants of the task are notified\./);
      assert.match(question, ACCOUNT);
      await dialog.click('Yes');
      assert.match(String((await ended()).answer), /^\{"taskId":11611,"commentId":\d+,"attached":/);
      assert.equal(scene.pyrus.task(taskIds.simple)?.comments.length, before + 1);
    });

    it('lists and downloads when the user says yes to task, folder and account', async () => {
      const { dialog } = scene.workbench;
      const listed = await call({
        tool: 'pyrus_list_task_files',
        input: { taskId: taskIds.form },
      });
      assert.match(await dialog.shown(`List the files of Pyrus task ${taskIds.form}?`), ACCOUNT);
      await dialog.click('Yes');
      assert.match(String((await listed()).answer), /^\{"taskId":11613,.*"files":\[/);

      const saved = await call({
        tool: 'pyrus_download_file',
        input: { fileIds: [fileIds.plain], folder: 'Акт сверки' },
      });
      const question = await dialog.shown('Download 1 file from Pyrus?');
      assert.match(question, /file 1334/);
      assert.match(question, /Folder: Акт сверки/);
      await dialog.click('Yes');
      const path = inWorkspace('Акт сверки/test.txt');
      const answer = { saved: [{ id: fileIds.plain, path, size: 12 }] };
      assert.deepEqual(await saved(), { answer: JSON.stringify(answer) });
      assert.equal(await readFile(path, 'utf8'), 'file content');
    });
  });

  it('gets what git ignores only after a second question', async () => {
    const folder = await mkdtemp(join(await realpath(tmpdir()), 'pyrus-repository-'));
    execFileSync('git', ['init', '--quiet', folder]);
    await writeFile(join(folder, '.gitignore'), 'private.txt\n');
    await writeFile(join(folder, 'private.txt'), 'private');
    scene = await openScene({ otherVsix: caller.vsix, env: caller.env, workspaceFolder: folder });
    try {
      await signIn(scene);
      const { dialog } = scene.workbench;
      const ended = await upload('private.txt');
      await dialog.shown('Upload 1 file to Pyrus?');
      await dialog.click('Yes');
      assert.match(await dialog.shown('that may hold passwords or keys'), /^private\.txt$/m);
      await dialog.click('Cancel');
      assert.match((await ended()).error ?? '', /does not want these files sent/);
      assert.deepEqual(scene.pyrus.uploads, []);
    } finally {
      await scene.close();
      await rm(folder, { recursive: true });
    }
  });

  it('may not use Pyrus in Restricted Mode', async () => {
    scene = await openScene({ otherVsix: caller.vsix, env: caller.env, trust: false });
    try {
      await signIn(scene);
      const before = scene.pyrus.requests.length;
      const calls: readonly Call[] = [
        { tool: 'pyrus_upload_file', input: { paths: ['upload.py'] } },
        { tool: 'pyrus_attach_file', input: { paths: ['upload.py'], taskId: taskIds.simple } },
        { tool: 'pyrus_list_task_files', input: { taskId: taskIds.simple } },
        { tool: 'pyrus_download_file', input: { fileIds: [fileIds.plain] } },
      ];
      for (const made of calls) {
        assert.match((await (await call(made))()).error ?? '', /is in Restricted Mode/);
      }
      assert.equal(scene.pyrus.requests.length, before);
    } finally {
      await scene.close();
    }
  });
});
