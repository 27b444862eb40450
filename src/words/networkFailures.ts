import { l10n } from 'vscode';
import { PyrusError } from '../pyrus/errors';
import type { PyrusFailure, TimeoutPhase } from '../pyrus/errors';
import { short } from './plainText';

type NetworkFailure = Extract<
  PyrusFailure,
  | { host: string }
  | {
      kind:
        | 'serverError'
        | 'hostRefused'
        | 'proxyUnreachable'
        | 'md5Mismatch'
        | 'incompleteDownload'
        | 'encodedDownload';
    }
>;

/** What happened on the way to Pyrus and what to do about it. */
export function networkFailureText(failure: NetworkFailure): string {
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
      return certificateText(failure);
    case 'proxy':
      return failure.status === 407
        ? l10n.t(
            'The proxy wants a user name and a password, or does not accept those it got (HTTP 407). Check http.proxy in the settings.',
          )
        : l10n.t(
            'The proxy does not connect us to {0} (HTTP {1}). Ask whoever runs it, or check http.proxy and http.noProxy in the settings.',
            short(failure.host),
            failure.status,
          );
    case 'proxyUnreachable':
      return l10n.t(
        'The proxy cannot be reached. Check http.proxy in the settings, and whether the proxy is running.',
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

type CertificateTrouble = 'expired' | 'notYetValid' | 'ofAnotherServer' | 'notTrusted';

/** @param reason a code of Node's TLS: OpenSSL's reasons, and its own check of the name */
function certificateTrouble(reason: string): CertificateTrouble {
  switch (reason) {
    case 'CERT_HAS_EXPIRED':
      return 'expired';
    case 'CERT_NOT_YET_VALID':
      return 'notYetValid';
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
    case 'HOSTNAME_MISMATCH':
      return 'ofAnotherServer';
    default:
      return 'notTrusted';
  }
}

function certificateText({ host, reason }: Extract<PyrusFailure, { kind: 'certificate' }>): string {
  switch (certificateTrouble(reason)) {
    case 'expired':
      return l10n.t(
        'The certificate of {0} has expired. Ask whoever runs the server to renew it, and check the clock of this computer.',
        short(host),
      );
    case 'notYetValid':
      return l10n.t(
        'The certificate of {0} is not valid yet. Check the clock of this computer.',
        short(host),
      );
    case 'ofAnotherServer':
      return l10n.t(
        'What answers at {0} has the certificate of another server; nothing was sent to it. Check the address.',
        short(host),
      );
    case 'notTrusted':
      return l10n.t(
        'The certificate of {0} is not trusted ({1}). Install the certificate of its authority where the extension runs, turn on http.systemCertificates and reload the window.',
        short(host),
        short(reason),
      );
  }
}

/** The setting of VS Code that the words of a failure name and that is worth opening. */
export function settingToCheck(
  error: unknown,
): 'http.proxy' | 'http.systemCertificates' | undefined {
  if (!(error instanceof PyrusError)) {
    return undefined;
  }
  const { failure } = error;
  switch (failure.kind) {
    case 'proxy':
    case 'proxyUnreachable':
      return 'http.proxy';
    case 'certificate':
      return certificateTrouble(failure.reason) === 'notTrusted'
        ? 'http.systemCertificates'
        : undefined;
    default:
      return undefined;
  }
}
