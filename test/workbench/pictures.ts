/**
 * Takes the pictures of README.md in the real editor: `npm run pictures` after `npm run package`.
 * They land in media/.
 */
import * as path from 'node:path';
import { projectFolder } from '../host/project';
import { openScene, signIn } from './signedIn';
import type { Scene } from './signedIn';

const UPLOAD = 'Upload to Pyrus and Copy GUID';
const VIEWPORT = { width: 1000, height: 600 };

async function main(): Promise<void> {
  const scene = await openScene({ colorTheme: 'Default Dark Modern', viewport: VIEWPORT });
  try {
    await take(scene);
  } finally {
    await scene.close();
  }
}

async function take(scene: Scene): Promise<void> {
  const { editor, explorer, notifications, page } = scene.workbench;
  const picture = (name: string): Promise<void> =>
    scene.workbench.screenshot(path.join(projectFolder, 'media', `${name}.png`));

  await signIn(scene);
  await editor.openFile('pyrus.http');
  await editor.cursorAtEndOf('attachments');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  const menu = await explorer.contextMenu('Договор поставки.txt');
  await page.locator('.monaco-menu .action-label', { hasText: UPLOAD }).hover();
  await picture('menu');
  await menu.choose(UPLOAD);
  await (await notifications.toast('“Договор поставки.txt” is in Pyrus')).click('Insert');
  await editor.contains(scene.pyrus.uploads[0]?.guid ?? '');
  await (await explorer.contextMenu('Договор поставки.txt')).choose(UPLOAD);
  await notifications.toast('“Договор поставки.txt” is in Pyrus');
  // The message slides in.
  await page
    .locator('.notifications-toasts .notification-toast')
    .first()
    .evaluate(element =>
      Promise.all(element.getAnimations({ subtree: true }).map(a => a.finished)),
    );
  await picture('uploaded');
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
