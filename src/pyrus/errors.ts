import type { AttachedFile } from './attachedFiles';

/**
 * Everything that can go wrong between us and Pyrus, as kinds. The sentences are in `words/`.
 *
 * `code` is Pyrus's stable `error_code`; `said` is its own sentence, localised to the user by the
 * server and therefore untrusted text: show it only through `words/plainText`.
 * Codes and statuses: help page "Errors and limits" and the official clients' `ErrorCodeType`.
 */
export type PyrusFailure =
  // who you are
  | { readonly kind: 'invalidCredentials' }
  | { readonly kind: 'personIdNeeded' }
  | { readonly kind: 'accountBlocked' }
  | { readonly kind: 'sessionRefused' }
  | { readonly kind: 'tokenExpired' }
  | { readonly kind: 'signedOut' }
  // what Pyrus refuses
  | { readonly kind: 'emptyFile' }
  | { readonly kind: 'fileTooLarge'; readonly size?: number }
  | { readonly kind: 'fileNameTooLong' }
  | { readonly kind: 'uploadNotUnderstood'; readonly code: string }
  | { readonly kind: 'fileUnknown'; readonly id: number }
  | { readonly kind: 'fileForbidden'; readonly id: number }
  | { readonly kind: 'fileMissing'; readonly id: number }
  | { readonly kind: 'fileRemoved'; readonly id: number }
  | { readonly kind: 'taskUnknown'; readonly id: number }
  | { readonly kind: 'taskForbidden'; readonly id: number }
  | { readonly kind: 'taskMigrated'; readonly id: number }
  | { readonly kind: 'reopenForbidden'; readonly id: number }
  | { readonly kind: 'tooManyAttachments'; readonly id: number }
  | { readonly kind: 'tooManyComments'; readonly id: number }
  | { readonly kind: 'attachmentsForbidden'; readonly id: number }
  | { readonly kind: 'commentTooLong' }
  /** A GUID attaches once, and is dropped when nothing refers to it: upload the file again. */
  | { readonly kind: 'guidSpent' }
  | { readonly kind: 'fieldRefused'; readonly reason: FieldRefusal }
  | { readonly kind: 'accessDenied'; readonly code?: string }
  | { readonly kind: 'rateLimited'; readonly seconds: number }
  | {
      readonly kind: 'refused';
      readonly status: number;
      readonly code?: string;
      readonly said?: string;
    }
  // servers and networks
  | { readonly kind: 'serverError'; readonly status: number; readonly seconds?: number }
  | { readonly kind: 'notPyrus'; readonly host: string; readonly status: number }
  | { readonly kind: 'unexpectedAnswer'; readonly host: string; readonly about: string }
  | { readonly kind: 'redirected'; readonly host: string; readonly to: string }
  | { readonly kind: 'hostRefused'; readonly url: string }
  | { readonly kind: 'hostNotFound'; readonly host: string }
  | { readonly kind: 'connectionRefused'; readonly host: string }
  | {
      readonly kind: 'connectionLost';
      readonly host: string;
      /** It broke, or made no sense, after the head of an answer had come. */
      readonly during?: 'answer';
    }
  | { readonly kind: 'notConfirmed'; readonly host: string }
  | { readonly kind: 'timedOut'; readonly host: string; readonly phase: TimeoutPhase }
  | { readonly kind: 'unreachable'; readonly host: string }
  | { readonly kind: 'certificate'; readonly host: string; readonly reason: string }
  /** The proxy on the way made no connection to the host; 407: it wants a sign-in. */
  | { readonly kind: 'proxy'; readonly host: string; readonly status: number }
  /** There is no talking to the proxy itself. */
  | { readonly kind: 'proxyUnreachable' }
  // what was checked and did not hold
  | {
      readonly kind: 'notAttached';
      /** Of the files that are not in the task, though Pyrus answered 200. */
      readonly names: readonly string[];
      /** Those that are. */
      readonly attached: readonly AttachedFile[];
    }
  /** Nobody could be asked whether the comment is there. */
  | { readonly kind: 'attachNotConfirmed'; readonly id: number }
  | { readonly kind: 'md5Mismatch'; readonly sent: string; readonly stored: string }
  | { readonly kind: 'incompleteDownload'; readonly expected: number; readonly received: number }
  | { readonly kind: 'encodedDownload'; readonly encoding: string };

/** Why a field takes no file: not there, a table's, not this user's to change, or not it alone. */
export type FieldRefusal = 'gone' | 'inTable' | 'locked' | 'otherRequired';

/** What we were waiting for when nothing more came. */
export type TimeoutPhase = 'connect' | 'send' | 'answer' | 'receive';

/** A failure between us and Pyrus. `switch` on `failure.kind`; the message is for logs only. */
export class PyrusError extends Error {
  override readonly name = 'PyrusError';
  /** How often it was tried before this was thrown. */
  attempts = 1;

  constructor(
    readonly failure: PyrusFailure,
    options?: ErrorOptions,
  ) {
    super(failure.kind, options);
  }
}
