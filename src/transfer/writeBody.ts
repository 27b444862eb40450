import { createWriteStream, open } from 'node:fs';
import type { WriteStream } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Disk } from './disk';
import { diskCode, writeError } from './writeErrors';

/** Bytes the sink gathers while a write is under way: measured best; 64 KiB halves the speed. */
const sinkBuffer = 1024 * 1024;

/** What a body is written with, and who is told. */
export interface BodyWriting {
  readonly disk: Disk;
  /** Of the file, for errors. */
  readonly path: string;
  readonly signal: AbortSignal;
  /** Told every chunk and how many bytes are in the file so far; what it throws ends the body. */
  readonly onChunk: (chunk: Buffer, written: number) => void;
}

/**
 * Streams a body into an open file, as fast as the file takes it. The file stays open, and nothing
 * is under way in it afterwards.
 * @returns the number of bytes
 * @throws what the body fails with; FileError when the file fails; the signal's reason on cancel
 */
export async function writeBody(
  body: Readable,
  handle: FileHandle,
  { disk, path, signal, onChunk }: BodyWriting,
): Promise<number> {
  const sink = sinkOf(handle, disk);
  const failure: { of?: 'body' | 'disk' } = body.errored === null ? {} : { of: 'body' };
  body.once('error', () => (failure.of ??= 'body'));
  sink.on('error', () => (failure.of ??= 'disk'));
  body.on('data', (chunk: Buffer) => {
    try {
      onChunk(chunk, sink.bytesWritten);
    } catch (error) {
      body.destroy(error instanceof Error ? error : new Error(String(error)));
    }
  });
  try {
    await pipeline(body, sink, { signal });
  } catch (error) {
    signal.throwIfAborted();
    throw failure.of === 'disk' && diskCode(error) !== undefined ? writeError(error, path) : error;
  } finally {
    await ended(sink);
  }
  return sink.bytesWritten;
}

/** A stream closes its descriptor whenever it is destroyed; this one belongs to the handle. */
function sinkOf(handle: FileHandle, { write, writev }: Disk): WriteStream {
  const close = (_fd: number, done?: (error: null) => void): void => done?.(null);
  return createWriteStream('', {
    fd: handle.fd,
    highWaterMark: sinkBuffer,
    fs: { open, write, writev, close },
  });
}

/** Closing a descriptor while a write is under way could write into somebody else's file. */
async function ended(sink: WriteStream): Promise<void> {
  if (!sink.closed) {
    await new Promise<void>(resolve => sink.once('close', resolve).destroy());
  }
}
