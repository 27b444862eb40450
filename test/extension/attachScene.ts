import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import type { AttachAnswer } from '../../src/commands/attach';
import type { UploadRecord } from '../../src/history/uploadRecord';
import type { SeenRequest } from '../pyrus-server/journal';
import type { Attachment, Comment } from '../pyrus-server/tasks';
import { Boxes } from './boxes';
import type { Box } from './boxes';
import { Messages } from './messages';
import { historyOfAnotherWindow } from './notedUploads';
import { Scene } from './scene';
import { upload } from './uploading';

/** A scene in which files are attached, with a watch on all that is asked and said. */
export class AttachScene {
  readonly boxes = new Boxes();
  readonly messages = new Messages();

  private constructor(readonly scene: Scene) {}

  static async open(): Promise<AttachScene> {
    const scene = await Scene.open();
    await vscode.env.clipboard.writeText('as it was');
    return new AttachScene(scene);
  }

  async close(): Promise<void> {
    await this.boxes.dispose();
    this.messages.dispose();
    await this.scene.close();
    assert.deepEqual(this.scene.pyrus.foreignRequests, []);
  }

  attach(...args: readonly unknown[]): Thenable<AttachAnswer | undefined> {
    return vscode.commands.executeCommand('pyrus.attach', ...args);
  }

  /** Answers the picker by typing the task, as far as the next box. */
  async toTask(task: number | string): Promise<Box> {
    const tasks = await this.boxes.next(/ to Pyrus Task$/);
    await tasks.type(String(task));
    await tasks.choose(tasks.labels()[0] ?? '');
    return this.boxes.next();
  }

  /** Runs the command for files and answers everything with Enter. */
  async attachTo(task: number, ...args: readonly unknown[]): Promise<AttachAnswer | undefined> {
    const answer = this.attach(...args);
    await (await this.toTask(task)).choose('Attach');
    return answer;
  }

  /** A file as an Explorer selection of one. */
  async selected(name: string, content: string | Uint8Array): Promise<[vscode.Uri, vscode.Uri[]]> {
    const uri = await this.scene.file(name, content);
    return [uri, [uri]];
  }

  /** Uploads a new file of this name. @returns its GUID */
  async uploaded(name: string): Promise<string> {
    const [uri, uris] = await this.selected(name, `content of ${name}`);
    const [file] = await upload(uri, uris);
    assert.ok(file);
    // That it is on the clipboard was said, too.
    await this.messages.next();
    return file.guid;
  }

  comments(taskId: number): readonly Comment[] {
    return this.scene.pyrus.task(taskId)?.comments ?? [];
  }

  lastComment(taskId: number): Comment {
    const comment = this.comments(taskId).at(-1);
    assert.ok(comment);
    return comment;
  }

  /** Files of the last comment. */
  attachments(taskId: number): readonly Attachment[] {
    return this.lastComment(taskId).attachments ?? [];
  }

  /** Requests that make comments. */
  get commentRequests(): readonly SeenRequest[] {
    return this.scene.pyrus.requests.filter(({ path }) => path.endsWith('/comments'));
  }

  /** What the last of them said. */
  get lastBody(): unknown {
    return JSON.parse(this.commentRequests.at(-1)?.body ?? '') as unknown;
  }

  /** What the extension under test has noted of an upload. */
  async noted(guid: string | undefined): Promise<UploadRecord | undefined> {
    return (await historyOfAnotherWindow()).find(guid ?? '');
  }
}
