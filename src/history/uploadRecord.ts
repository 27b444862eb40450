/** One verified upload: the only place where a GUID, a file, an MD5, a task and a file id meet. */
export interface UploadRecord {
  /** The ticket for attaching the file: single use, lower-case. */
  readonly guid: string;
  /** The file's own name. */
  readonly name: string;
  /** Where the file was, as `Uri.toString()` writes it; absent when it came from the clipboard. */
  readonly uri?: string;
  /** Bytes. */
  readonly size: number;
  /** 32 lower-case hex digits. */
  readonly md5: string;
  /** Milliseconds since 1970. */
  readonly uploadedAt: number;
  /** When the file had last been changed, in milliseconds since 1970; absent when nobody told. */
  readonly modifiedAt?: number;
  readonly account: RecordAccount;
  readonly state: RecordState;
}

/** Who uploaded it: a GUID is of use to this account's Pyrus only. */
export interface RecordAccount {
  /** As `Account.id`. */
  readonly id: string;
  readonly label: string;
}

/** What became of a GUID, as far as this extension has seen it. */
export type RecordState =
  | { readonly kind: 'unattached' }
  | ({ readonly kind: 'attached' } & Attachment)
  /** Pyrus no longer takes it: it was used elsewhere, or dropped because nothing referred to it. */
  | { readonly kind: 'lost' };

/** Where a file ended up. */
export interface Attachment {
  readonly taskId: number;
  /** What downloads it; absent when it could not be told from another one in the same comment. */
  readonly fileId?: number;
  /** Untrusted. */
  readonly taskTitle?: string;
}

/** A record as it is when the upload has just been verified. */
export type NewUpload = Omit<UploadRecord, 'state'>;
