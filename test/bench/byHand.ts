import { truncate, writeFile } from 'node:fs/promises';
import * as path from 'node:path';
import { openScene, signIn } from '../workbench/signedIn';
import type { Scene } from '../workbench/signedIn';
import type { Context } from './context';
import { GIB } from './scratch';
import { spread } from './statistics';

const MENU_ITEM = 'Upload to Pyrus and Copy GUID';
const ROUTE = /\/files\/upload/;

/**
 * What a person feels, in a real window with the packed extension: from the click in the Explorer's
 * menu to the message, and from the click on Cancel to the closed connection. Drawing is part of it.
 */
export async function byHand({ report, rounds }: Context): Promise<void> {
  const scene = await openScene();
  try {
    await signIn(scene);
    const { workspaceFolder } = scene.workbench;
    await writeFile(path.join(workspaceFolder, 'small.bin'), Buffer.alloc(64 * 1024, 'small'));
    await writeFile(path.join(workspaceFolder, 'large.bin'), '');
    await truncate(path.join(workspaceFolder, 'large.bin'), GIB);
    await scene.workbench.page.evaluate(noteClicks);
    await uploadOne(scene);
    const uploaded: number[] = [];
    const cancelled: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      uploaded.push(await uploadOne(scene));
      cancelled.push(await cancelOne(scene));
    }
    report.heading('By hand, in a window');
    report.table(
      ['', 'ms'],
      [
        [
          'click in the menu to the message that 64 KiB are in Pyrus, verified',
          spread(uploaded, 0),
        ],
        ['click on Cancel to the closed connection', spread(cancelled, 0)],
      ],
    );
    report.target({
      id: 'issue',
      text: 'click on Cancel to the closed connection, ms',
      limit: 100,
      values: cancelled,
      digits: 0,
    });
  } finally {
    await scene.close();
  }
}

/** In the window: a click is what its page is told, not what Playwright does before it. */
function noteClicks(): void {
  addEventListener(
    'mouseup',
    ({ timeStamp }) => (document.body.dataset['clicked'] = String(timeStamp)),
    true,
  );
}

/** In milliseconds since 1970. */
function lastClick({ page }: Scene['workbench']): Promise<number> {
  return page.evaluate(() => performance.timeOrigin + Number(document.body.dataset['clicked']));
}

/** The same. */
function now(): number {
  return performance.timeOrigin + performance.now();
}

async function uploadOne({ workbench }: Scene): Promise<number> {
  const { explorer, notifications } = workbench;
  await (await explorer.contextMenu('small.bin')).choose(MENU_ITEM);
  const toast = await notifications.toast('“small.bin” is in Pyrus');
  const shown = now();
  // A menu that has just opened does not heed the mouse: the last click is the one it took.
  const took = shown - (await lastClick(workbench));
  await toast.close();
  return took;
}

/** Of a file large enough to be cancelled in time: on a slow line the server would first read what is on its way. */
async function cancelOne({ pyrus, workbench }: Scene): Promise<number> {
  const { explorer, notifications } = workbench;
  await (await explorer.contextMenu('large.bin')).choose(MENU_ITEM);
  const progress = await notifications.toast(/large\.bin · .*%/);
  const [{ number } = { number: 0 }] = pyrus.requests.slice(-1);
  const [closed] = await Promise.all([
    pyrus.when(ROUTE, seen => seen.number === number && seen.outcome === 'aborted'),
    progress.click('Cancel'),
  ]);
  const clicked = await lastClick(workbench);
  await progress.gone();
  // The stand-in has the clock of this process.
  return performance.timeOrigin + (closed.endedAt ?? NaN) - clicked;
}
