import FormData from 'form-data';
import fetch from 'node-fetch';
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { multipartBody } from '../../src/pyrus/multipart';
import { fileSource } from '../../src/transfer/fileSource';

/** Ways to send a file, measured side by side. The first is the product's. */
export const contenders = [
  'ours',
  'ours, FormData as body',
  'ours, no md5',
  'raw http pipe',
] as const;

export type Contender = (typeof contenders)[number];

type Send = (url: string, file: string) => Promise<unknown>;

/** Throws when there is no such contender. */
export function upload(name: string): Send {
  switch (name) {
    case 'ours':
      return ours;
    case 'ours, FormData as body':
      return formDataAsBody;
    case 'ours, no md5':
      return withoutMd5;
    case 'raw http pipe':
      return rawPipe;
    default:
      throw new Error(`no contender ${name}`);
  }
}

async function ours(url: string, file: string): Promise<void> {
  const source = await fileSource(file);
  const open = await source.open(new AbortController().signal, () => undefined);
  try {
    await post(url, multipartBody(source.name, open));
    await open.verify();
  } finally {
    await open.close();
  }
}

async function formDataAsBody(url: string, file: string): Promise<void> {
  const source = await fileSource(file);
  const open = await source.open(new AbortController().signal, () => undefined);
  try {
    const form = new FormData();
    form.append('file', open.content, {
      filename: source.name,
      contentType: 'application/octet-stream',
      knownLength: open.size,
    });
    const headers = { ...form.getHeaders(), 'content-length': String(form.getLengthSync()) };
    await post(url, { headers, body: form });
    await open.verify();
  } finally {
    await open.close();
  }
}

/** The same way with nothing to hash: what the transport alone takes. */
async function withoutMd5(url: string, file: string): Promise<void> {
  const content = createReadStream(file, { highWaterMark: 1024 * 1024 });
  const { size } = await stat(file);
  await post(url, multipartBody('bare.bin', { content, size }));
}

async function rawPipe(url: string, file: string): Promise<void> {
  const { size } = await stat(file);
  const outgoing = request(url, { method: 'POST', headers: { 'content-length': size } });
  const answered = once(outgoing, 'response') as Promise<[IncomingMessage]>;
  await pipeline(createReadStream(file, { highWaterMark: 1024 * 1024 }), outgoing);
  await buffer((await answered)[0]);
}

async function post(
  url: string,
  { headers, body }: { headers: object; body: Buffer | Readable | FormData },
): Promise<void> {
  const answer = await fetch(url, { method: 'POST', headers: { ...headers }, body });
  await answer.text();
}
