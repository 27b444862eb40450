/** What the suite in the extension host measured, each thing once a round, in milliseconds unless told. */
export interface HostResults {
  /** VS Code's own figures: to load the entry's code, and to run `activate`. */
  readonly activation: { readonly loadCode: number; readonly callActivate: number };
  /** To load what the first command needs. */
  readonly load: number;
  /** The first upload of a small file, and later ones. */
  readonly first: HostUpload;
  readonly later: readonly HostUpload[];
  readonly large: readonly LargeTransfer[];
  readonly history: readonly Timing[];
}

export interface HostUpload {
  /** From the command to the GUID on the clipboard and the answer. */
  readonly whole: number;
  /** From the command to the request at the server. */
  readonly toFirstByte: number;
  /** From the end of the answer to the GUID on the clipboard. */
  readonly toClipboard: number;
}

export interface LargeTransfer {
  readonly size: number;
  readonly seconds: number;
  /** Share of the time in which the host's thread was busy. */
  readonly busy: number;
  /** Event-loop delay, 99 of 100. */
  readonly delay: number;
  /** Peak resident memory beyond what the host had before, in MiB. */
  readonly growth: number;
}

/** Something done cold, then warm. */
export interface Timing {
  readonly what: string;
  readonly cold: number;
  readonly warm: readonly number[];
}

/** A file of zeros to send. */
export interface LargeFile {
  readonly size: number;
  readonly md5: string;
}
