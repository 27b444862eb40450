import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { authorize } from '../../src/pyrus/auth';
import { PyrusClient } from '../../src/pyrus/client';
import { Exchange } from '../../src/pyrus/exchange';
import { send } from '../../src/pyrus/http';
import { RateGate } from '../../src/pyrus/rateLimit';
import { RetryBudget } from '../../src/pyrus/retry';
import { Session } from '../../src/pyrus/session';
import { fileSource } from '../../src/transfer/fileSource';
import { saveLocally } from '../../src/transfer/localTarget';
import { md5Worker } from '../../src/transfer/md5';

/** What the test says on the command line, as JSON. */
interface Parameters {
  readonly direction: 'upload' | 'download';
  readonly id: number;
  /** Bytes. */
  readonly size: number;
  readonly md5: string;
  readonly folder: string;
  readonly login: string;
  readonly securityKey: string;
  readonly origin: string;
}

const { signal } = new AbortController();

/** The client as the extension puts it together, signed in. */
async function clientOf({ origin, login, securityKey }: Parameters): Promise<PyrusClient> {
  const exchange = new Exchange(send, new RateGate());
  const server = { kind: 'onPremises', origin } as const;
  const { token, addresses } = await authorize(exchange, server, { login, securityKey }, signal);
  const grant = { token, ...addresses };
  const grants = {
    current: () => Promise.resolve(grant),
    secrets: () => Promise.resolve([]),
    renew: () => Promise.reject(new Error()),
  };
  return new PyrusClient(new Session(grants), exchange, new RetryBudget());
}

async function download(client: PyrusClient, { id, size, md5, folder }: Parameters): Promise<void> {
  const saved = await client.download(
    id,
    file =>
      saveLocally(
        folder,
        { replace: 'large.bin' },
        {
          file,
          expected: { size, md5 },
          signal,
          onBytes: () => undefined,
        },
      ),
    { signal },
  );
  if (!('size' in saved) || saved.size !== size) {
    throw new Error('not saved');
  }
}

/** A file without content on the disk: blocks are made up when read. */
async function sparse(path: string, size: number): Promise<string> {
  const handle = await open(path, 'w');
  await handle.truncate(size);
  await handle.close();
  return path;
}

async function upload(client: PyrusClient, path: string, size: number): Promise<void> {
  const uploaded = await client.upload(await fileSource(await sparse(path, size)), { signal });
  if (uploaded.size !== size) {
    throw new Error('not uploaded');
  }
}

async function main(): Promise<void> {
  const parameters = JSON.parse(process.argv[2] ?? '') as Parameters;
  const client = await clientOf(parameters);
  // Everything is loaded, and the worker's thread is there, before the count begins.
  await upload(client, join(parameters.folder, 'small.bin'), 20 * 1024 * 1024);
  const before = process.memoryUsage.rss();
  let most = before;
  const sampling = setInterval(() => (most = Math.max(most, process.memoryUsage.rss())), 20);
  // A failure ends the process, too.
  sampling.unref();
  await (parameters.direction === 'upload'
    ? upload(client, join(parameters.folder, 'source.bin'), parameters.size)
    : download(client, parameters));
  clearInterval(sampling);
  await Promise.all([
    rm(join(parameters.folder, 'large.bin'), { force: true }),
    rm(join(parameters.folder, 'source.bin'), { force: true }),
  ]);
  await md5Worker.end();
  console.log(most - before);
}

void main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
