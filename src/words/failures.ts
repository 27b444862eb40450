import { l10n } from 'vscode';
import { FileError } from '../transfer/errors';
import { PyrusError } from '../pyrus/errors';
import type { PyrusFailure } from '../pyrus/errors';
import { fileFailureText } from './fileFailures';
import { networkFailureText } from './networkFailures';
import { byteSize, duration } from './numbers';
import { plainText, short } from './plainText';
import { isAboutTask, taskFailureText } from './taskFailures';

/** What happened and what to do about it, as one or two sentences. */
export function failureText(error: unknown): string {
  if (error instanceof PyrusError) {
    const text = pyrusFailureText(error.failure);
    return error.attempts > 1 ? l10n.t('{0} Tried {1} times.', text, error.attempts) : text;
  }
  if (error instanceof FileError) {
    return fileFailureText(error.failure);
  }
  return l10n.t('Something unexpected went wrong: {0}. The log has the details.', reason(error));
}

/** True when signing in again is what helps. */
export function needsSignIn(error: unknown): boolean {
  return (
    error instanceof PyrusError &&
    ['invalidCredentials', 'sessionRefused', 'signedOut', 'hostRefused'].includes(
      error.failure.kind,
    )
  );
}

/** True when there was no talking to Pyrus: looking at the way there is what helps. */
export function isOnTheWay(error: unknown): boolean {
  if (!(error instanceof PyrusError)) {
    return false;
  }
  const { failure } = error;
  return (
    [
      'hostNotFound',
      'connectionRefused',
      'unreachable',
      'certificate',
      'proxy',
      'proxyUnreachable',
      'notPyrus',
      'redirected',
    ].includes(failure.kind) ||
    (failure.kind === 'timedOut' && failure.phase === 'connect')
  );
}

function pyrusFailureText(failure: PyrusFailure): string {
  switch (failure.kind) {
    case 'invalidCredentials':
      return l10n.t('Pyrus does not accept this login and security key. Check both.');
    case 'personIdNeeded':
      return l10n.t('Several people share this login. Sign in again and enter your employee id.');
    case 'accountBlocked':
      return l10n.t('This account is blocked. Ask the administrator of your Pyrus.');
    case 'sessionRefused':
    case 'tokenExpired':
      return l10n.t('Pyrus no longer accepts this session. Sign in again.');
    case 'signedOut':
      return l10n.t('You are not signed in to Pyrus. Sign in and try again.');
    case 'emptyFile':
      return l10n.t('The file is empty, and Pyrus takes no empty files.');
    case 'fileTooLarge':
      return failure.size === undefined
        ? l10n.t('The file is larger than this Pyrus takes. Split or compress it.')
        : l10n.t(
            'The file has {0}, more than this Pyrus takes. Split or compress it.',
            byteSize(failure.size),
          );
    case 'fileNameTooLong':
      return l10n.t('The file name is too long for Pyrus. Rename the file and try again.');
    case 'uploadNotUnderstood':
      return l10n.t(
        'Pyrus could not read the upload ({0}). Try again; if it stays so, see the log.',
        short(failure.code),
      );
    case 'fileUnknown':
      return l10n.t(
        'Pyrus knows no file with id {0}, or it is not yours to see. Check the id.',
        failure.id,
      );
    case 'fileForbidden':
      return l10n.t(
        'You have no access to file {0}. Ask someone who has the task to add you.',
        failure.id,
      );
    case 'fileMissing':
      return l10n.t('File {0} is no longer in Pyrus.', failure.id);
    case 'fileRemoved':
      return l10n.t('File {0} has been removed from its task.', failure.id);
    case 'accessDenied':
      return l10n.t('Pyrus does not allow this account to do that. Ask your administrator.');
    case 'rateLimited':
      return l10n.t(
        'Too many requests to Pyrus in 10 minutes. Try again in {0}.',
        duration(failure.seconds),
      );
    case 'refused':
      return refusedText(failure);
    default:
      return isAboutTask(failure) ? taskFailureText(failure) : networkFailureText(failure);
  }
}

function refusedText({ status, code, said }: Extract<PyrusFailure, { kind: 'refused' }>): string {
  const words = plainText(said ?? '') || short(code ?? '') || `HTTP ${status}`;
  return l10n.t('Pyrus refused: {0}', words);
}

function reason(error: unknown): string {
  return plainText(error instanceof Error ? error.message : String(error), 120);
}
