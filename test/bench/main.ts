/**
 * `npm run bench`: ourselves and others in turn, on the same servers, in one run; prints Markdown and
 * leaves it in out/bench/report.md.
 *
 *   --only upload,small   only these groups
 *   --rounds 7            of each; 5 unless told
 *   --quick               a tenth of it: to see whether it runs
 */
import { mkdir, writeFile } from 'node:fs/promises';
import * as path from 'node:path';
import { parseArgs } from 'node:util';
import { projectFolder } from '../host/project';
import { bundle } from './bundle';
import { byHand } from './byHand';
import { cancelling } from './cancelling';
import { bundleContestant } from './contestant';
import type { Context } from './context';
import { editor } from './editor';
import { gigabit } from './gigabit';
import { largeDownload, largeUpload } from './largeFiles';
import { machine } from './machine';
import { memory } from './memory';
import { absent, installed } from './peers';
import { Report } from './report';
import { Scratch } from './scratch';
import { smallDownloads, smallUploads } from './smallFiles';

const groups: Readonly<Record<string, (context: Context) => Promise<void>>> = {
  upload: largeUpload,
  download: largeDownload,
  small: smallUploads,
  'small-downloads': smallDownloads,
  memory,
  gigabit,
  cancel: cancelling,
  editor,
  hand: byHand,
  bundle,
};

/** No group takes half of this. */
const PATIENCE = 6 * 60_000;

async function main(): Promise<boolean> {
  const { only, rounds, quick } = chosen();
  const report = new Report();
  const scratch = await Scratch.make();
  const end = (): void => void scratch.remove().finally(() => process.exit(1));
  process.once('SIGINT', end);
  process.once('SIGTERM', end);
  try {
    const contestant = await bundleContestant();
    const context = {
      report,
      scratch,
      rounds,
      quick,
      installed: await installed(),
      bundle: contestant,
    };
    report.text(`# Measured ${new Date().toISOString().slice(0, 10)}`);
    report.text(
      `${await machine()}; ${rounds} rounds in turn: medians, in brackets the least and the most. ` +
        'A ratio is taken round by round. Read the ratios, not the seconds.',
    );
    report.text(absent(context.installed) ?? '');
    for (const name of only) {
      const begun = performance.now();
      try {
        await ended(groups[name]?.(context));
      } catch (error) {
        report.missing(name, error);
      }
      console.error(`(${name}: ${((performance.now() - begun) / 1000).toFixed(0)} s)`);
    }
    return report.finish();
  } finally {
    await scratch.remove();
    await save(report);
  }
}

/** Whatever hangs is given up, and the others are still measured. @throws Error after minutes */
async function ended(group: Promise<void> | undefined): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('it did not come to an end')), PATIENCE);
  });
  try {
    await Promise.race([group, late]);
  } finally {
    clearTimeout(timer);
  }
}

function chosen(): { only: readonly string[]; rounds: number; quick: boolean } {
  const { values } = parseArgs({
    options: {
      only: { type: 'string' },
      rounds: { type: 'string' },
      quick: { type: 'boolean', default: false },
    },
  });
  const names = Object.keys(groups);
  const only = values.only?.split(',') ?? names;
  const unknown = only.find(name => !names.includes(name));
  if (unknown !== undefined) {
    throw new Error(`--only ${unknown}: there are ${names.join(', ')}`);
  }
  const rounds = Number(values.rounds ?? (values.quick ? 1 : 5));
  if (!Number.isInteger(rounds) || rounds < 1) {
    throw new Error(`--rounds ${String(values.rounds)} is no number of rounds`);
  }
  return { only, rounds, quick: values.quick };
}

async function save(report: Report): Promise<void> {
  const file = path.join(projectFolder, 'out', 'bench', 'report.md');
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, report.toString());
  console.error(`The report is in ${path.relative(process.cwd(), file)}`);
}

main().then(
  complete => process.exit(complete ? 0 : 1),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
