import type { Readable } from 'node:stream';

/** What the client needs of a file it sends: a name, a length, and fresh bytes for every try. */
export interface UploadSource {
  /** The file name as it will be stored in Pyrus. */
  readonly name: string;
  /** Bytes when the source was made: for limits and for the progress total. */
  readonly size: number;
  /**
   * Opens the bytes for one try.
   * @param onBytes told the number of bytes read since the last call
   * @throws FileError when the file cannot be read
   */
  open(signal: AbortSignal, onBytes: (count: number) => void): Promise<OpenSource>;
}

/** One opening of a source. Exactly `size` bytes come out of `content`, or it fails. */
export interface OpenSource {
  readonly size: number;
  /** Small files whole (replayable, one write); larger ones as a stream with 1 MiB chunks. */
  readonly content: Buffer | Readable;
  /**
   * Call when the content has been sent: the MD5 (32 lower-case hex digits) of exactly those bytes.
   * @throws FileError `changed` when the file is no longer the one that was opened
   */
  verify(): Promise<string>;
  /** Releases everything; safe to call at any time and more than once. */
  close(): Promise<void>;
}

/** A file coming down from Pyrus. */
export interface IncomingFile {
  /** From Content-Disposition, decoded but untrusted; absent when the server names none. */
  readonly name?: string;
  /** Bytes, when the server tells. */
  readonly size?: number;
  /** True when nothing marks the end of the body: a connection that broke looks like its end. */
  readonly openEnded?: boolean;
  readonly body: Readable;
  /**
   * Call once the body has ended and before the file gets its final name.
   * @throws PyrusError `incompleteDownload` unless exactly `size` bytes came
   */
  assertComplete(): void;
}
