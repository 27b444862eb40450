import { Transform } from 'node:stream';
import type { TransformCallback } from 'node:stream';
import type { TransferOptions } from './client';
import { fileNameFrom } from './contentDisposition';
import { PyrusError } from './errors';
import { RouteMissing } from './exchange';
import type { Exchange } from './exchange';
import { explain } from './http';
import type { HttpReply, HttpRequest } from './http';
import type { IncomingFile } from './ports';
import type { Grant } from './session';
import type { Refusal } from './answers';

/**
 * One try at fetching a file. The files host first, then the API host (help page "Files"), then the
 * address the official Python and C# clients use.
 */
export async function receive<T>(
  exchange: Exchange,
  grant: Grant,
  id: number,
  take: (file: IncomingFile) => Promise<T>,
  { signal, onWait }: TransferOptions,
): Promise<T> {
  const urls = [
    new URL(`v4/files/download/${id}`, grant.filesUrl),
    new URL(`files/download/${id}`, grant.apiUrl),
    new URL(`services/attachment?Id=${id}`, grant.filesUrl),
  ];
  for (const url of urls) {
    try {
      return await exchange.call({
        method: 'GET',
        url,
        token: grant.token,
        signal,
        ...(onWait === undefined ? {} : { onWait }),
        read: (reply, request) => take(incomingFile(reply, request)),
        refused: refusal => refusedFile(refusal, id),
      });
    } catch (error) {
      if (!(error instanceof RouteMissing)) {
        throw error;
      }
    }
  }
  // Every known address answered 404 without a word of Pyrus: to the official clients that means
  // that the file is missing.
  throw new PyrusError({ kind: 'fileMissing', id });
}

/** Statuses and codes as the official clients read them on the file addresses. */
function refusedFile({ status, code }: Refusal, id: number): PyrusError | undefined {
  if (code === 'unrecognized_attachment_id') {
    return new PyrusError({ kind: 'fileUnknown', id });
  }
  if (code === 'file_is_missing') {
    return new PyrusError({ kind: 'fileMissing', id });
  }
  if (code === 'access_denied_file' || (status === 403 && code === undefined)) {
    return new PyrusError({ kind: 'fileForbidden', id });
  }
  return status === 410 ? new PyrusError({ kind: 'fileRemoved', id }) : undefined;
}

function incomingFile(reply: HttpReply, request: HttpRequest): IncomingFile {
  const { headers, host, status } = reply;
  const encoding = headers.get('content-encoding') ?? 'identity';
  if (encoding !== 'identity') {
    throw new PyrusError({ kind: 'encodedDownload', encoding });
  }
  const disposition = headers.get('content-disposition');
  if (disposition === null && /^text\/html\b/i.test(headers.get('content-type') ?? '')) {
    throw new PyrusError({ kind: 'notPyrus', host, status });
  }
  const size = contentLength(headers.get('content-length'));
  const name = fileNameFrom(disposition);
  const meter = new Meter(request);
  // Who wants the name only reads no body: its failure is nobody's then, and must not end the process.
  // Whoever does read is told by the stream as ever.
  meter.on('error', () => undefined);
  const fail = (error: unknown): void =>
    void meter.destroy(withCounts(explain(error, request), size, meter.count) as Error);
  reply.body.once('error', fail);
  reply.body.pipe(meter).once('close', () => reply.body.destroy());
  return {
    ...(name === undefined ? {} : { name }),
    ...(size === undefined ? {} : { size }),
    openEnded: size === undefined && !/\bchunked$/i.test(headers.get('transfer-encoding') ?? ''),
    body: meter,
    assertComplete: () => {
      if (size !== undefined && meter.count !== size) {
        throw new PyrusError({
          kind: 'incompleteDownload',
          expected: size,
          received: meter.count,
        });
      }
    },
  };
}

/** A connection that broke in the body: how much of it came says more than that it broke. */
function withCounts(error: unknown, expected: number | undefined, received: number): unknown {
  return expected !== undefined &&
    error instanceof PyrusError &&
    error.failure.kind === 'connectionLost'
    ? new PyrusError({ kind: 'incompleteDownload', expected, received }, { cause: error })
    : error;
}

/** Counts the bytes that pass and tells the watchdog; node-fetch can lose the end without a word. */
class Meter extends Transform {
  count = 0;

  constructor(private readonly request: HttpRequest) {
    super({ highWaterMark: 1024 * 1024 });
    request.watchdog.touch('receive');
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.count += chunk.length;
    this.request.watchdog.touch();
    done(null, chunk);
  }
}

function contentLength(header: string | null): number | undefined {
  return header !== null && /^\d{1,16}$/.test(header) ? Number(header) : undefined;
}
