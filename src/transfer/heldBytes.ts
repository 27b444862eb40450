import { FileError } from './errors';

/** What VS Code gives of a file that was dropped or pasted; its bytes can be had during that only. */
export interface TransferredFile {
  readonly name: string;
  data(): PromiseLike<Uint8Array>;
}

/** The bytes of all files of one drop that are kept together, at the most. */
export const MOST_HELD = 64 * 1024 * 1024;

/** Memory that the files of one drop share. */
export class Room {
  #left: number;

  constructor(private readonly limit = MOST_HELD) {
    this.#left = limit;
  }

  /** @throws FileError `tooLargeToHold` */
  take(size: number, path: string): void {
    if (size > this.#left) {
      throw new FileError({ kind: 'tooLargeToHold', size, limit: this.limit }, path);
    }
    this.#left -= size;
  }
}

/**
 * The bytes of a file that has no address: asked for at once, kept until they are sent or nobody can
 * want them any more.
 */
export class HeldBytes {
  readonly name: string;
  #bytes: Promise<Uint8Array>;

  constructor(file: TransferredFile, room: Room, name = file.name) {
    this.name = name;
    this.#bytes = read(file, room, name);
    // Nobody may ever ask.
    this.#bytes.catch(() => undefined);
  }

  /** @throws FileError `unreadable`, `tooLargeToHold`, `notHeld` */
  get bytes(): Promise<Uint8Array> {
    return this.#bytes;
  }

  /** Forgets them, unless somebody has them already. */
  release(): void {
    this.#bytes = Promise.reject(new FileError({ kind: 'notHeld' }, this.name));
    this.#bytes.catch(() => undefined);
  }
}

async function read(file: TransferredFile, room: Room, name: string): Promise<Uint8Array> {
  let bytes: Uint8Array;
  try {
    bytes = await file.data();
  } catch (error) {
    throw new FileError({ kind: 'unreadable', code: 'NoData' }, name, { cause: error });
  }
  room.take(bytes.byteLength, name);
  return bytes;
}
