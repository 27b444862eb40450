import { truncate, writeFile } from 'node:fs/promises';
import * as path from 'node:path';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import * as vscode from 'vscode';
import { upload } from '../../extension/uploading';
import type { PyrusProcess } from '../pyrusChild';
import type { HostUpload, LargeTransfer } from './results';

/** Milliseconds since 1970, with fractions: the server's process has the same clock. */
function now(): number {
  return performance.timeOrigin + performance.now();
}

/** Runs the command on a small file, without anybody's hand. */
export async function timedUpload(pyrus: PyrusProcess, uri: vscode.Uri): Promise<HostUpload> {
  const begun = now();
  await upload(uri, [uri]);
  const ended = now();
  const seen = await pyrus.lastUpload();
  if (seen?.endedAt === undefined || seen.startedAt < begun) {
    throw new Error('the upload is not known to the server');
  }
  return {
    whole: ended - begun,
    toFirstByte: seen.startedAt - begun,
    toClipboard: ended - seen.endedAt,
  };
}

/** The same with a large one, and what others in the host feel of it. */
export async function largeUpload(folder: string, size: number): Promise<LargeTransfer> {
  const file = path.join(folder, 'large.bin');
  await writeFile(file, '');
  await truncate(file, size);
  const uri = vscode.Uri.file(file);
  const before = process.memoryUsage.rss();
  let peak = before;
  const sampling = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss());
  }, 20);
  const delays = monitorEventLoopDelay({ resolution: 1 });
  delays.enable();
  const utilization = performance.eventLoopUtilization();
  const begun = performance.now();
  try {
    await upload(uri, [uri]);
    return {
      size,
      seconds: (performance.now() - begun) / 1000,
      busy: performance.eventLoopUtilization(utilization).utilization,
      delay: delays.percentile(99) / 1e6,
      growth: (peak - before) / 2 ** 20,
    };
  } finally {
    delays.disable();
    clearInterval(sampling);
    await truncate(file, 0);
    await vscode.commands.executeCommand('notifications.clearAll');
  }
}
