import * as vscode from 'vscode';
import type { Account } from '../account/accounts';
import { PyrusError } from '../pyrus/errors';
import { FileError } from '../transfer/errors';
import { failureText, isOnTheWay, needsSignIn } from '../words/failures';
import { settingToCheck } from '../words/networkFailures';
import { plainText } from '../words/plainText';
import { accountSentence } from './accountRows';
import type { Services } from './services';

/** The user left. Silent, wherever it is thrown. */
export class Cancelled extends Error {
  override readonly name = 'Cancelled';
}

/**
 * The one catch around a command: leaving is silent, everything else is said once, in words, and
 * logged.
 * @param resume begins it anew when signing in has mended what it failed at
 * @returns what the command answers, for other extensions
 */
export async function runCommand<T>(
  services: Services,
  id: string,
  run: () => Promise<T>,
  resume?: () => Promise<unknown>,
): Promise<T | undefined> {
  try {
    return await run();
  } catch (error) {
    if (isCancel(error)) {
      return undefined;
    }
    logFailure(services.log, id, error);
    // Whoever ran the command does not wait for somebody to close the message.
    chooseRemedy(services, failureText(error), error, [])
      .then(chosen => (chosen === SIGNED_IN ? resume?.() : undefined))
      .catch((later: unknown) => logFailure(services.log, id, later));
    return undefined;
  }
}

export function isCancel(error: unknown): boolean {
  return (
    error instanceof Cancelled ||
    error instanceof vscode.CancellationError ||
    (error instanceof Error && error.name === 'AbortError')
  );
}

/** True when a failure is not about one file: the rest of a batch would fail the same way. */
export function concernsAll(error: unknown): boolean {
  return (
    needsSignIn(error) || (error instanceof PyrusError && error.failure.kind === 'accountBlocked')
  );
}

/** Who works with Pyrus now; leads into signing in when nobody does. @throws Cancelled */
export async function signedIn({ accounts, signIn }: Services): Promise<Account> {
  const known = await accounts.current();
  if (known !== undefined) {
    await accounts.use(known.id);
    return known;
  }
  const account = await signIn();
  if (account === undefined) {
    throw new Cancelled();
  }
  vscode.window.setStatusBarMessage(
    vscode.l10n.t('$(check) Signed in as {0}', plainText(account.name)),
    5000,
  );
  return account;
}

/**
 * The account a command began with, as long as Pyrus lets it in; else whoever works with Pyrus now.
 * @throws Cancelled
 */
export async function stillSignedIn(services: Services, { id }: Account): Promise<Account> {
  const account = await services.accounts.find(id);
  return account?.grant === undefined ? signedIn(services) : account;
}

/** Answered in place of a button when there is nothing else to press: the user has signed in. */
const SIGNED_IN = '';

/**
 * Shows an error with the buttons that help.
 * @param retry what the button says that tries again
 * @returns true when the user asked to try again
 */
export async function showFailure(
  services: Services,
  text: string,
  error: unknown,
  retry: string,
): Promise<boolean> {
  return (await chooseRemedy(services, text, error, [retry])) !== undefined;
}

/**
 * Shows an error with buttons for what can be done about it.
 * @returns the one pressed; after signing in, the first one, or {@link SIGNED_IN} where there is none;
 * undefined when the user left it at that
 */
export async function chooseRemedy(
  services: Services,
  text: string,
  error: unknown,
  remedies: readonly string[],
): Promise<string | undefined> {
  const account = needsSignIn(error) ? await refused(services) : undefined;
  const who = account && accountSentence(account, await services.accounts.all());
  const words = buttonWords();
  const chosen = await vscode.window.showErrorMessage(
    who ? `${text} ${who}` : text,
    ...buttonsFor(error, remedies, words),
  );
  switch (chosen) {
    case words.signIn:
      return (await services.signIn(account)) === undefined
        ? undefined
        : (remedies[0] ?? SIGNED_IN);
    case words.log:
      services.log.show();
      return undefined;
    case words.setting:
      await vscode.commands.executeCommand(
        'workbench.action.openSettings',
        `@id:${settingToCheck(error)}`,
      );
      break;
    case words.check:
      await vscode.commands.executeCommand('pyrus.checkConnection');
      break;
    default:
      return remedies.find(remedy => remedy === chosen);
  }
  // What failed is still to be done, once the way is free.
  return remedies.length === 0 ? undefined : chooseRemedy(services, text, error, remedies);
}

type ButtonWords = Readonly<Record<'signIn' | 'setting' | 'check' | 'log', string>>;

function buttonWords(): ButtonWords {
  return {
    signIn: vscode.l10n.t('Sign In'),
    setting: vscode.l10n.t('Open Setting'),
    check: vscode.l10n.t('Check Connection'),
    log: vscode.l10n.t('Show Log'),
  };
}

function buttonsFor(
  error: unknown,
  remedies: readonly string[],
  { signIn, setting, check, log }: ButtonWords,
): readonly string[] {
  return [
    ...(needsSignIn(error) ? [signIn] : []),
    ...(settingToCheck(error) === undefined ? [] : [setting]),
    ...remedies,
    ...(isOnTheWay(error) ? [check] : []),
    log,
  ];
}

/** The account of this window, if it is the one that Pyrus no longer lets in. */
async function refused({ accounts }: Services): Promise<Account | undefined> {
  const current = await accounts.current();
  return current?.grant === undefined ? current : undefined;
}

/** Kinds and facts only: no error object is written out, lest one carry more than we know. */
export function logFailure(log: vscode.LogOutputChannel, what: string, error: unknown): void {
  // A file name may have line breaks in it, and what looks like lines of the log behind them.
  const line = (text: string): string => plainText(text, 4000);
  const cause =
    error instanceof Error && error.cause instanceof Error ? ` (${error.cause.message})` : '';
  if (error instanceof PyrusError) {
    const { kind, ...facts } = error.failure;
    log.error(line(`${what}: ${kind}${cause} ${JSON.stringify(facts)}`));
  } else if (error instanceof FileError) {
    log.error(line(`${what}: ${error.message}${cause}`));
  } else if (error instanceof Error) {
    const { name, message, stack = '' } = error;
    const at = stack.indexOf(message);
    const frames = at < 0 ? '' : stack.slice(at + message.length);
    log.error(line(`${what}: ${name}: ${message}`) + frames);
  } else {
    log.error(line(`${what}: ${String(error)}`));
  }
}
