import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { contest, tell } from './contest';
import type { Contest } from './contest';
import { orderFor } from './contestant';
import type { Context } from './context';
import { curlDownload, curlUpload, fetched, md5Of } from './largeFiles';
import { shellPeer } from './peers';
import { startPyrusProcess } from './pyrusChild';
import type { PyrusProcess } from './pyrusChild';
import { MIB } from './scratch';

const GIGABIT = 125_000_000;

/** A quarter of a GiB each way over a line of 1 Gbit/s: what a fast office has. */
export async function gigabit(context: Context): Promise<void> {
  const { scratch, quick, report, bundle } = context;
  const size = (quick ? 32 : 256) * MIB;
  const path = await scratch.hole(size);
  const pyrus = await startPyrusProcess({ uploadWork: 'drain', assumedMd5: await md5Of(path) });
  const line = fork(join(__dirname, 'slowLine.js'), [pyrus.origins.files, String(GIGABIT)]);
  try {
    const [port] = (await once(line, 'message')) as [number];
    const far = behind(pyrus, `http://127.0.0.1:${port}`);
    const file = await pyrus.addFile({ name: 'large.bin', content: size });
    const folder = await scratch.target();
    const { curl } = context.installed;
    const race: Contest = {
      peers: curl
        ? [
            shellPeer('curl -F', curlUpload(far, path)),
            shellPeer('curl -OJ', curlDownload(far, file, folder)),
          ]
        : [],
      ours: [
        {
          name: 'ours, upload',
          order: () => Promise.resolve(orderFor(far, [{ path, name: 'large.bin', size }])),
        },
        {
          name: 'ours, download',
          order: () => Promise.resolve(orderFor(far, [fetched(file, folder)])),
        },
      ],
      against: ['curl -F', 'curl -OJ'],
      before: () => scratch.target(),
      rounds: Math.ceil(context.rounds / 2),
    };
    report.heading(`1 × ${size / MIB} MiB at 1 Gbit/s, verified`);
    const result = await contest(bundle, race);
    tell(context, race, result);
    for (const [own, peer] of [
      ['ours, upload', 'curl -F'],
      ['ours, download', 'curl -OJ'],
    ] as const) {
      report.target({
        id: 'T3',
        text: `${own.replace('ours, ', '')} at 1 Gbit/s, verified, × \`${peer}\``,
        limit: 1.01,
        values: result.rounds.ratios(own, peer),
      });
      report.target({
        id: 'T5',
        text: `thread busy during the ${own.replace('ours, ', '')}`,
        limit: 0.12,
        values: (result.measured.get(own) ?? []).map(({ busy }) => busy),
      });
    }
  } finally {
    line.kill();
    pyrus.stop();
  }
}

function behind(pyrus: PyrusProcess, files: string): PyrusProcess {
  return { ...pyrus, origins: { ...pyrus.origins, files } };
}
