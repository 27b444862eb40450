import { truncate, writeFile } from 'node:fs/promises';
import * as path from 'node:path';
import { openScene, signIn } from '../workbench/signedIn';
import type { Scene } from '../workbench/signedIn';
import type { Context } from './context';
import { MIB } from './scratch';
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
    await truncate(path.join(workspaceFolder, 'large.bin'), 256 * MIB);
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
      limit: 500,
      values: cancelled,
      digits: 0,
    });
  } finally {
    await scene.close();
  }
}

async function uploadOne({ workbench: { explorer, notifications } }: Scene): Promise<number> {
  const menu = await explorer.contextMenu('small.bin');
  const begun = performance.now();
  await menu.choose(MENU_ITEM);
  const toast = await notifications.toast('“small.bin” is in Pyrus');
  const took = performance.now() - begun;
  await toast.close();
  return took;
}

/** On a line that is slow enough to be cancelled in time. */
async function cancelOne({ pyrus, workbench }: Scene): Promise<number> {
  const { explorer, notifications } = workbench;
  const slow = pyrus.script({ match: ROUTE, receive: { bytesPerSecond: 8 * MIB } });
  await (await explorer.contextMenu('large.bin')).choose(MENU_ITEM);
  const progress = await notifications.toast(/large\.bin · .*%/);
  const [{ number } = { number: 0 }] = pyrus.requests.slice(-1);
  const begun = performance.now();
  const [closed] = await Promise.all([
    pyrus.when(ROUTE, seen => seen.number === number && seen.outcome === 'aborted'),
    progress.click('Cancel'),
  ]);
  slow.cancel();
  await progress.gone();
  // The stand-in has the clock of this process.
  return (closed.endedAt ?? NaN) - begun;
}
