/** What the md5 worker is told. `job` is the number its reports carry back. */
export type Md5Order =
  /** Begin a job over shared memory, cut into slots of {@link slotBytes}. */
  | { readonly kind: 'ring'; readonly job: number; readonly memory: SharedArrayBuffer }
  /** The next `length` bytes are in slot `slot`. */
  | { readonly kind: 'chunk'; readonly job: number; readonly slot: number; readonly length: number }
  /** Begin a job over a file that is being written. */
  | { readonly kind: 'follow'; readonly job: number; readonly path: string }
  /** The first `total` bytes of the followed file are there. */
  | { readonly kind: 'written'; readonly job: number; readonly total: number }
  /** No more will come: report the MD5. */
  | { readonly kind: 'finish'; readonly job: number }
  /** Nobody wants the MD5 any more. */
  | { readonly kind: 'cancel'; readonly job: number };

/** What the md5 worker says. */
export type Md5Report =
  /** One more chunk of a ring job is hashed, so its slot may be filled again. */
  | { readonly kind: 'hashed'; readonly job: number }
  /** The end of a job: 32 lower-case hex digits. */
  | { readonly kind: 'md5'; readonly job: number; readonly md5: string }
  /** The end of a job that could not be done. */
  | {
      readonly kind: 'failed';
      readonly job: number;
      readonly code: string;
      readonly message: string;
    };

/** Bytes in one slot of a ring, and in one read of a followed file. */
export const slotBytes = 1024 * 1024;
