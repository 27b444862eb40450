import { strict as assert } from 'node:assert';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { taskIds } from '../pyrus-server/taskParts';
import { openScene, signIn } from './signedIn';
import type { Scene } from './signedIn';

const DOWNLOAD = 'Download Files of Pyrus Task…';
const LIST = /^Files of “.*” \(#\d+\)$/;

describe('downloading files of a task', () => {
  let scene: Scene;

  before(async () => {
    scene = await openScene();
    await signIn(scene);
  });
  after(() => scene.close());
  afterEach(() => assert.deepEqual(scene.pyrus.foreignRequests, []));

  const linkTo = (id: number): string => `${scene.pyrus.origins.accounts}/t#id${id}`;
  /** Waits until so many rows are ticked, as the box counts them. */
  const ticked = (count: number): Promise<void> =>
    scene.workbench.quickInput.widget
      .locator('.quick-input-count', { hasText: `${count} Selected` })
      .waitFor();

  it('lists them by the link of the task, the newest versions ticked, and gets those chosen', async () => {
    const { palette, quickInput, notifications, workspaceFolder } = scene.workbench;
    await palette.run(`Pyrus: ${DOWNLOAD}`);
    await quickInput.shown('Download Files of Pyrus Task');
    await quickInput.answer(linkTo(taskIds.form));
    await quickInput.shown('Files of “Оплата счёта” (#11613)');
    const rows = await quickInput.rows();
    assert.deepEqual(rows.map(([name]) => name).sort(), [
      'S15294-16.pdf',
      'receipt.jpg',
      'scan.png',
      'test.txt',
    ]);
    assert.ok(rows.some(row => row.join(' ').includes('Documents')));
    await ticked(4);
    await quickInput.pick('S15294-16.pdf');
    await quickInput.pick('scan.png');
    await ticked(2);
    await quickInput.accept();
    await (await notifications.toast('2 files are downloaded into')).close();
    const names = await readdir(workspaceFolder);
    assert.ok(names.includes('test.txt') && names.includes('receipt.jpg'));
    assert.ok(!names.includes('scan.png'));
  });

  it('stays, with its ticks, while one of them is compared with a file of several of its name', async () => {
    const { palette, quickInput, notifications, dialog, editor, workspaceFolder } = scene.workbench;
    for (const folder of ['one', 'two']) {
      await mkdir(join(workspaceFolder, folder));
      await writeFile(join(workspaceFolder, folder, 'scan.png'), folder);
    }
    await palette.run(`Pyrus: ${DOWNLOAD}`);
    await quickInput.shown('Download Files of Pyrus Task');
    await quickInput.answer(linkTo(taskIds.form));
    await quickInput.shown(LIST);
    await quickInput.pick('S15294-16.pdf');
    await ticked(3);
    const row = quickInput.row('scan.png').first();
    await row.hover();
    await row.locator('.action-label[aria-label^="Compare with Local File"]').click();
    await quickInput.shown('Compare with which file?');
    await quickInput.pick('two/scan.png');
    await editor.tab('scan.png').filter({ hasText: 'in Pyrus ↔ here' }).waitFor();
    await quickInput.shown(LIST);
    await ticked(3);
    await quickInput.accept();
    // From the scenario before.
    await dialog.shown(/“(test\.txt|receipt\.jpg)” is already there\..*So are these:/s);
    await dialog.click('Overwrite');
    await (await notifications.toast('3 files are downloaded into')).close();
  });

  it('comes from the menu of a folder, and downloads into it', async () => {
    const { explorer, quickInput, notifications, workspaceFolder } = scene.workbench;
    await (await explorer.contextMenu('Акт сверки')).choose(DOWNLOAD);
    await quickInput.shown('Download Files of Pyrus Task');
    await quickInput.answer('11617');
    await quickInput.shown(LIST);
    const removed = (await quickInput.rows()).filter(row =>
      row.join(' ').includes('removed from the task'),
    );
    assert.equal(removed.length, 3);
    await quickInput.accept();
    await (await notifications.toast('2 files are downloaded into')).close();
    assert.ok((await readdir(join(workspaceFolder, 'Акт сверки'))).includes('test.txt'));
  });

  it('shows links as links, and asks nobody about them', async () => {
    const { palette, quickInput } = scene.workbench;
    await palette.run(`Pyrus: ${DOWNLOAD}`);
    await quickInput.shown('Download Files of Pyrus Task');
    await quickInput.answer(String(taskIds.foreignLink));
    await quickInput.shown(LIST);
    await ticked(0);
    await quickInput.button('Open in the Browser').first().waitFor({ state: 'attached' });
    await quickInput.escape();
  });

  it('begins anew once the user has signed in again', async () => {
    const { palette, quickInput, notifications } = scene.workbench;
    scene.pyrus.changeKey('a-new-key');
    await palette.run(`Pyrus: ${DOWNLOAD}`);
    await quickInput.shown('Download Files of Pyrus Task');
    await quickInput.answer('11617');
    const toast = await notifications.toast('does not accept this login and security key');
    await toast.click('Sign In');
    await quickInput.shown(/Sign in to Pyrus \(4\/4\)/);
    await quickInput.answer(scene.pyrus.securityKey);
    await quickInput.shown('Download Files of Pyrus Task');
    await quickInput.answer('11617');
    await quickInput.shown(LIST);
    await quickInput.escape();
  });

  it('lists the largest task there can be', async () => {
    const { palette, quickInput } = scene.workbench;
    const id = scene.pyrus.addBigTask();
    await palette.run('Pyrus: Download Pyrus File…');
    await quickInput.shown('Download Pyrus Files');
    await quickInput.type(linkTo(id));
    const started = performance.now();
    await quickInput.accept();
    await quickInput.shown(LIST);
    await quickInput.row('отчёт-0.txt').first().waitFor();
    console.log(`      3,000 files listed after ${Math.round(performance.now() - started)} ms`);
    await quickInput.escape();
  });
});
