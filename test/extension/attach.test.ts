import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import type { AttachAnswer } from '../../src/commands/attach';
import { taskIds } from '../pyrus-server/taskParts';
import { Boxes } from './boxes';
import { Scene } from './scene';

describe('pyrus.attach', () => {
  let scene: Scene;
  let boxes: Boxes;
  beforeEach(async () => {
    scene = await Scene.open();
    boxes = new Boxes();
    await vscode.env.clipboard.writeText('as it was');
  });
  afterEach(async () => {
    boxes.dispose();
    await scene.close();
  });

  const attach = (...args: readonly unknown[]): Thenable<AttachAnswer | undefined> =>
    vscode.commands.executeCommand('pyrus.attach', ...args);

  it('attaches', async () => {
    const uri = await scene.file('a.txt', 'first');
    const answer = attach(uri, [uri]);
    const tasks = await boxes.next('Attach “a.txt” to Pyrus Task');
    await tasks.choose('Payments');
    const confirm = await boxes.next('Attach “a.txt” to “Оплата счёта” (#11613)?');
    await confirm.choose('Attach');
    assert.equal((await answer)?.taskId, taskIds.form);
  });
});
