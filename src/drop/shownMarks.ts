import type { Memento } from 'vscode';

/** Where the marks are noted that documents show. */
export const SHOWN_MARKS = 'shownMarks';

/** Whether an earlier window may have left marks: asked at every start. */
export function hasLeftMarks(state: Memento): boolean {
  return state.get<unknown>(SHOWN_MARKS) !== undefined;
}
