import { workspace } from 'vscode';
import type { Account } from '../account/accounts';
import { failureText, needsSignIn } from '../words/failures';
import type { ToolServices } from './services';
import { ToolError } from './toolError';

const SIGNED_OUT =
  'Nobody is signed in to Pyrus here. Ask the user to run the command "Pyrus: Sign In…", then call this tool again.';

/** Who works with Pyrus. @throws ToolError in Restricted Mode, and when nobody is signed in */
export async function accountFor({ accounts }: ToolServices): Promise<Account> {
  if (!workspace.isTrusted) {
    throw new ToolError(
      'This workspace is in Restricted Mode, where models may not use Pyrus. Only the user can trust it: ask whether they want to ("Workspaces: Manage Workspace Trust").',
    );
  }
  const account = await accounts.current();
  if (account?.grant === undefined) {
    throw new ToolError(SIGNED_OUT);
  }
  return account;
}

/** Runs a part of a tool; what fails with a kind is thrown in words. Cancelling stays what it is. */
export async function inWords<T>(
  { onFailure }: ToolServices,
  signal: AbortSignal,
  run: () => Promise<T>,
): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof ToolError || signal.aborted) {
      throw error;
    }
    onFailure(error);
    throw new ToolError(wordsFor(error), { cause: error });
  }
}

/** What failed, and what to do. */
export function wordsFor(error: unknown): string {
  return needsSignIn(error) ? SIGNED_OUT : failureText(error);
}

/** What the user has ended is not to be begun again. */
export function leftByUser(): ToolError {
  return new ToolError('The user cancelled this. Do not try again unless asked to.');
}
