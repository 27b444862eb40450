import { writeFile } from 'node:fs/promises';
import * as path from 'node:path';
import { contest, tell } from './contest';
import type { Contest, Contestant, Result } from './contest';
import { orderFor } from './contestant';
import type { Order, OrderedFile } from './contestant';
import type { Context } from './context';
import { curlDownload, curlUpload, fetched } from './largeFiles';
import { downloadUrl, nodePeer, pythonPeer, shellPeer, uploadUrl } from './peers';
import type { Job, Peer } from './peers';
import { startPyrusProcess } from './pyrusChild';
import type { FileInPyrus, PyrusProcess } from './pyrusChild';
import { KIB } from './scratch';

const SIZE = 64 * KIB;
const KEPT_ALIVE = 'curl, one after another';
const EACH = 'curl, a process a file';
const PYTHON = 'official Python client’s way';

/** Many small files sent, to a server next door and to one 30 ms away. */
export async function smallUploads(context: Context): Promise<void> {
  const { scratch, quick, report } = context;
  const count = quick ? 40 : 200;
  const paths = await scratch.files(count, SIZE);
  const items = paths.map(file => ({ path: file, name: path.basename(file), size: SIZE }));
  for (const latencyMs of [0, 30]) {
    const pyrus = await startPyrusProcess({ latencyMs });
    try {
      const job = { pyrus, paths, folder: scratch.folder };
      const race: Contest = {
        peers: await peers(
          context,
          job,
          curlConfig(pyrus, paths),
          paths.map(file => curlUpload(pyrus, file)),
        ),
        ours: contestants(() => Promise.resolve(orderFor(pyrus, items))),
        against: [KEPT_ALIVE, EACH, PYTHON],
        rounds: roundsFor(context, latencyMs),
      };
      report.heading(`Upload of ${count} × 64 KiB, the server ${latencyMs} ms away`);
      const result = await contest(context.bundle, race);
      tell(context, race, result);
      judge(context, 'uploaded', latencyMs, result);
    } finally {
      pyrus.stop();
    }
  }
}

/** The same the other way. */
export async function smallDownloads(context: Context): Promise<void> {
  const { scratch, quick, report } = context;
  const count = quick ? 40 : 200;
  for (const latencyMs of [0, 30]) {
    const pyrus = await startPyrusProcess({ latencyMs });
    try {
      const files: FileInPyrus[] = [];
      for (let at = 0; at < count; at += 1) {
        files.push(await pyrus.addFile({ name: `small-${at}.bin`, content: SIZE }));
      }
      const folder = await scratch.target();
      const job = { pyrus, files, folder };
      const items = (): OrderedFile[] => files.map(file => fetched(file, folder));
      const race: Contest = {
        peers: await peers(
          context,
          job,
          files
            .map(file =>
              curlPart(pyrus, [
                `url = "${downloadUrl(pyrus)}${file.id}"`,
                'remote-name',
                'remote-header-name',
                `output-dir = "${folder}"`,
              ]),
            )
            .join('next\n'),
          files.map(file => curlDownload(pyrus, file, folder)),
        ),
        ours: contestants(() => Promise.resolve(orderFor(pyrus, items()))),
        against: [KEPT_ALIVE, EACH, PYTHON],
        before: () => scratch.target(),
        after: () => scratch.assertArrived(count, SIZE),
        rounds: roundsFor(context, latencyMs),
      };
      report.heading(`Download of ${count} × 64 KiB, the server ${latencyMs} ms away`);
      const result = await contest(context.bundle, race);
      tell(context, race, result);
      judge(context, 'downloaded', latencyMs, result);
    } finally {
      pyrus.stop();
    }
  }
}

/** Those that wait for 30 ms six hundred times a round are measured less often. */
function roundsFor({ rounds }: Context, latencyMs: number): number {
  return latencyMs === 0 ? rounds : Math.ceil(rounds / 2);
}

function contestants(order: () => Promise<Order>): Contestant[] {
  const fixed = [4, 8, 12].map(lanes => ({
    name: `ours, ${lanes} at a time`,
    order: async () => ({ ...(await order()), lanes }),
  }));
  return [{ name: 'ours, verified', order }, ...fixed];
}

/** @param single the commands for one file each */
async function peers(
  { installed, scratch }: Context,
  job: Job,
  config: string,
  single: readonly string[],
): Promise<Peer[]> {
  const list = path.join(scratch.folder, 'curl.txt');
  await writeFile(list, config);
  const script = path.join(scratch.folder, 'curl.sh');
  await writeFile(script, single.map(line => `(${line}) || exit 1`).join('\n'));
  const quiet = '-sSf';
  const { python } = installed;
  return [
    ...(installed.curl
      ? [
          shellPeer(KEPT_ALIVE, `curl ${quiet} -K '${list}' >/dev/null`),
          shellPeer(
            'curl --parallel, 8 at a time',
            `curl ${quiet} -Z --parallel-max 8 -K '${list}' >/dev/null`,
          ),
          shellPeer(EACH, `bash '${script}'`),
        ]
      : []),
    ...(python === undefined ? [] : [pythonPeer(python, job)]),
    nodePeer(job),
  ];
}

function curlConfig(pyrus: PyrusProcess, paths: readonly string[]): string {
  return paths
    .map(file => curlPart(pyrus, [`url = "${uploadUrl(pyrus)}"`, `form = "file=@${file}"`]))
    .join('next\n');
}

function curlPart({ token }: PyrusProcess, lines: readonly string[]): string {
  return `${[`header = "Authorization: Bearer ${token}"`, 'silent', 'show-error', 'fail', ...lines].join('\n')}\n`;
}

function judge(
  { report }: Context,
  moved: string,
  latencyMs: number,
  { rounds, wholes }: Result,
): void {
  const what = `small files ${moved}, ${latencyMs} ms away, × `;
  const ours = 'ours, verified';
  const target = (peer: string, limit: number, values: readonly number[], id = 'T6'): void =>
    report.target({ id, text: what + peer, limit, values });
  if (latencyMs === 0) {
    target(`${PYTHON}, whole processes`, 1, wholes.ratios(ours, PYTHON));
    target(`${PYTHON}, without the start of either`, 1, rounds.ratios(ours, PYTHON));
    target(EACH, 0.25, wholes.ratios(ours, EACH), 'P9');
    target('four at a time, as before', 1.05, rounds.ratios(ours, 'ours, 4 at a time'));
  } else {
    target(KEPT_ALIVE, 0.17, rounds.ratios(ours, KEPT_ALIVE));
  }
}
