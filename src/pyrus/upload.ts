import { readJson } from './answers';
import { PyrusError } from './errors';
import type { TimeoutPhase } from './errors';
import type { Call, Exchange } from './exchange';
import { multipartBody } from './multipart';
import type { UploadOptions } from './client';
import type { OpenSource, UploadSource } from './ports';
import type { Grant } from './session';
import { uploadPatience } from './watchdog';
import type { Watchdog } from './watchdog';
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
  options: UploadOptions,
): Promise<Uploaded> {
  const urls = [new URL('v4/files/upload', grant.filesUrl), new URL('files/upload', grant.apiUrl)];
  return exchange.firstRoute(urls, url =>
    exchange.inTurn(() => sendTo({ exchange, url, grant, source, options }), options),
  );
}

interface Sending {
  readonly exchange: Exchange;
  readonly url: URL;
  readonly grant: Grant;
  readonly source: UploadSource;
  readonly options: UploadOptions;
}

/**
 * Watched from the moment there is something to send: a file that comes from elsewhere may take its
 * time to open, of which Pyrus knows nothing. Who will not wait for it cancels.
 */
async function sendTo({ exchange, url, grant, source, options }: Sending): Promise<Uploaded> {
  const { signal, onProgress } = options;
  let sent = 0;
  let open: OpenSource | undefined;
  let watchdog: Watchdog | undefined;
  const awaited = (): TimeoutPhase => (sent < source.size ? 'send' : 'answer');
  try {
    onProgress?.(0);
    open = await source.open(signal, count => {
      sent += count;
      watchdog?.touch(awaited());
      onProgress?.(sent);
    });
    watchdog = exchange.watch({ url, patience: uploadPatience }, awaited());
    const { headers, body } = multipartBody(source.name, open, {
      onTaken: () => watchdog?.touch(),
      now: () => exchange.clock.now(),
    });
    const call: Call<UploadAnswer | undefined> = {
      method: 'POST',
      url,
      token: grant.token,
      headers,
      body,
      signal,
      read: async (reply, request) => uploadAnswer(await readJson(reply, request)),
    };
    const answer = await exchange.perform(call, watchdog);
    if (sent !== open.size) {
      throw new PyrusError({ kind: 'unexpectedAnswer', host: url.host, about: 'too early' });
    }
    return await verified(answer, open, url);
  } catch (error) {
    throw aboutUpload(error, source.size);
  } finally {
    watchdog?.dispose();
    await open?.close();
  }
}

/** What a failure means when it is an upload that failed. */
function aboutUpload(error: unknown, size: number): unknown {
  if (!(error instanceof PyrusError)) {
    return error;
  }
  const { failure } = error;
  if (failure.kind === 'fileTooLarge') {
    return new PyrusError({ ...failure, size }, { cause: error });
  }
  // The server has the bytes and perhaps a GUID: whether to send them all again is the user's choice.
  return failure.kind === 'timedOut' && failure.phase === 'answer'
    ? new PyrusError({ kind: 'notConfirmed', host: failure.host }, { cause: error })
    : error;
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
