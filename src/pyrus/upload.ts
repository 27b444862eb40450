import { readJson } from './answers';
import { PyrusError } from './errors';
import type { Exchange } from './exchange';
import { multipartBody } from './multipart';
import type { UploadOptions } from './client';
import type { OpenSource, UploadSource } from './ports';
import type { Grant } from './session';
import { Watchdog, uploadPatience } from './watchdog';
import { uploadAnswer } from './wire';
import type { UploadAnswer } from './wire';

/** A file that is in Pyrus, verified. */
export interface Uploaded {
  /** The ticket for attaching it: single use, lower-case. */
  readonly guid: string;
  /** Of the bytes sent and of the bytes stored: they are equal. */
  readonly md5: string;
  readonly size: number;
}

/**
 * One try, from opening the file to the checked GUID. The files host first, as the official clients
 * do since 2026, else the API host (help page "Files").
 */
export async function uploadOnce(
  exchange: Exchange,
  grant: Grant,
  source: UploadSource,
  options: Pick<UploadOptions, 'signal' | 'onProgress'>,
): Promise<Uploaded> {
  const urls = [new URL('v4/files/upload', grant.filesUrl), new URL('files/upload', grant.apiUrl)];
  return exchange.firstRoute(urls, url => sendTo(url, exchange, grant, source, options));
}

async function sendTo(
  url: URL,
  exchange: Exchange,
  grant: Grant,
  source: UploadSource,
  { signal, onProgress }: Pick<UploadOptions, 'signal' | 'onProgress'>,
): Promise<Uploaded> {
  const watchdog = new Watchdog(url.host, uploadPatience, 'send');
  let sent = 0;
  onProgress?.(0);
  const open = await source
    .open(signal, count => {
      sent += count;
      watchdog.touch(sent < source.size ? 'send' : 'answer');
      onProgress?.(sent);
    })
    .catch((error: unknown) => {
      watchdog.dispose();
      throw error;
    });
  try {
    const { headers, body } = multipartBody(source.name, open);
    const answer = await exchange.call(
      {
        method: 'POST',
        url,
        token: grant.token,
        headers,
        body,
        signal,
        read: async (reply, request) => uploadAnswer(await readJson(reply, request)),
      },
      watchdog,
    );
    if (sent !== open.size) {
      throw new PyrusError({ kind: 'unexpectedAnswer', host: url.host, about: 'too early' });
    }
    return await verified(answer, open, url);
  } finally {
    watchdog.dispose();
    await open.close();
  }
}

async function verified(
  answer: UploadAnswer | undefined,
  open: OpenSource,
  url: URL,
): Promise<Uploaded> {
  if (answer === undefined) {
    throw new PyrusError({ kind: 'unexpectedAnswer', host: url.host, about: 'no GUID or MD5' });
  }
  const md5 = await open.verify();
  if (answer.md5 !== md5) {
    throw new PyrusError({ kind: 'md5Mismatch', sent: md5, stored: answer.md5 });
  }
  return { guid: answer.guid, md5, size: open.size };
}
