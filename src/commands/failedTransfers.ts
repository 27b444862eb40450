import * as vscode from 'vscode';
import type { BatchItem, Failed } from '../transfer/batch';
import { failureText } from '../words/failures';
import { fileNameText } from '../words/plainText';
import { showFailure } from './command';
import type { Services } from './services';

/** A message has room for this many names; the log has them all. */
const MOST_NAMES = 3;

interface Failures {
  readonly failed: readonly Failed<BatchItem>[];
  readonly summary: string | undefined;
  /** What the button says, when trying again is not just that. */
  readonly retry?: string | undefined;
}

/**
 * Names what failed and why, and offers to try just those again.
 * @returns true when the user wants that
 */
export function showFailures(
  services: Services,
  { failed, summary, retry = retryButton(failed.length) }: Failures,
): Promise<boolean> {
  return showFailure(services, failuresText(failed, summary), failed[0]?.error, retry);
}

/** What failed and why; files with the same trouble together. */
export function failuresText(failed: readonly Failed<BatchItem>[], summary?: string): string {
  const causes = new Map<string, string[]>();
  for (const { item, error } of failed) {
    const cause = failureText(error);
    causes.set(cause, [...(causes.get(cause) ?? []), item.name]);
  }
  const sentences = [...causes].map(([cause, names]) => `${nameList(names)}: ${cause}`);
  return [...(summary === undefined ? [] : [summary]), ...sentences].join(' ');
}

function retryButton(count: number): string {
  return count === 1 ? vscode.l10n.t('Retry') : vscode.l10n.t('Retry {0}', count);
}

/** “a.txt”, “b.txt” and 3 more */
export function nameList(names: readonly string[]): string {
  const shown = names
    .slice(0, MOST_NAMES)
    .map(name => vscode.l10n.t('“{0}”', fileNameText(name, 40)));
  const more = names.length - shown.length;
  return more > 0 ? vscode.l10n.t('{0} and {1} more', shown.join(', '), more) : shown.join(', ');
}
