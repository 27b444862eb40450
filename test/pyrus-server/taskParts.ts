import type { Files } from './files';
import { bob } from './fixtures';
import { attachmentOf, type Attachment } from './tasks';

/** Ids of the tasks that are there from the start, by what is special about them. */
export const taskIds = {
  simple: 11611,
  form: 11613,
  /** Its ids, and those of its files, are strings. */
  stringIds: 11615,
  /** Its attachment is a link to the foreign origin. */
  foreignLink: 11616,
  /** Files removed again, in the three ways there are. */
  removals: 11617,
  /** Fields within fields. */
  nested: 11618,
  /** One file for each way a download is named. */
  names: 11620,
  closed: 11700,
  closedForm: 11701,
  denied: 11800,
  listed: 7991,
} as const;

export const formId = 1345;
export const listId = 2144;

/** What every task of the fixtures has. */
export const common = {
  create_date: '2017-08-17T14:31:18Z',
  last_modified_date: '2017-08-18T10:00:11Z',
  author: bob.person,
} as const;

/** What the fixtures are made from. Addresses have no trailing slash. */
export interface Surroundings {
  readonly files: Files;
  readonly web: string;
  readonly foreign: string;
}

/** A fixture file as tasks show it. */
export function attachment({ files, web }: Surroundings, id: number): Attachment {
  const file = files.find(id);
  if (file === undefined) {
    throw new Error(`no fixture file has the id ${id}`);
  }
  return attachmentOf(file, web);
}
