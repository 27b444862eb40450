/**
 * Uploads large files in the real editor, as packed, beside curl on the same server in the same run:
 * `node out/test/bench/inEditor.js [rounds]` after `npm run package` and `npm run compile`. Linux only.
 */
import { execFile } from 'node:child_process';
import { readFile, readdir, truncate, writeFile } from 'node:fs/promises';
import * as path from 'node:path';
import { promisify } from 'node:util';
import type { SeenRequest } from '../pyrus-server/journal';
import { openScene, signIn } from '../workbench/signedIn';
import type { Scene } from '../workbench/signedIn';

const run = promisify(execFile);
const MIB = 1024 * 1024;
/** The largest that fits: the form around a file counts towards Pyrus's 2 GiB. */
const SIZES: readonly [string, number][] = [
  ['64 MiB', 64 * MIB],
  ['1 GiB', 1024 * MIB],
  ['2 GiB − 1 KiB', 2048 * MIB - 1024],
];

interface Row {
  readonly size: string;
  readonly ours: number;
  readonly curl: number;
  readonly curlAndMd5: number;
  readonly growth: number;
}

async function main(): Promise<void> {
  const rounds = Number(process.argv[2] ?? 3);
  const scene = await openScene();
  try {
    await signIn(scene);
    await writeFile(path.join(scene.workbench.workspaceFolder, 'warm.txt'), 'warm');
    await uploadInEditor(scene, 'warm.txt');
    const rows: Row[] = [];
    for (const [size, bytes] of SIZES) {
      const file = path.join(scene.workbench.workspaceFolder, 'bench.bin');
      await writeFile(file, '');
      await truncate(file, bytes);
      const all: Row[] = [];
      for (let round = 0; round < rounds; round++) {
        all.push({
          size,
          curl: await timed(() => curl(scene, file)),
          curlAndMd5: await timed(() => Promise.all([curl(scene, file), run('md5sum', [file])])),
          ...(await uploadInEditor(scene, 'bench.bin')),
        });
      }
      rows.push(medians(all));
    }
    print(rows);
  } finally {
    await scene.close();
  }
}

/** @returns seconds from the first byte of the request to its answer; MiB the host grew meanwhile */
async function uploadInEditor(
  scene: Scene,
  name: string,
): Promise<{ ours: number; growth: number }> {
  const { explorer, notifications } = scene.workbench;
  const pid = await extensionHost(scene);
  const before = await residentMiB(pid);
  const earlier = scene.pyrus.requests.length;
  let peak = before;
  const sampling = setInterval(() => {
    void residentMiB(pid).then(now => (peak = Math.max(peak, now)));
  }, 50);
  await (await explorer.contextMenu(name)).choose('Upload to Pyrus and Copy GUID');
  const toast = await notifications.toast(`“${name}” is in Pyrus`, 120_000);
  clearInterval(sampling);
  await toast.close();
  const upload = scene.pyrus.requests
    .slice(earlier)
    .find(({ path: url }) => url.includes('upload'));
  return { ours: seconds(upload), growth: peak - before };
}

function seconds(request: SeenRequest | undefined): number {
  if (request?.endedAt === undefined) {
    throw new Error('the upload was not answered');
  }
  return (request.endedAt - request.startedAt) / 1000;
}

async function curl({ pyrus }: Scene, file: string): Promise<void> {
  const token = pyrus.validTokens().at(-1) ?? pyrus.issueToken();
  const url = `${pyrus.origins.files}/v4/files/upload`;
  await run('curl', ['-sSf', '-H', `Authorization: Bearer ${token}`, '-F', `file=@${file}`, url]);
}

async function timed(action: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await action();
  return (performance.now() - started) / 1000;
}

/** The extension host of this scene's own server, which is its parent. */
async function extensionHost({ workbench }: Scene): Promise<number> {
  const profile = path.dirname(workbench.workspaceFolder);
  const pids = (await readdir('/proc')).filter(name => /^\d+$/.test(name));
  for (const pid of pids) {
    if ((await commandOf(pid)).includes('--type=extensionHost')) {
      const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
      const parent = /\) \w (\d+) /.exec(stat)?.[1] ?? '';
      if ((await commandOf(parent)).includes(profile)) {
        return Number(pid);
      }
    }
  }
  throw new Error('no extension host found');
}

async function commandOf(pid: string): Promise<string> {
  // A process may end while we look.
  return readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
}

async function residentMiB(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1024;
}

function medians(rows: readonly Row[]): Row {
  const median = (pick: (row: Row) => number): number =>
    rows.map(pick).sort((a, b) => a - b)[Math.floor(rows.length / 2)] ?? NaN;
  return {
    size: rows[0]?.size ?? '',
    ours: median(row => row.ours),
    curl: median(row => row.curl),
    curlAndMd5: median(row => row.curlAndMd5),
    growth: Math.max(...rows.map(row => row.growth)),
  };
}

function print(rows: readonly Row[]): void {
  console.log(
    '| file | ours, verified, s | curl -F, s | × curl | × "md5sum & curl" | growth, MiB |',
  );
  console.log('|---|---|---|---|---|---|');
  for (const { size, ours, curl: plain, curlAndMd5, growth } of rows) {
    const cells = [size, ours, plain, ours / plain, ours / curlAndMd5, growth];
    console.log(
      `| ${cells.map(cell => (typeof cell === 'number' ? cell.toFixed(2) : cell)).join(' | ')} |`,
    );
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
