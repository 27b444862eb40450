import { strict as assert } from 'node:assert';
import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { taskIds } from '../pyrus-server/taskParts';
import { AttachScene } from './attachScene';
import { leaving } from './quickInput';

describe('pyrus.attach takes', () => {
  let attaching: AttachScene;
  beforeEach(async () => {
    attaching = await AttachScene.open();
  });
  afterEach(() => attaching.close());

  const names = (): string[] => attaching.attachments(taskIds.simple).map(({ name }) => name);

  describe('files:', () => {
    it('an Explorer selection, in its order, with one comment', async () => {
      const { scene } = attaching;
      const a = await scene.file('a.txt', 'first');
      const b = await scene.file('b.txt', 'second');
      const answer = await attaching.attachTo(taskIds.simple, a, [b, a]);
      assert.deepEqual(names(), ['b.txt', 'a.txt']);
      assert.equal(attaching.commentRequests.length, 1);
      assert.equal(answer?.taskId, taskIds.simple);
      assert.equal(answer.commentId, attaching.lastComment(taskIds.simple).id);
      assert.deepEqual(
        answer.files.map(({ fileId }) => fileId),
        attaching.attachments(taskIds.simple).map(({ id }) => id),
      );
    });

    it('a folder: what is in it, without another question', async () => {
      const { scene } = attaching;
      await vscode.workspace.fs.createDirectory(vscode.Uri.joinPath(scene.folderUri, 'in'));
      await scene.file('a.txt', 'first');
      await scene.file('in/b.txt', 'second');
      await attaching.attachTo(taskIds.simple, scene.folderUri, [scene.folderUri]);
      assert.deepEqual(names(), ['a.txt', 'b.txt']);
    });

    it('a folder with nothing in it, about which it says so', async () => {
      const { folderUri } = attaching.scene;
      assert.equal(await attaching.attach(folderUri, [folderUri]), undefined);
      const { text } = await attaching.messages.next();
      assert.match(text, /^There are no files to upload in pyrus-scene-/);
      assert.deepEqual(attaching.scene.uploadRequests, []);
    });

    it('a tab, and without arguments the active one', async () => {
      const [uri] = await attaching.selected('a.txt', 'first');
      await attaching.attachTo(taskIds.simple, uri, { groupId: 0, editorIndex: 0 });
      assert.deepEqual(names(), ['a.txt']);
      await vscode.window.showTextDocument(uri);
      // It is in the task by now: the first answer makes a new version.
      const answer = attaching.attach();
      await (await attaching.toTask(taskIds.simple)).choose('As a Separate File');
      await (await attaching.boxes.next(/^Attach “a\.txt” to/)).choose('Attach');
      await answer;
      assert.equal(attaching.commentRequests.length, 2);
    });

    it('one with unsaved changes, saved first', async () => {
      const [uri] = await attaching.selected('a.txt', 'on disk');
      const editor = await vscode.window.showTextDocument(uri);
      await editor.edit(edit => edit.insert(new vscode.Position(0, 0), 'on the screen, '));
      await attaching.attachTo(taskIds.simple, uri, [uri]);
      const { uploads } = attaching.scene.pyrus;
      assert.equal(uploads.at(-1)?.bytes?.toString(), 'on the screen, on disk');
    });
  });

  describe('uploads:', () => {
    it('a row of the uploads view, several of them, a day; nothing is sent again', async () => {
      const guids = [
        await attaching.uploaded('a.txt'),
        await attaching.uploaded('b.txt'),
        await attaching.uploaded('c.txt'),
      ];
      const rows = guids.map(guid => ({ guid }));
      const [a, b, c] = rows;
      await attaching.attachTo(taskIds.simple, a, undefined);
      assert.deepEqual(names(), ['a.txt']);
      await attaching.attachTo(taskIds.simple, b, [b, { records: [c] }]);
      assert.deepEqual(names(), ['b.txt', 'c.txt']);
      assert.equal(attaching.scene.uploadRequests.length, 3);
    });

    it('a GUID of its own history as a text, in any case; of the file it says its name', async () => {
      const guid = await attaching.uploaded('a.txt');
      const answer = attaching.attach(guid.toUpperCase());
      const confirm = await attaching.toTask(taskIds.simple);
      assert.match(confirm.title, /^Attach “a\.txt” to /);
      await confirm.choose('Attach');
      assert.equal((await answer)?.files[0]?.guid, guid);
    });

    it('the GUID at the cursor, before everything else that is there', async () => {
      const guid = await attaching.uploaded('a.txt');
      const other = await attaching.uploaded('other.txt');
      const code = await attaching.scene.file('code.json', `{"guid": "${guid}"}`);
      const editor = await vscode.window.showTextDocument(code);
      const cursor = new vscode.Position(0, 20);
      editor.selection = new vscode.Selection(cursor, cursor);
      const answer = attaching.attach();
      const what = await attaching.boxes.next('Attach to Pyrus Task');
      assert.deepEqual(what.labels(), [
        'a.txt',
        'code.json',
        'Choose Files…',
        'uploaded, not attached yet',
        ...what.labels().slice(4),
      ]);
      assert.ok(what.labels().includes('other.txt'), other);
      await what.choose('a.txt');
      await (await attaching.toTask(taskIds.simple)).choose('Attach');
      assert.equal((await answer)?.files[0]?.guid, guid);
    });

    it('a GUID that nobody has heard of, by what came back', async () => {
      const guid = await uploadedElsewhere();
      await attaching.attachTo(taskIds.simple, guid);
      assert.deepEqual(names(), ['elsewhere.txt']);
      const { text } = await attaching.messages.next();
      assert.equal(text, `“${guid}” is attached to “Help with printer” (#11611).`);
    });

    it('one that is attached already: offers to upload the file again', async () => {
      const guid = await attaching.uploaded('a.txt');
      await attaching.attachTo(taskIds.simple, { guid });
      const answer = attaching.attach({ guid });
      const spent = await attaching.boxes.next('“a.txt” cannot be attached by its GUID');
      assert.deepEqual(spent.labels(), ['Upload Again and Attach']);
      await spent.choose('Upload Again and Attach');
      await (await attaching.toTask(taskIds.form)).choose('Attach');
      assert.notEqual((await answer)?.files[0]?.guid, guid);
      assert.equal(attaching.attachments(taskIds.form)[0]?.name, 'a.txt');
    });

    it('one of several that is attached already can be left out', async () => {
      const [a, b] = [
        { guid: await attaching.uploaded('a.txt') },
        { guid: await attaching.uploaded('b.txt') },
      ];
      await attaching.attachTo(taskIds.simple, a);
      const answer = attaching.attach(a, [a, b]);
      await (await attaching.boxes.next()).choose('Leave Them Out');
      await (await attaching.toTask(taskIds.form)).choose('Attach');
      await answer;
      assert.deepEqual(
        attaching.attachments(taskIds.form).map(({ name }) => name),
        ['b.txt'],
      );
    });

    it('one that is attached and whose file is gone, about which it says so', async () => {
      const guid = await attaching.uploaded('a.txt');
      await attaching.attachTo(taskIds.simple, { guid });
      await attaching.messages.next();
      await vscode.workspace.fs.delete(vscode.Uri.joinPath(attaching.scene.folderUri, 'a.txt'));
      assert.equal(await attaching.attach({ guid }), undefined);
      const { text } = await attaching.messages.next();
      assert.match(text, /^It is attached to task 11611 already: .* cannot be uploaded again\.$/);
    });

    it('one of another account: it is of no use', async () => {
      const guid = await attaching.uploaded('a.txt');
      const other = await AttachScene.open();
      try {
        const answer = other.attach({ guid });
        await (await other.boxes.next('“a.txt” cannot be attached by its GUID')).leave();
        assert.equal(await answer, undefined);
      } finally {
        await other.close();
      }
    });

    /** By a program of the user's: in no history. */
    async function uploadedElsewhere(): Promise<string> {
      const { pyrus, account } = attaching.scene;
      const body = new FormData();
      body.append('file', new File(['elsewhere'], 'elsewhere.txt'));
      const response = await fetch(`${pyrus.origins.files}/v4/files/upload`, {
        method: 'POST',
        headers: { Authorization: `Bearer ${account.grant.token}` },
        body,
      });
      const { guid } = (await response.json()) as { guid: string };
      return guid;
    }
  });

  describe('nothing unasked:', () => {
    it('no request but for the inbox and the task before the user has agreed', async () => {
      const [uri, uris] = await attaching.selected('a.txt', 'first');
      const answer = attaching.attach(uri, uris);
      const confirm = await attaching.toTask(taskIds.simple);
      await confirm.isAt('Attach');
      const asked = attaching.scene.pyrus.requests
        .map(({ method, path }) => `${method} ${path}`)
        .filter(line => !/auth|profile/.test(line));
      assert.deepEqual(asked.sort(), [
        'GET /v4/inbox?item_count=50&group_item_count=50',
        'GET /v4/tasks/11611',
      ]);
      await confirm.leave();
      assert.equal(await answer, undefined);
    });

    it('Esc leaves at every step, without a word', async () => {
      const [uri, uris] = await attaching.selected('test.txt', 'first');
      const steps = [
        ['to Pyrus Task'],
        ['to Pyrus Task', 'is in the task already'],
        ['to Pyrus Task', 'is in the task already', 'Attach “test.txt” to “'],
      ];
      for (const titles of steps) {
        const answer = attaching.attach(uri, uris);
        for (const [index, title] of titles.entries()) {
          const box = await attaching.boxes.next(new RegExp(title));
          if (index === 0) {
            await box.type(String(taskIds.form));
          }
          await (index < titles.length - 1 ? box.choose(box.labels()[0] ?? '') : box.leave());
        }
        assert.equal(await answer, undefined);
      }
      assert.deepEqual(attaching.messages.left(), []);
      assert.deepEqual(attaching.commentRequests, []);
      assert.deepEqual(attaching.scene.uploadRequests, []);
    });

    it('Esc leaves the comment and the question what to attach, too', async () => {
      const [uri, uris] = await attaching.selected('a.txt', 'first');
      const commenting = attaching.attach(uri, uris);
      await (await attaching.toTask(taskIds.simple)).choose('Attach with a Comment…');
      const words = await attaching.boxes.next();
      await words.type('not to be sent');
      await words.leave();
      assert.equal(await commenting, undefined);
      assert.deepEqual(attaching.scene.uploadRequests, []);

      await attaching.uploaded('b.txt');
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      const choosing = attaching.attach();
      await (await attaching.boxes.next('Attach to Pyrus Task')).leave();
      assert.equal(await choosing, undefined);
      assert.deepEqual(attaching.messages.left(), []);
      assert.deepEqual(attaching.boxes.left(), []);
      assert.deepEqual(attaching.commentRequests, []);
    });

    it('of a file that only an argument names: it is asked about, as every upload is', async () => {
      const uri = await attaching.scene.file('a.txt', 'first');
      assert.equal(await attaching.attach(uri), undefined);
      const { text } = await attaching.messages.next();
      assert.match(text, /^Upload 1 file to Pyrus as bob\.smith@example\.com/);
    });

    it('of what looks like a secret: it is asked about before anything else', async () => {
      const [uri, uris] = await attaching.selected('server.pem', 'first');
      assert.equal(await attaching.attach(uri, uris), undefined);
      const { text } = await attaching.messages.next();
      assert.match(text, /^Files like these often hold passwords or keys/);
      assert.deepEqual(attaching.boxes.left(), []);
    });

    it('of nonsense in place of a file or a GUID', async () => {
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      const nonsense = ['/etc/passwd', 7, { guid: 'x' }, { guid: randomUUID().slice(1) }, [null]];
      for (const argument of nonsense) {
        // What is to be attached is asked, as without arguments.
        assert.equal(await leaving(attaching.attach(argument, [argument])), undefined);
      }
      assert.deepEqual(attaching.scene.uploadRequests, []);
    });
  });
});
