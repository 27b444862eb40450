import { bob, fileIds } from './fixtures';
import { attachment, common, taskIds, type Surroundings } from './taskParts';
import type { Attachment, Comment, Field, Task } from './tasks';

/** Files removed by name, with their comment, and with the comment that had brought them by an edit. */
export function removalsTask(around: Surroundings): Task {
  const { plain, jsonContent, inTitle, inTable, firstVersion } = fileIds;
  const bring = (id: number, text: string, file: number, more: Partial<Comment> = {}): Comment => ({
    id,
    create_date: common.create_date,
    author: bob.person,
    text,
    attachments: [attachment(around, file)],
    ...more,
  });
  const change = (id: number, more: Partial<Comment>): Comment => ({
    id,
    create_date: common.create_date,
    author: bob.person,
    ...more,
  });
  return {
    ...common,
    id: taskIds.removals,
    text: 'Things come and go',
    comments: [
      bring(101, 'stays', plain),
      bring(102, 'is removed', jsonContent),
      bring(103, 'goes with its comment', inTitle),
      bring(104, 'is brought by an edit', inTable, { edit_comment_id: 103 }),
      bring(105, 'is removed and comes back', firstVersion),
      change(106, { removed_attachment_ids: [jsonContent, String(firstVersion)] }),
      change(107, { delete_comment_id: 103 }),
      bring(108, 'is back', firstVersion),
    ],
  };
}

/** A choice in a section, in it a table, in its cell a section with a file; and what nobody knows yet. */
export function nestedTask(around: Surroundings): Task {
  const title = (id: number, name: string, fields: readonly Field[]): Field => ({
    id,
    type: 'title',
    name,
    value: { fields },
  });
  const files = (id: number, name: string, ...value: readonly Attachment[]): Field => ({
    id,
    type: 'file',
    name,
    value,
  });
  const inCell = title(54, 'Cell', [files(55, 'Deep', attachment(around, fileIds.inTable))]);
  const table: Field = {
    id: 53,
    type: 'table',
    name: 'Lines',
    value: [
      { row_id: 1, cells: [inCell] },
      { row_id: 2, deleted: true },
    ],
  };
  const choice: Field = {
    id: 52,
    type: 'multiple_choice',
    name: 'Way',
    value: { choice_ids: [1], fields: [table, files(56, 'Beside')] },
  };
  return {
    ...common,
    id: taskIds.nested,
    text: '\n  Fields within fields  \nand more',
    form_id: 1346,
    fields: [
      title(51, 'Outer', [choice]),
      {
        id: 57,
        type: 'hologram',
        name: 'New',
        value: { fields: [files(58, 'Inside a new type')] },
      },
      { id: 59, type: 'file', name: 'Without a value', value: undefined },
    ],
    comments: [],
  };
}
