import { createHash } from 'node:crypto';
import { addAbortSignal } from 'node:stream';
import { isKept } from './confirmation';
import { FileError } from './errors';
import { Expectations } from './expectations';
import type { Incoming } from './saveRequest';
import type { Saving } from './saving';

/** What is shown without being saved is held by the extension host, and again by the editor, in bytes. */
const largestHeld = 32 * 1024 * 1024;

/**
 * A file from Pyrus that goes nowhere but into memory, whole and as expected.
 * @param name for errors
 * @returns undefined when nothing confirms that it is whole, and nobody wants it so
 * @throws FileError `tooLargeToOpen`, `sizeMismatch`, `md5Mismatch`; what the body fails with; the
 *   signal's reason on cancel
 */
export async function heldInMemory(incoming: Incoming, name: string): Promise<Buffer | undefined> {
  const {
    file: { body, size },
    signal,
  } = incoming;
  // A body that fails before anybody reads it must not crash us; whoever reads it then is told.
  body.on('error', () => undefined);
  let received = 0;
  const onBytes = (count: number): void => {
    assertHoldable((received += count), name);
    incoming.onBytes(count);
  };
  try {
    assertHoldable(size ?? 0, name);
    const expectations = new Expectations(incoming, name);
    const bytes = await allBytes({ incoming: { ...incoming, onBytes }, expectations, signal });
    return (await isKept({ incoming, expectations, signal }, bytes.length)) ? bytes : undefined;
  } finally {
    body.destroy();
  }
}

function assertHoldable(size: number, name: string): void {
  if (size > largestHeld) {
    throw new FileError({ kind: 'tooLargeToOpen', size, limit: largestHeld }, name);
  }
}

type Receiving = Pick<Saving, 'incoming' | 'expectations' | 'signal'>;

/** @returns all bytes, as expected */
export async function allBytes({ incoming, expectations, signal }: Receiving): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let received = 0;
  try {
    for await (const chunk of addAbortSignal(signal, incoming.file.body) as AsyncIterable<Buffer>) {
      expectations.assertBelowLimit((received += chunk.length));
      chunks.push(chunk);
      incoming.onBytes(chunk.length);
    }
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  }
  expectations.assertComplete(received);
  const bytes = Buffer.concat(chunks);
  if (incoming.expected?.md5 !== undefined) {
    expectations.assertMd5(createHash('md5').update(bytes).digest('hex'));
  }
  return bytes;
}
