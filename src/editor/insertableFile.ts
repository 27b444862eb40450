/** An uploaded file as far as code is concerned. */
export interface InsertableFile {
  readonly guid: string;
  /** As it is in Pyrus; anything a file can be called, so never trusted to be harmless. */
  readonly name: string;
  readonly md5?: string;
  readonly size?: number;
}
