import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { contest, tell } from './contest';
import type { Contest, Result } from './contest';
import { orderFor } from './contestant';
import type { OrderedFile } from './contestant';
import type { Context } from './context';
import { downloadUrl, hashingNodePeer, nodePeer, pythonPeer, shellPeer, uploadUrl } from './peers';
import type { Peer } from './peers';
import { startPyrusProcess } from './pyrusChild';
import type { FileInPyrus, PyrusProcess } from './pyrusChild';
import { GIB, MIB } from './scratch';

const CURL = 'curl -F';
const CURL_AND_MD5 = 'md5sum & curl -F';
const CURL_DOWN = 'curl -OJ';
const CURL_DOWN_MD5 = 'curl -OJ; md5sum';

/** One file of 1 GiB sent, to a server that reads and throws away. */
export async function largeUpload(context: Context): Promise<void> {
  const { report, scratch, bundle, quick } = context;
  const path = await scratch.hole(quick ? GIB / 8 : GIB);
  const assumedMd5 = await md5Of(path);
  const pyrus = await startPyrusProcess({ uploadWork: 'drain', assumedMd5 });
  try {
    const item = { path, name: 'large.bin', size: (await stat(path)).size };
    const order = orderFor(pyrus, [item]);
    const race: Contest = {
      peers: uploadPeers(context, pyrus, path),
      ours: [
        { name: 'ours, verified', order: () => Promise.resolve(order) },
        { name: 'ours, without MD5', order: () => Promise.resolve({ ...order, assumedMd5 }) },
      ],
      against: [CURL, CURL_AND_MD5],
      rounds: context.rounds,
    };
    report.heading(`Upload of 1 × ${mebibytes(item.size)}`);
    const result = await contest(bundle, race);
    tell(context, race, result);
    judgeUpload(context, result);
  } finally {
    pyrus.stop();
  }
}

function uploadPeers({ installed, scratch }: Context, pyrus: PyrusProcess, path: string): Peer[] {
  const curl = curlUpload(pyrus, path);
  const job = { pyrus, paths: [path], folder: scratch.folder };
  const { python } = installed;
  return [
    ...(installed.curl ? [shellPeer(CURL, curl)] : []),
    ...(installed.curl && installed.md5sum
      ? [shellPeer(CURL_AND_MD5, `md5sum '${path}' >/dev/null & ${curl}; wait`)]
      : []),
    ...(python === undefined ? [] : [{ ...pythonPeer(python, job), isSlow: true }]),
    nodePeer(job),
    hashingNodePeer(job),
  ];
}

function judgeUpload({ report }: Context, { rounds, measured }: Result): void {
  const own = measured.get('ours, verified') ?? [];
  report.target({
    id: 'T1',
    text: 'large upload, verified, × `md5sum & curl -F`',
    limit: 1,
    values: rounds.ratios('ours, verified', CURL_AND_MD5),
  });
  report.target({
    id: 'T1',
    text: 'the same without MD5, × `curl -F`',
    limit: 1.1,
    values: rounds.ratios('ours, without MD5', CURL),
  });
  report.target({
    id: 'P2',
    text: 'large upload, verified, × plain node-fetch + form-data + MD5',
    limit: 0.55,
    values: rounds.ratios('ours, verified', 'plain node-fetch + form-data + MD5'),
  });
  report.target({
    id: 'T5',
    text: 'thread busy during it',
    limit: 0.4,
    values: own.map(({ busy }) => busy),
  });
  report.target({
    id: 'T5',
    text: 'event-loop delay p99 during it, ms',
    limit: 10,
    values: own.map(({ delay }) => delay),
    digits: 1,
  });
}

/** One file of 1 GiB fetched: to disk, verified, named when complete. */
export async function largeDownload(context: Context): Promise<void> {
  const { report, scratch, bundle, quick } = context;
  const pyrus = await startPyrusProcess({});
  try {
    const file = await pyrus.addFile({ name: 'large.bin', content: quick ? GIB / 8 : GIB });
    const race: Contest = {
      peers: await downloadPeers(context, pyrus, file),
      ours: [
        {
          name: 'ours, verified',
          order: async () => orderFor(pyrus, [fetched(file, await scratch.target())]),
        },
      ],
      against: [CURL_DOWN, CURL_DOWN_MD5],
      before: () => scratch.target(),
      after: () => scratch.assertArrived(1, file.size),
      rounds: context.rounds,
    };
    report.heading(`Download of 1 × ${mebibytes(file.size)}`);
    const result = await contest(bundle, race);
    tell(context, race, result);
    report.target({
      id: 'T2',
      text: 'large download, verified, × `curl -OJ; md5sum`',
      limit: 0.7,
      values: result.rounds.ratios('ours, verified', CURL_DOWN_MD5),
    });
    report.target({
      id: 'P4',
      text: 'large download, verified, × `curl -OJ`, which verifies nothing',
      limit: 2,
      values: result.rounds.ratios('ours, verified', CURL_DOWN),
    });
  } finally {
    pyrus.stop();
  }
}

async function downloadPeers(
  { installed, scratch }: Context,
  pyrus: PyrusProcess,
  file: FileInPyrus,
): Promise<Peer[]> {
  const folder = await scratch.target();
  const curl = curlDownload(pyrus, file, folder);
  const job = { pyrus, files: [file], folder };
  const { python } = installed;
  return [
    ...(installed.curl ? [shellPeer(CURL_DOWN, curl)] : []),
    ...(installed.curl && installed.md5sum
      ? [shellPeer(CURL_DOWN_MD5, `${curl} && md5sum '${folder}/${file.name}' >/dev/null`)]
      : []),
    ...(python === undefined ? [] : [{ ...pythonPeer(python, job), isSlow: true }]),
    nodePeer(job),
  ];
}

export function curlUpload({ token, ...pyrus }: PyrusProcess, path: string): string {
  const url = uploadUrl({ token, ...pyrus });
  return `curl -sSf -o /dev/null -H 'Authorization: Bearer ${token}' -F 'file=@${path}' '${url}'`;
}

export function curlDownload(pyrus: PyrusProcess, { id }: FileInPyrus, folder: string): string {
  const url = `${downloadUrl(pyrus)}${id}`;
  return `cd '${folder}' && curl -sSf -OJ -H 'Authorization: Bearer ${pyrus.token}' '${url}'`;
}

export function fetched(file: FileInPyrus, folder: string): OrderedFile {
  return { ...file, path: folder };
}

export async function md5Of(path: string): Promise<string> {
  const hash = createHash('md5');
  await pipeline(createReadStream(path, { highWaterMark: MIB }), hash);
  return hash.digest('hex');
}

export function mebibytes(bytes: number): string {
  return bytes < GIB ? `${bytes / MIB} MiB` : `${bytes / GIB} GiB`;
}
