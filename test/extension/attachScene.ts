import { strict as assert } from 'node:assert';
import * as path from 'node:path';
import * as vscode from 'vscode';
import type { AttachAnswer } from '../../src/commands/attach';
import { UploadHistory } from '../../src/history/uploadHistory';
import type { UploadRecord } from '../../src/history/uploadRecord';
import type { PyrusOptions } from '../pyrus-server/options';
import type { SeenRequest } from '../pyrus-server/journal';
import type { Attachment, Comment } from '../pyrus-server/tasks';
import { Boxes } from './boxes';
import type { Box } from './boxes';
import { readUserData } from './logFile';
import { Messages } from './messages';
import { Scene } from './scene';

/** A scene in which files are attached, with a watch on all that is asked and said. */
export class AttachScene {
  readonly boxes = new Boxes();
  readonly messages = new Messages();

  private constructor(readonly scene: Scene) {}

  static async open(options?: PyrusOptions): Promise<AttachScene> {
    const scene = await Scene.open(options);
    await vscode.env.clipboard.writeText('as it was');
    return new AttachScene(scene);
  }

  async close(): Promise<void> {
    this.boxes.dispose();
    this.messages.dispose();
    await this.scene.close();
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

  lastComment(taskId: number): Comment {
    const comment = this.scene.pyrus.task(taskId)?.comments.at(-1);
    assert.ok(comment);
    return comment;
  }

  attachments(taskId: number): readonly Attachment[] {
    return this.lastComment(taskId).attachments ?? [];
  }

  /** Requests that make comments. */
  get commentRequests(): readonly SeenRequest[] {
    return this.scene.pyrus.requests.filter(({ path: where }) => where.endsWith('/comments'));
  }

  /** What the extension under test has noted of an upload, read as another window would. */
  async noted(guid: string | undefined): Promise<UploadRecord | undefined> {
    const files = await readUserData(file => path.basename(file) === 'uploads.jsonl');
    const [file] = files.keys();
    assert.ok(file, 'there is no history');
    const history = new UploadHistory(path.dirname(file), {
      limit: () => 10_000,
      isRecording: () => true,
      onError: error => assert.fail(String(error)),
    });
    return history.find(guid ?? '');
  }
}
