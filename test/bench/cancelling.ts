import { setTimeout as sleep } from 'node:timers/promises';
import { measure, orderFor } from './contestant';
import type { Context } from './context';
import { startPyrusProcess } from './pyrusChild';
import type { PyrusProcess } from './pyrusChild';
import { GIB, MIB } from './scratch';
import { spread } from './statistics';

/** From the cancel of a large upload to the moment at which the server sees the socket closed. */
export async function cancelling(context: Context): Promise<void> {
  const { scratch, bundle, report, quick } = context;
  const size = quick ? 256 * MIB : GIB;
  const path = await scratch.hole(size);
  const pyrus = await startPyrusProcess({ uploadWork: 'frame' });
  try {
    const order = orderFor(pyrus, [{ path, name: 'large.bin', size }], { cancelAfter: size / 8 });
    const values: number[] = [];
    for (let round = 0; round < context.rounds; round += 1) {
      const measured = await measure(bundle, order);
      values.push((await closedAt(pyrus)) - (measured.cancelledAt ?? NaN));
    }
    report.heading('Cancel of an upload to closed socket');
    report.text(`${spread(values, 1)} ms`);
    report.target({
      id: 'issue',
      text: 'cancel to closed socket, ms',
      limit: 100,
      values,
      digits: 1,
    });
  } finally {
    pyrus.stop();
  }
}

/** @throws Error when the server has all the bytes: there was nothing to cancel any more */
async function closedAt(pyrus: PyrusProcess): Promise<number> {
  for (let tries = 0; tries < 500; tries += 1) {
    const upload = await pyrus.lastUpload();
    if (upload?.endedAt !== undefined) {
      if (upload.outcome !== 'aborted') {
        throw new Error(`the upload was ${upload.outcome} before it could be cancelled`);
      }
      return upload.endedAt;
    }
    await sleep(10);
  }
  throw new Error('the socket stayed open');
}
