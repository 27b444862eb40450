import { isRecord } from '../pyrus/wire';
import type { Attachment, NewUpload, UploadRecord } from './uploadRecord';

/** One line of the history's file: something that happened to a GUID. */
export type HistoryEvent =
  | { readonly kind: 'uploaded'; readonly upload: NewUpload }
  | { readonly kind: 'attached'; readonly guid: string; readonly attachment: Attachment }
  | { readonly kind: 'lost'; readonly guid: string };

/** Records by GUID, in the order in which they were uploaded. */
export type Records = Map<string, UploadRecord>;

/** Makes `event` so. What is about a GUID that is not there (any more) changes nothing. */
export function apply(records: Records, event: HistoryEvent): void {
  if (event.kind === 'uploaded') {
    const { upload } = event;
    // A line may be written twice (see HistoryFile.append): the second one undoes nothing.
    const state = records.get(upload.guid)?.state ?? { kind: 'unattached' };
    records.set(upload.guid, { ...upload, state });
    return;
  }
  const record = records.get(event.guid);
  if (record === undefined) {
    return;
  }
  records.set(
    event.guid,
    event.kind === 'lost'
      ? { ...record, state: { kind: 'lost' } }
      : { ...record, state: { kind: 'attached', ...event.attachment } },
  );
}

/** The shortest list of events that leads to these records. */
export function eventsFor(records: Iterable<UploadRecord>): HistoryEvent[] {
  return [...records].flatMap(({ state, ...upload }): HistoryEvent[] => {
    const uploaded: HistoryEvent = { kind: 'uploaded', upload };
    const { guid } = upload;
    switch (state.kind) {
      case 'unattached':
        return [uploaded];
      case 'lost':
        return [uploaded, { kind: 'lost', guid }];
      case 'attached': {
        const { kind, ...attachment } = state;
        return [uploaded, { kind, guid, attachment }];
      }
    }
  });
}

/**
 * A line begins with its line break, too: what a killed window left of a line of its own stays a
 * line of its own.
 */
export function lineFor(event: HistoryEvent): string {
  return `\n${JSON.stringify(event)}\n`;
}

/** @returns undefined for an empty line, half a line, and what a later version may write */
export function eventIn(line: string): HistoryEvent | undefined {
  // Every other line: for JSON.parse an error each, which is dear.
  if (line === '') {
    return undefined;
  }
  try {
    const value: unknown = JSON.parse(line);
    return isEvent(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isEvent(value: unknown): value is HistoryEvent {
  if (!isRecord(value)) {
    return false;
  }
  const { kind, guid, upload, attachment } = value;
  switch (kind) {
    case 'uploaded':
      return isUpload(upload);
    case 'attached':
      return isText(guid) && isAttachment(attachment);
    case 'lost':
      return isText(guid);
    default:
      return false;
  }
}

function isUpload(value: unknown): value is NewUpload {
  if (!isRecord(value) || !isRecord(value['account'])) {
    return false;
  }
  const { guid, name, uri, md5, size, uploadedAt, modifiedAt, account } = value;
  return (
    [guid, name, md5, account['id'], account['label']].every(isText) &&
    [size, uploadedAt].every(isNumber) &&
    (uri === undefined || isText(uri)) &&
    (modifiedAt === undefined || isNumber(modifiedAt))
  );
}

function isAttachment(value: unknown): value is Attachment {
  if (!isRecord(value)) {
    return false;
  }
  const { taskId, fileId, taskTitle } = value;
  return (
    isNumber(taskId) &&
    (fileId === undefined || isNumber(fileId)) &&
    (taskTitle === undefined || isText(taskTitle))
  );
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number';
}
