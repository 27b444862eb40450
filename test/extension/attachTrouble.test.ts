import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import type { Fault } from '../pyrus-server/faults';
import { pyrusError, withoutGuids } from '../pyrus-server/scripted';
import { taskIds } from '../pyrus-server/taskParts';
import type { RefusalCode } from '../pyrus-server/texts';
import { AttachScene } from './attachScene';
import { press } from './messages';
import type { Message } from './messages';

const COMMENT = /^POST \S*\/comments$/;
const UPLOAD = /^POST \S*\/files\/upload$/;

describe('pyrus.attach in trouble', () => {
  let attaching: AttachScene;
  beforeEach(async () => {
    attaching = await AttachScene.open();
  });
  afterEach(() => attaching.close());

  const script = (match: RegExp, fault: Omit<Fault, 'match'>): void =>
    void attaching.scene.pyrus.script({ match, ...fault });
  const names = (task: number = taskIds.simple): string[] =>
    attaching.attachments(task).map(({ name }) => name);
  const stateOf = async (guid: string | undefined): Promise<string | undefined> =>
    (await attaching.noted(guid))?.state.kind;
  /** Attaching fails, and says so. */
  const failing = async (...args: readonly unknown[]): Promise<Message> => {
    assert.equal(await attaching.attachTo(taskIds.simple, ...args), undefined);
    const message = await attaching.messages.next();
    assert.equal(message.kind, 'error', message.text);
    return message;
  };
  /** Presses the first button, with which it works out. @returns the message that says so */
  const mended = async (failure: Message, button: string): Promise<string> => {
    await press(failure, button);
    const { kind, text } = await attaching.messages.next();
    assert.equal(kind, 'information', text);
    return text;
  };
  const fileA = (): Promise<[vscode.Uri, vscode.Uri[]]> => attaching.selected('a.txt', 'first');
  const filesAB = async (): Promise<[vscode.Uri, vscode.Uri[]]> => {
    const [a] = await fileA();
    const [b] = await attaching.selected('b.txt', 'second');
    return [a, [a, b]];
  };

  describe('when Pyrus takes the comment without the file', () => {
    it('says so; what is missing is uploaded and attached again, without the words', async () => {
      script(COMMENT, { receive: { misread: withoutGuids } });
      const running = attaching.attach(...(await fileA()));
      await (await attaching.toTask(taskIds.simple)).choose('Attach with a Comment…');
      const words = await attaching.boxes.next();
      await words.type('see the file');
      await words.enter();
      assert.equal(await running, undefined);
      const failure = await attaching.messages.next();
      assert.equal(
        failure.text,
        'Pyrus took the comment but left out “a.txt”. Upload and attach what is missing again.',
      );
      assert.deepEqual(failure.buttons, ['Attach What Is Missing', 'Open Task', 'Show Log']);
      assert.deepEqual(names(), []);
      const { uploads } = attaching.scene.pyrus;
      assert.equal(await stateOf(uploads[0]?.guid), 'unattached');

      await mended(failure, 'Attach What Is Missing');
      assert.deepEqual(names(), ['a.txt']);
      assert.equal(attaching.lastComment(taskIds.simple).text, undefined);
      const guids = attaching.scene.pyrus.uploads.map(({ guid }) => guid);
      assert.equal(guids.length, 2);
      assert.equal(await stateOf(guids[1]), 'attached');
    });

    it('says which one of several, and attaches that one alone again', async () => {
      script(COMMENT, {
        receive: { misread: text => text.replace(/"guid":(?="[^"]*"\}\])/, '"id":') },
      });
      const failure = await failing(...(await filesAB()));
      assert.match(failure.text, / left out “b\.txt”\./);
      assert.deepEqual(names(), ['a.txt']);
      const [a, b] = ['a.txt', 'b.txt'].map(
        name => attaching.scene.pyrus.uploads.find(upload => upload.name === name)?.guid,
      );
      assert.deepEqual([await stateOf(a), await stateOf(b)], ['attached', 'unattached']);
      await mended(failure, 'Attach What Is Missing');
      assert.deepEqual(names(), ['b.txt']);
      assert.equal(attaching.commentRequests.length, 2);
    });
  });

  describe('when a GUID is used up, which the history did not know', () => {
    it('says so, notes it, and uploads and attaches the file again', async () => {
      const guid = await attaching.uploaded('a.txt');
      attaching.scene.pyrus.expireGuids();
      const failure = await failing({ guid });
      assert.match(failure.text, /^Pyrus no longer takes this GUID: each attaches once/);
      assert.deepEqual(failure.buttons, ['Upload Again and Attach', 'Show Log']);
      assert.equal(await stateOf(guid), 'lost');
      assert.deepEqual(names(), []);

      await mended(failure, 'Upload Again and Attach');
      assert.deepEqual(names(), ['a.txt']);
      assert.equal(await stateOf(attaching.scene.pyrus.uploads.at(-1)?.guid), 'attached');
      assert.equal(await stateOf(guid), 'lost');
    });

    it('of several leaves in the history what it cannot tell', async () => {
      const rows = [
        { guid: await attaching.uploaded('a.txt') },
        { guid: await attaching.uploaded('b.txt') },
      ];
      attaching.scene.pyrus.expireGuids();
      const failure = await failing(rows[0], rows);
      for (const { guid } of rows) {
        assert.equal(await stateOf(guid), 'unattached');
      }
      await mended(failure, 'Upload Again and Attach');
      assert.deepEqual(names(), ['a.txt', 'b.txt']);
    });

    it('offers no upload of a file that is not there any more', async () => {
      const guid = await attaching.uploaded('a.txt');
      await vscode.workspace.fs.delete(vscode.Uri.joinPath(attaching.scene.folderUri, 'a.txt'));
      attaching.scene.pyrus.expireGuids();
      assert.deepEqual((await failing({ guid })).buttons, ['Show Log']);
    });
  });

  describe('when the connection breaks during the comment, reads the task first:', () => {
    /** What was asked of the task, in order. */
    const asked = (): string[] =>
      attaching.scene.pyrus.requests
        .filter(({ path }) => path.includes('/tasks/'))
        .map(({ method }) => method);
    const attached = async (): Promise<void> => {
      const before = attaching.comments(taskIds.simple).length;
      const answer = await attaching.attachTo(taskIds.simple, ...(await fileA()));
      const { id, attachments = [] } = attaching.lastComment(taskIds.simple);
      assert.equal(attaching.comments(taskIds.simple).length, before + 1);
      assert.equal(answer?.commentId, id);
      assert.deepEqual(
        answer.files.map(({ fileId }) => fileId),
        attachments.map(file => file.id),
      );
      const { kind, text } = await attaching.messages.next();
      assert.equal(kind, 'information', text);
    };

    it('a comment that is there is not made again', async () => {
      script(COMMENT, { send: { cut: { at: 'head', how: 'rst' } } });
      await attached();
      assert.deepEqual(asked(), ['GET', 'POST', 'GET']);
    });

    it('one that is not there is', async () => {
      script(COMMENT, { receive: { cutAfter: 1, how: 'rst' } });
      await attached();
      assert.deepEqual(asked(), ['GET', 'POST', 'GET', 'POST']);
    });
  });

  it('with one of the files attaches nothing; with Retry the others are not sent again', async () => {
    const files = await filesAB();
    script(UPLOAD, { answer: pyrusError('access_denied_file') });
    const failure = await failing(...files);
    assert.match(
      failure.text,
      /^Nothing was attached: 1 of 2 files could not be uploaded\. “[ab]\.txt”: /,
    );
    assert.deepEqual(failure.buttons, ['Retry', 'Attach the Others', 'Show Log']);
    assert.deepEqual(attaching.commentRequests, []);
    assert.equal(attaching.scene.uploadRequests.length, 2);
    await mended(failure, 'Retry');
    assert.deepEqual(names(), ['a.txt', 'b.txt']);
    assert.equal(attaching.scene.uploadRequests.length, 3);
  });

  /** Refuses the first comment. */
  const refused = (code: RefusalCode): void => script(COMMENT, { answer: pyrusError(code) });

  it('with a field offers the comment', async () => {
    refused('unable_to_edit_field');
    const running = attaching.attach(...(await fileA()));
    const confirm = await attaching.toTask(taskIds.form);
    await confirm.choose('To the comment');
    await confirm.choose('Into the field “Documents”');
    await confirm.choose('Attach');
    assert.equal(await running, undefined);
    await mended(await attaching.messages.next(), 'Attach to the Comment');
    assert.deepEqual(names(taskIds.form), ['a.txt']);
    assert.equal(attaching.scene.uploadRequests.length, 1);
  });

  it('with reopening offers to keep the task closed', async () => {
    refused('access_denied_reopen_task');
    const running = attaching.attach(...(await fileA()));
    const confirm = await attaching.toTask(taskIds.closed);
    await confirm.choose('The task is closed and stays closed');
    await confirm.choose('Attach');
    assert.equal(await running, undefined);
    await mended(await attaching.messages.next(), 'Keep It Closed');
    assert.equal(attaching.scene.pyrus.task(taskIds.closed)?.is_closed, true);
    assert.deepEqual(names(taskIds.closed), ['a.txt']);
  });

  it('with the length of the comment shows it again, to be shortened', async () => {
    refused('max_text_length_exceeded');
    const running = attaching.attach(...(await fileA()));
    await (await attaching.toTask(taskIds.simple)).choose('Attach with a Comment…');
    const words = await attaching.boxes.next();
    await words.type('much too long');
    await words.enter();
    assert.equal(await running, undefined);
    await press(await attaching.messages.next(), 'Shorten It…');
    const again = await attaching.boxes.next(words.title);
    assert.equal(again.value, 'much too long');
    await again.type('short');
    await again.enter();
    await attaching.messages.next();
    assert.equal(attaching.lastComment(taskIds.simple).text, 'short');
    assert.equal(attaching.scene.uploadRequests.length, 1);
  });

  it('with the task offers another one, and does not upload again', async () => {
    refused('too_many_attachments');
    const failure = await failing(...(await fileA()));
    await press(failure, 'Choose Another Task…');
    await (await attaching.toTask(taskIds.form)).choose('Attach');
    await attaching.messages.next();
    assert.deepEqual(names(taskIds.form), ['a.txt']);
    assert.equal(attaching.scene.uploadRequests.length, 1);
  });

  it('with reading the task says so in the box, where another one can be chosen', async () => {
    const running = attaching.attach(...(await fileA()));
    const tasks = await attaching.boxes.next(/ to Pyrus Task$/);
    await tasks.type(String(taskIds.denied));
    await tasks.choose(tasks.labels()[0] ?? '');
    await tasks.has(/access/i);
    await tasks.type(String(taskIds.simple));
    await tasks.choose(tasks.labels()[0] ?? '');
    await (await attaching.boxes.next(/^Attach “a\.txt” to/)).choose('Attach');
    assert.equal((await running)?.taskId, taskIds.simple);
  });
});
