import type { Locator } from 'playwright-core';
import { taskIds } from '../pyrus-server/taskParts';
import { HoverWidget } from './hoverWidget';
import type { Scene } from './signedIn';
import { UploadsView } from './uploadsView';
import type { Words } from './words';

/** The moments of the first minutes with the extension, in their order. */
export type Moment =
  | 'welcome'
  | 'menu'
  | 'signIn'
  | 'uploaded'
  | 'inserted'
  | 'tasks'
  | 'confirm'
  | 'attached'
  | 'files'
  | 'downloaded'
  | 'uploads'
  | 'hover';

/** Called at every moment, with what is new on the screen then. */
export type Look = (moment: Moment, what: Locator) => Promise<void>;

const FILE = 'Договор поставки.txt';

/**
 * What somebody does who has just installed the extension: uploads a file, for which they sign in,
 * inserts its GUID, attaches it to a task, and downloads the files of that task.
 */
export async function firstMinutes(scene: Scene, words: Words, look: Look): Promise<void> {
  const { workbench, pyrus } = scene;
  const { editor, explorer, notifications, page, palette, quickInput } = workbench;
  const view = new UploadsView(page, words.shown('view.uploads'));

  await view.open();
  await view.pane.locator('.welcome-view-content .monaco-button').first().waitFor();
  await look('welcome', view.pane);

  await editor.openFile('pyrus.http');
  await editor.cursorAtEndOf('attachments');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');

  const menu = await explorer.contextMenu(FILE);
  const item = page.locator('.monaco-menu .action-label', {
    hasText: words.shown('command.upload'),
  });
  await item.hover();
  await look('menu', item);
  await menu.choose(words.shown('command.upload'));

  await quickInput.shown(/\(1\/3\)/);
  await quickInput.row(words.label('$(cloud) Pyrus Cloud')).waitFor();
  await look('signIn', quickInput.widget);
  await quickInput.pick(words.label('$(server) On-Premises Server…'));
  await quickInput.shown(/\(2\/4\)/);
  await quickInput.answer(pyrus.origins.accounts);
  await quickInput.shown(/\(3\/4\)/);
  await quickInput.answer(pyrus.login);
  await quickInput.shown(/\(4\/4\)/);
  await quickInput.answer(pyrus.securityKey);

  const uploaded = await notifications.toast(
    words.says('“{0}” is in Pyrus, verified. Its GUID is on the clipboard.', FILE),
  );
  await look('uploaded', uploaded.element);
  await uploaded.click(words.says('Insert'));
  await editor.contains(pyrus.uploads[0]?.guid ?? 'no upload');
  await look('inserted', editor.lines());
  await page.keyboard.press('ControlOrMeta+s');

  await view.press(FILE, words.shown('command.attach'));
  await quickInput.row('Payments').waitFor();
  await look('tasks', quickInput.widget);
  await quickInput.answer(String(taskIds.form));
  await quickInput.shown(/11613/);
  await look('confirm', quickInput.widget);
  await quickInput.accept();
  const attached = await notifications.toast('Оплата счёта');
  await look('attached', attached.element);
  await attached.close();

  await palette.run(words.command('command.downloadFromTask'));
  await quickInput.answer(`${pyrus.origins.accounts}/t#id${taskIds.form}`);
  await quickInput.row('scan.png').waitFor();
  await quickInput.pick(FILE);
  await look('files', quickInput.widget);
  await quickInput.accept();
  const downloaded = await notifications.toast(/\b4\b.*workspace/);
  await look('downloaded', downloaded.element);
  await downloaded.close();

  await view.row(FILE).waitFor();
  await look('uploads', view.pane);
  const hover = new HoverWidget(page);
  await editor.openFile('pyrus.http');
  await hover.over(pyrus.uploads[0]?.guid ?? 'no upload');
  await hover.shown(FILE);
  await look('hover', page.locator('.monaco-hover:visible', { hasText: FILE }));
}
