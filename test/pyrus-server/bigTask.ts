import type { Files } from './files';
import { bob } from './fixtures';
import { attachmentOf, FIRST_COMMENT_ID, type Comment, type Task } from './tasks';

export interface Bigness {
  readonly id: number;
  readonly files: number;
  readonly comments: number;
}

/** As large as Pyrus allows (help page "Errors and limits"). */
const largest: Bigness = { id: 11990, files: 3000, comments: 10_000 };

const started = Date.UTC(2020, 0, 1);

/**
 * A task whose comments bring the files one by one, as evenly as they go; every third is a new
 * version of the one before. All of them download.
 */
export function bigTask(files: Files, web: string, bigness: Partial<Bigness> = {}): Task {
  const { id, files: fileCount, comments: commentCount } = { ...largest, ...bigness };
  const comments: Comment[] = [];
  let rootId: number | undefined;
  for (let index = 0, made = 0; index < commentCount; index++) {
    const attachments = [];
    for (; made < Math.floor(((index + 1) * fileCount) / commentCount); made++) {
      const isVersion = made % 3 === 2;
      const file = files.add({
        name: isVersion ? `отчёт-${made - 1}.txt` : `отчёт-${made}.txt`,
        content: `file ${made}`,
        ...(isVersion ? { version: 2, rootId } : {}),
      });
      rootId = file.id;
      attachments.push(attachmentOf(file, web));
    }
    comments.push({
      id: FIRST_COMMENT_ID - commentCount + index,
      create_date: dateOf(index),
      text: `Комментарий ${index}`,
      author: bob.person,
      attachments,
    });
  }
  const text = 'Большая задача';
  const last_modified_date = dateOf(commentCount);
  return { id, text, create_date: dateOf(0), last_modified_date, author: bob.person, comments };
}

/** One every hour. */
function dateOf(index: number): string {
  return `${new Date(started + index * 3_600_000).toISOString().slice(0, 19)}Z`;
}
