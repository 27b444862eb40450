import { once } from 'node:events';
import { STATUS_CODES, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SendFault } from './faults';
import type { Reply } from './replies';

/**
 * Between the last bytes and a reset. libuv reports plain EOF when it polls both at once, so a reset
 * has to come after the client has read; no event tells us of that.
 */
const RESET_PAUSE_MS = 20;

/** How sending ended; see `SeenRequest.outcome`. */
export type SendOutcome = 'answered' | 'aborted' | 'cut';

/** Sends through `node:http`: kept alive, framed right. */
export async function send(reply: Reply, response: ServerResponse): Promise<SendOutcome> {
  response.sendDate = true;
  response.writeHead(reply.status, headersOf(reply));
  const gone = new Promise<void>(resolve => response.once('close', resolve));
  for (const block of blocksOf(reply)) {
    if (response.destroyed) {
      return 'aborted';
    }
    if (!response.write(block)) {
      await Promise.race([new Promise(resolve => response.once('drain', resolve)), gone]);
    }
  }
  await Promise.race([new Promise<void>(resolve => response.end(resolve)), gone]);
  return response.writableFinished ? 'answered' : 'aborted';
}

/**
 * Writes the answer to the socket itself, as scripted, and ends the connection (except after
 * `stallAfter` and `trailing`, which leave it open).
 */
export async function sendByHand(
  reply: Reply,
  socket: Socket,
  fault: SendFault,
  signal: AbortSignal,
): Promise<SendOutcome> {
  for (const piece of piecesOf(reply, fault)) {
    if (!(await write(socket, piece))) {
      return 'aborted';
    }
    if (fault.drip !== undefined) {
      await sleep(fault.drip.everyMs, undefined, { signal });
      await held(fault.drip.hold, signal);
    }
  }
  if (fault.cut !== undefined) {
    if (fault.cut.how === 'rst') {
      await sleep(RESET_PAUSE_MS, undefined, { signal });
    }
    breakOff(socket, fault.cut.how);
    return 'cut';
  }
  if (fault.stallAfter !== undefined) {
    // Half an answer is none: it is over when the client has had enough, also by a reset.
    await once(socket, 'close', { signal }).catch(() => signal.throwIfAborted());
    return 'aborted';
  }
  if (fault.trailing === undefined) {
    socket.end();
  }
  return 'answered';
}

/** Waits to be let go; a test that failed never does, and its server is to close all the same. */
async function held(hold: Promise<unknown> | undefined, signal: AbortSignal): Promise<void> {
  if (hold !== undefined) {
    await Promise.race([hold, once(signal, 'abort')]);
    signal.throwIfAborted();
  }
}

/** FIN, or RST. */
export function breakOff(socket: Socket, how: 'fin' | 'rst'): void {
  if (how === 'rst') {
    socket.resetAndDestroy();
  } else {
    socket.end();
  }
}

/** @returns false when the client is gone */
function write(socket: Socket, bytes: Buffer): Promise<boolean> {
  return new Promise(resolve => {
    if (socket.destroyed || !socket.writable) {
      resolve(false);
      return;
    }
    const onClose = (): void => resolve(false);
    socket.once('close', onClose);
    socket.write(bytes, error => {
      socket.off('close', onClose);
      resolve(error === undefined || error === null);
    });
  });
}

function* piecesOf(reply: Reply, fault: SendFault): Iterable<Buffer> {
  if (fault.cut?.at === 'head') {
    return;
  }
  if (fault.raw !== undefined) {
    yield* dripped([Buffer.from(fault.raw)], fault);
    return;
  }
  const interim = (fault.interim ?? []).map(
    status => `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n\r\n`,
  );
  const head = Buffer.from(interim.join('') + headOf(reply, fault), 'latin1');
  yield* dripped(joined(head, bodyOf(reply, fault)), fault);
}

/** The head goes out in one write with the first bytes of the body. */
function* joined(head: Buffer, body: Iterable<Buffer>): Iterable<Buffer> {
  let first: Buffer | undefined = head;
  for (const block of body) {
    yield first === undefined ? block : Buffer.concat([first, block]);
    first = undefined;
  }
  if (first !== undefined) {
    yield first;
  }
}

function* dripped(blocks: Iterable<Buffer>, { drip }: SendFault): Iterable<Buffer> {
  for (const block of blocks) {
    const step = drip?.bytes ?? block.length;
    for (let at = 0; at < block.length; at += step) {
      yield block.subarray(at, at + step);
    }
  }
}

function* bodyOf(reply: Reply, fault: SendFault): Iterable<Buffer> {
  const cutAt = fault.cut?.at === 'head' ? 0 : fault.cut?.at;
  const limit = Math.min(cutAt ?? Infinity, fault.stallAfter ?? Infinity);
  const chunked = isChunked(reply, fault);
  let sent = 0;
  for (const block of blocksOf(reply)) {
    const part = block.subarray(0, Math.max(0, limit - sent));
    sent += part.length;
    if (chunked) {
      // A chunk cut short still announces its full length: that is what a cut looks like.
      yield Buffer.concat([Buffer.from(`${block.length.toString(16)}\r\n`), part]);
    } else if (part.length > 0) {
      yield part;
    }
    if (sent >= limit) {
      return;
    }
    if (chunked) {
      yield Buffer.from('\r\n');
    }
  }
  if (chunked) {
    yield Buffer.from('0\r\n\r\n');
  }
  if (fault.trailing !== undefined) {
    yield Buffer.from(fault.trailing);
  }
}

function headOf(reply: Reply, fault: SendFault): string {
  const headers = new Map(Object.entries(headersOf(reply)));
  if (isChunked(reply, fault)) {
    headers.delete('Content-Length');
    headers.set('Transfer-Encoding', 'chunked');
  } else if (fault.contentLength === 'none') {
    headers.delete('Content-Length');
  } else if (fault.contentLength !== undefined) {
    headers.set('Content-Length', String(fault.contentLength));
  }
  if (fault.trailing === undefined && !headers.has('Connection')) {
    headers.set('Connection', 'close');
  }
  const lines = [...headers].flatMap(([name, value]) =>
    [value].flat().map(one => `${name}: ${one}\r\n`),
  );
  const { status } = reply;
  return `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Unknown'}\r\n${lines.join('')}\r\n`;
}

function isChunked(reply: Reply, fault: SendFault): boolean {
  return fault.chunked ?? reply.chunked === true;
}

function headersOf(reply: Reply): Record<string, string | string[]> {
  const headers: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(reply.headers ?? {})) {
    headers[name] = typeof value === 'string' ? value : [...value];
  }
  const known = Object.keys(headers).some(name => name.toLowerCase() === 'content-length');
  if (reply.chunked !== true && !known) {
    headers['Content-Length'] = String(sizeOf(reply));
  }
  return headers;
}

function sizeOf({ body = '' }: Reply): number {
  return typeof body === 'object' && !Buffer.isBuffer(body) ? body.size : Buffer.byteLength(body);
}

function blocksOf({ body = '' }: Reply): Iterable<Buffer> {
  if (typeof body === 'object' && !Buffer.isBuffer(body)) {
    return body.blocks();
  }
  const whole = Buffer.from(body);
  return whole.length === 0 ? [] : [whole];
}
