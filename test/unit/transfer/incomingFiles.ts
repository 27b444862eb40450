import { readdirSync } from 'node:fs';
import { Readable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';

import type { IncomingFile } from '../../../src/pyrus/ports';
import { PyrusError } from '../../../src/pyrus/errors';
import type { ConflictChoice, Incoming, Wanted } from '../../../src/transfer/saveRequest';

/** A file as the client gives it: announced size, counted body. */
export class Delivery implements IncomingFile {
  readonly body: Readable;
  #received = 0;

  constructor(
    chunks: Iterable<Buffer> | AsyncIterable<Buffer>,
    readonly size?: number,
  ) {
    this.body = Readable.from(this.#counted(chunks));
  }

  assertComplete(): void {
    const { size } = this;
    if (size !== undefined && size !== this.#received) {
      throw new PyrusError({
        kind: 'incompleteDownload',
        expected: size,
        received: this.#received,
      });
    }
  }

  async *#counted(chunks: Iterable<Buffer> | AsyncIterable<Buffer>): AsyncIterable<Buffer> {
    for await (const chunk of chunks) {
      this.#received += chunk.length;
      yield chunk;
    }
  }
}

/** A body whose chunks the test sends when it likes. */
export class SlowBody {
  readonly file: IncomingFile;
  readonly body = new Readable({ read: () => undefined });

  constructor(size?: number) {
    this.file = {
      ...(size === undefined ? {} : { size }),
      body: this.body,
      assertComplete: () => undefined,
    };
  }

  /** Settles when somebody has begun to read. */
  async read(): Promise<void> {
    await eventually(() => (this.body.readableFlowing === true ? true : undefined));
  }

  send(bytes: Buffer | string): void {
    this.body.push(bytes);
  }

  end(): void {
    this.body.push(null);
  }
}

export function incoming(file: IncomingFile, more: Partial<Incoming> = {}): Incoming {
  return { file, signal: new AbortController().signal, onBytes: () => undefined, ...more };
}

export function text(content: string, more: Partial<Incoming> = {}): Incoming {
  const bytes = Buffer.from(content);
  return incoming(new Delivery([bytes], bytes.length), more);
}

/** Answers always the same, and remembers what it was asked. */
export function wanted(name: string, choice: ConflictChoice): Wanted & { asked: string[] } {
  const asked: string[] = [];
  return {
    name,
    fallbackName: 'file-17',
    asked,
    onConflict: taken => {
      asked.push(taken);
      return Promise.resolve(choice);
    },
  };
}

export function namesIn(folder: string): readonly string[] {
  return readdirSync(folder).sort();
}

/** Looks again after every turn of the event loop, until there is something. Mocha ends the wait. */
export async function eventually<T>(look: () => T | undefined): Promise<T> {
  for (;;) {
    const found = look();
    if (found !== undefined) {
      return found;
    }
    await nextTurn();
  }
}
