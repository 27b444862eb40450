import { withAttachmentIds } from './attachmentIds';
import { formatsFor } from './formats';
import { insertions } from './insertion';
import type { Insertion, InsertionRequest } from './insertion';

/** How files are to be written, where that is not left to what is around the cursors. */
export interface Wish {
  /** The id of a format. */
  readonly format?: string;
  /** Refer to the files as they are attached already, by these ids, one for each. */
  readonly fileIds?: readonly (number | undefined)[];
}

/** As `insertions`, with what was asked for. A format that is not known is none. */
export function insertionsAs(
  { format: id, fileIds }: Wish,
  request: InsertionRequest,
): Insertion[] {
  const { text, languageId, files, formats } = request;
  const format = formatsFor(languageId, formats).find(known => known.id === id);
  const made = insertions(format === undefined ? request : { ...request, format });
  const attached = files.map(({ guid }, index) => ({ guid, fileId: fileIds?.[index] }));
  return fileIds === undefined ? made : withAttachmentIds(made, attached, { text, languageId });
}
