import { attachmentsIn } from './attachmentWire';
import type { Attachment } from './attachmentWire';
import { idIn, known, listIn, textIn } from './lenient';
import type { Addresses } from './servers';
import { isRecord } from './wire';

/** A form field that holds files, and those in it. */
export interface FileField {
  readonly id?: number;
  readonly name: string;
  /** Name of the section or choice it is in. */
  readonly section?: string;
  /** A cell: the same field stands in every row. */
  readonly inTable: boolean;
  readonly attachments: readonly Attachment[];
}

/** A field to look at, and where it is. */
interface Open {
  readonly field: unknown;
  readonly section?: string;
  readonly inTable: boolean;
}

/**
 * The file fields among these and inside of these, in their order. Sections and choices hold fields,
 * tables hold rows of cells, and each of them may hold any other: looked through without recursion,
 * because a hostile nesting would be deeper than the stack. Unknown types are looked into likewise.
 */
export function fileFieldsIn(fields: unknown, addresses: Addresses): FileField[] {
  const found: FileField[] = [];
  const open: Open[] = [];
  pushBackwards(open, listIn(fields), { inTable: false });
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { field, section, inTable } = next;
    if (!isRecord(field)) {
      continue;
    }
    const name = textIn(field['name']);
    if (field['type'] !== 'file') {
      pushContents(open, field['value'], { section: name ?? section, inTable });
      continue;
    }
    const attachments = attachmentsIn(field['value'], addresses);
    const id = idIn(field['id']);
    found.push(known({ id, name: name ?? '', section, inTable, attachments }));
  }
  return found;
}

function pushContents(open: Open[], value: unknown, where: Omit<Open, 'field'>): void {
  if (isRecord(value)) {
    pushBackwards(open, listIn(value['fields']), where);
  }
  for (const row of listIn(value).toReversed()) {
    if (isRecord(row)) {
      pushBackwards(open, listIn(row['cells']), { ...where, inTable: true });
    }
  }
}

/** The first of them is then the next to be popped. */
function pushBackwards(open: Open[], fields: readonly unknown[], where: Omit<Open, 'field'>): void {
  for (const field of fields.toReversed()) {
    open.push({ field, ...where });
  }
}
