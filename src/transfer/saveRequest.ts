import type { IncomingFile } from '../pyrus/ports';
import type { PartJournal } from './partJournal';

/** What to do when the name is taken: a numbered name, take its place, or leave everything. */
export type ConflictChoice = 'keepBoth' | 'overwrite' | 'skip';

/** A file from Pyrus and what is known about it. */
export interface Incoming {
  readonly file: IncomingFile;
  /** As the task tells: size in bytes, MD5 in hex digits. The file is kept only if they hold. */
  readonly expected?: { readonly size?: number; readonly md5?: string };
  readonly signal: AbortSignal;
  /** Told the number of bytes received since the last call. */
  readonly onBytes: (count: number) => void;
  /** Where the temporary file is noted as long as it is there. */
  readonly parts?: PartJournal;
  /**
   * Asked when all bytes seem to be here, `size` of them, and nothing in the world confirms it:
   * whether to keep the file. Without it such a file is not kept.
   */
  readonly onUnconfirmed?: (size: number, signal: AbortSignal) => Promise<boolean>;
}

/** The name a file should have in a folder, and who decides when it is taken. */
export interface Wanted {
  /** Untrusted; made safe here. */
  readonly name: string;
  /** Used when nothing of the name is left. */
  readonly fallbackName: string;
  /**
   * Asked at most once for a call, as soon as the name is seen to be taken, while bytes keep
   * flowing. Its signal is aborted when the answer is of no use any more.
   */
  readonly onConflict: (name: string, signal: AbortSignal) => Promise<ConflictChoice>;
}

/** Where exactly a file goes: a name to be found by rule, or one that may replace what is there. */
export type Placement = Wanted | { readonly replace: string };

/** What became of a file in a folder; `name` is the final one, `size` in bytes. */
export type Placed =
  | { readonly outcome: 'saved'; readonly name: string; readonly size: number }
  | { readonly outcome: 'skipped' | 'discarded' };

/** Why a transfer stops when the user leaves what is there as it is. */
export class Skipped extends Error {
  override readonly name = 'Skipped';
}
