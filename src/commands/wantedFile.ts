/** A file to fetch, and what its task told about it. */
export interface WantedFile {
  readonly id: number;
  /** Untrusted; used when the answer names none. */
  readonly name?: string;
  /** Bytes. */
  readonly size?: number;
  /** 32 lower-case hex digits. */
  readonly md5?: string;
}

/** What is known of the bytes before they come. */
export function expectedOf({ size, md5 }: WantedFile): {
  readonly size?: number;
  readonly md5?: string;
} {
  return { ...(size === undefined ? {} : { size }), ...(md5 === undefined ? {} : { md5 }) };
}
