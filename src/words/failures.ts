import { l10n } from 'vscode';
import { FileError } from '../transfer/errors';
import { PyrusError } from '../pyrus/errors';
import type { PyrusFailure, TimeoutPhase } from '../pyrus/errors';
import { fileFailureText } from './fileFailures';
import { byteSize, duration } from './numbers';
import { plainText } from './plainText';
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

type NetworkFailure = Extract<
  PyrusFailure,
  | { host: string }
  | {
      kind:
        | 'serverError'
        | 'hostRefused'
        | 'proxy'
        | 'md5Mismatch'
        | 'incompleteDownload'
        | 'encodedDownload';
    }
>;

function networkFailureText(failure: NetworkFailure): string {
  switch (failure.kind) {
    case 'serverError':
      return l10n.t(
        'Pyrus is not available right now (HTTP {0}). Try again in a few minutes.',
        failure.status,
      );
    case 'notPyrus':
      return l10n.t(
        'It is not Pyrus that answers at {0} (a sign-in page of the network?). Check the address and your connection.',
        short(failure.host),
      );
    case 'unexpectedAnswer':
      return l10n.t(
        '{0} gave an answer that makes no sense ({1}). Try again; if it stays so, see the log.',
        short(failure.host),
        short(failure.about),
      );
    case 'redirected':
      return l10n.t(
        '{0} sends us on to {1}. Nothing was sent there. Check the server address and sign in again.',
        short(failure.host),
        short(failure.to) || '?',
      );
    case 'hostRefused':
      return l10n.t(
        'Nothing was sent to {0}: this address was not allowed. Check the server address and sign in again.',
        short(failure.url),
      );
    case 'hostNotFound':
      return l10n.t(
        'Cannot find {0}. Check your network, and http.proxy if you use one.',
        short(failure.host),
      );
    case 'connectionRefused':
      return l10n.t(
        '{0} refuses the connection. Check the address, and whether the server is running.',
        short(failure.host),
      );
    case 'unreachable':
      return l10n.t('{0} cannot be reached. Check your network or VPN.', short(failure.host));
    case 'connectionLost':
      return l10n.t('The connection to {0} broke. Try again.', short(failure.host));
    case 'notConfirmed':
      return l10n.t(
        '{0} took the file but did not confirm it, so there is no GUID. Upload it again.',
        short(failure.host),
      );
    case 'timedOut':
      return timeoutText(failure.host, failure.phase);
    case 'certificate':
      return l10n.t(
        'The certificate of {0} is not trusted ({1}). Install the certificate of its authority, or check http.systemCertificates.',
        short(failure.host),
        short(failure.reason),
      );
    case 'proxy':
      return l10n.t(
        'The proxy wants a sign-in (HTTP {0}). Check http.proxy in the settings.',
        failure.status,
      );
    case 'md5Mismatch':
      return l10n.t(
        'Pyrus stored other bytes than were sent (MD5 differs), so there is no GUID. Try again.',
      );
    case 'incompleteDownload':
      return l10n.t(
        'The download broke off: {0} of {1} bytes came. Try again.',
        failure.received,
        failure.expected,
      );
    case 'encodedDownload':
      return l10n.t(
        'The server sent the file re-encoded ({0}), so it cannot be checked. A proxy may be doing this.',
        short(failure.encoding),
      );
  }
}

function timeoutText(host: string, phase: TimeoutPhase): string {
  switch (phase) {
    case 'connect':
    case 'answer':
      return l10n.t('{0} does not answer. Check your network and try again.', short(host));
    case 'send':
      return l10n.t('{0} has stopped taking bytes. Try again.', short(host));
    case 'receive':
      return l10n.t('{0} has stopped sending. Try again.', short(host));
  }
}

/** A host, a code: what is longer is nonsense, and a sentence with two of them stays readable. */
function short(untrusted: string): string {
  return plainText(untrusted, 60);
}

function reason(error: unknown): string {
  return plainText(error instanceof Error ? error.message : String(error), 120);
}
