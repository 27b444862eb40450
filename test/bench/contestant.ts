import { fork } from 'node:child_process';
import { once } from 'node:events';
import * as path from 'node:path';
import * as esbuild from 'esbuild';
import { bundleOptions } from '../host/extensionBundle';
import { projectFolder } from '../host/project';
import type { FileInPyrus, PyrusProcess } from './pyrusChild';

/** A file to send; with an id one to fetch into the folder `path`. */
export interface OrderedFile extends Partial<FileInPyrus> {
  readonly path: string;
  readonly name: string;
  readonly size: number;
}

/** What our side is told to move. */
export interface Order {
  readonly apiUrl: string;
  readonly filesUrl: string;
  readonly token: string;
  readonly items: readonly OrderedFile[];
  /** A fixed number; found by itself when left out. */
  readonly lanes?: number;
  readonly assumedMd5?: string;
  /** Cancels all of it when so many bytes of a file are sent. */
  readonly cancelAfter?: number;
}

/** How it went, without the start of the process: the extension host is there already. */
export interface Measured {
  readonly seconds: number;
  /** With the start of the process and the loading of the code. */
  readonly whole: number;
  /** Of all threads, in seconds: it hardly depends on what else the machine does. */
  readonly cpu: number;
  /** Share of the time in which the one thread was busy. */
  readonly busy: number;
  /** 99 of 100 other things had to wait no longer than this, in milliseconds. */
  readonly delay: number;
  /** Peak resident memory beyond that of the loaded process, in MiB. */
  readonly growth: number;
  /** Transfers at a time. */
  readonly most: number;
  /** In milliseconds since 1970. */
  readonly cancelledAt?: number;
}

/** Bundles ours.ts with the options of the product, minified. @returns the file */
export async function bundleContestant(): Promise<string> {
  const [atStartUp, { alias }] = bundleOptions();
  const outdir = path.join(projectFolder, 'out', 'bench');
  await esbuild.build({
    ...atStartUp,
    alias,
    absWorkingDir: projectFolder,
    entryPoints: ['test/bench/ours.ts', 'src/transfer/md5Worker.ts'],
    outdir,
    minify: true,
    sourcemap: false,
  });
  return path.join(outdir, 'ours.js');
}

export function orderFor(
  { origins, token }: PyrusProcess,
  items: readonly OrderedFile[],
  more: Partial<Order> = {},
): Order {
  return { apiUrl: `${origins.api}/v4/`, filesUrl: `${origins.files}/`, token, items, ...more };
}

/** Has a fresh process do it. */
export async function measure(bundle: string, order: Order): Promise<Measured> {
  const begun = performance.now();
  const child = fork(bundle, { execArgv: [], timeout: 120_000 });
  const ended = once(child, 'exit');
  try {
    child.send(order);
    const [answer] = (await Promise.race([
      once(child, 'message'),
      ended.then(() => [{ error: 'the process ended' }]),
    ])) as [Omit<Measured, 'whole'> | { readonly error: string }];
    if ('error' in answer) {
      throw new Error(answer.error);
    }
    return { ...answer, whole: (performance.now() - begun) / 1000 };
  } finally {
    child.kill();
    await ended;
  }
}
