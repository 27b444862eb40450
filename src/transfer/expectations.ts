import { FileError } from './errors';
import type { Incoming } from './saveRequest';

/** The largest file Pyrus holds, in bytes; nothing longer is a file of Pyrus. */
const largestFile = 2_147_483_647;

/** What a file may measure, and whether it did. */
export class Expectations {
  /** Bytes, when the task or the server tells. */
  readonly size: number | undefined;
  readonly #limit: number;
  readonly #expected: Incoming['expected'];

  /**
   * @param path of the file, for errors
   * @throws FileError `sizeMismatch` or `tooLarge` when what the server announces is already wrong
   */
  constructor(
    private readonly incoming: Incoming,
    private readonly path: string,
  ) {
    const announced = incoming.file.size;
    this.#expected = incoming.expected;
    this.size = incoming.expected?.size ?? announced;
    this.#limit = Math.min(this.size ?? largestFile, largestFile);
    if (announced !== undefined) {
      if (this.size !== announced) {
        throw this.#wrongSize(announced);
      }
      this.assertBelowLimit(announced);
    }
  }

  /**
   * Call while bytes come: a server may send for ever.
   * @throws FileError `sizeMismatch` or `tooLarge`
   */
  assertBelowLimit(received: number): void {
    if (received > this.#limit) {
      throw this.#limit === this.size
        ? this.#wrongSize(received)
        : new FileError({ kind: 'tooLarge', size: received, limit: this.#limit }, this.path);
    }
  }

  /**
   * Call when no more bytes come.
   * @throws PyrusError `incompleteDownload`; FileError `sizeMismatch`
   */
  assertComplete(received: number): void {
    this.incoming.file.assertComplete();
    if (this.size !== undefined && received !== this.size) {
      throw this.#wrongSize(received);
    }
  }

  /** @throws FileError `md5Mismatch` */
  assertMd5(actual: string): void {
    const expected = this.#expected?.md5?.toLowerCase();
    if (expected !== undefined && expected !== actual) {
      throw new FileError({ kind: 'md5Mismatch', expected, actual }, this.path);
    }
  }

  #wrongSize(actual: number): FileError {
    return new FileError({ kind: 'sizeMismatch', expected: this.size ?? 0, actual }, this.path);
  }
}
