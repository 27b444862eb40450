import type { UploadRecord } from '../history/uploadRecord';
import type { FileToAttach } from '../pyrus/attachedFiles';
import { known } from '../pyrus/lenient';
import type { Uploaded } from '../pyrus/upload';
import { uploadName } from '../transfer/uploadName';
import type { OutgoingFile } from './uploading';

/** A file in Pyrus that is in no task yet. */
export interface Ticket extends Omit<FileToAttach, 'rootId'> {
  /** Uploaded just now: should Pyrus refuse a GUID, it is another one. */
  readonly isFresh?: boolean;
}

interface Common {
  /** Of the file; of an upload of which nothing else is known, its GUID. */
  readonly name: string;
  /** The first version of the file in the task that this is a new version of. */
  readonly rootId?: number;
}

/** One file to be attached: sent first, in Pyrus already, or that and to be sent again if need be. */
export type AttachItem = Common &
  (
    | { readonly file: OutgoingFile; readonly ticket?: Ticket }
    | { readonly ticket: Ticket; readonly file?: undefined }
  );

/** A file on the disk. */
export function fileItem(file: OutgoingFile): AttachItem {
  return { name: uploadName(file.name), file };
}

/** @param file where it came from, if that is still there */
export function uploadItem(
  {
    guid,
    name,
    size,
    md5,
  }: Pick<UploadRecord, 'guid' | 'name'> & Partial<Pick<UploadRecord, 'size' | 'md5'>>,
  file: OutgoingFile | undefined,
): AttachItem {
  const stored = uploadName(name);
  const ticket = known({ guid, name: stored, size, md5 });
  return file === undefined ? { name: stored, ticket } : { name: stored, ticket, file };
}

/** An upload that the history does not have. */
export function unknownItem(guid: string): AttachItem {
  return { name: guid, ticket: { guid } };
}

export function withTicket(item: AttachItem, { guid, size, md5 }: Uploaded): AttachItem {
  return { ...item, ticket: { guid, name: item.name, size, md5, isFresh: true } };
}

/** @param rootId of the first version; undefined for a file of its own */
export function withRoot(item: AttachItem, rootId: number | undefined): AttachItem {
  return known({ ...item, rootId });
}

/** The same, to be uploaded once more. @returns undefined when there is no file to upload */
export function withoutTicket({ name, rootId, file }: AttachItem): AttachItem | undefined {
  return file === undefined ? undefined : known({ name, file, rootId });
}

/** What Pyrus is told. @returns undefined before it is uploaded */
export function toAttach({ ticket, rootId }: AttachItem): FileToAttach | undefined {
  if (ticket === undefined) {
    return undefined;
  }
  const { guid, name, size, md5 } = ticket;
  return known({ guid, name, size, md5, rootId });
}
