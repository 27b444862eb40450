import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { OpenSource } from '../../../src/pyrus/ports';
import { FileError } from '../../../src/transfer/errors';

/** Judges what `assert.rejects` got. */
export function kind(expected: FileError['failure']['kind']): (error: unknown) => boolean {
  return error => {
    assert.ok(error instanceof FileError, String(error));
    assert.equal(error.failure.kind, expected);
    return true;
  };
}

/** Small content, too, as a stream. */
export function streamOf({ content }: OpenSource): Readable {
  return Buffer.isBuffer(content) ? Readable.from([content]) : content;
}

/** Everything that comes out. */
export function whole(source: OpenSource): Promise<Buffer> {
  return buffer(Readable.from(copies(source)));
}

/** The memory of a chunk is used again, so a collector has to copy, as a socket does. */
async function* copies(source: OpenSource): AsyncGenerator<Buffer> {
  for await (const chunk of streamOf(source)) {
    yield Buffer.from(chunk as Buffer);
  }
}
