import { env, l10n } from 'vscode';
import type { CallsLeft } from '../pyrus/rateHeaders';
import { duration } from '../words/numbers';
import { plainText } from '../words/plainText';
import type { CertificateFacts, ProxyFacts } from './connectionFacts';

/** @param ahead milliseconds that this computer's clock is ahead of the server's */
export function clockText(ahead: number, isOff: boolean): string {
  if (!isOff) {
    return l10n.t('Agrees with the clock of the server.');
  }
  const difference = duration(Math.abs(ahead) / 1000);
  return ahead > 0
    ? l10n.t(
        'This computer is {0} ahead of the server. Set its clock: certificates and dates depend on it.',
        difference,
      )
    : l10n.t(
        'This computer is {0} behind the server. Set its clock: certificates and dates depend on it.',
        difference,
      );
}

/** How many requests Pyrus still takes in this interval. */
export function callsText({ left, limit, seconds }: CallsLeft): string {
  const number = new Intl.NumberFormat(env.language);
  const amount =
    limit === undefined
      ? l10n.t('{0} left.', number.format(left))
      : l10n.t('{0} of {1} left.', number.format(left), number.format(limit));
  if (left > 0) {
    return amount;
  }
  return seconds === undefined
    ? l10n.t('{0} Try again in a few minutes.', amount)
    : l10n.t('{0} Try again in {1}.', amount, duration(seconds));
}

/** Which proxy VS Code was told to use, and by what. */
export function proxyText(proxy: ProxyFacts): string {
  return [way(proxy), exceptions(proxy)].filter(text => text !== '').join(' ');
}

function way({ address, support, variables }: ProxyFacts): string {
  if (support === 'off') {
    return l10n.t('Not used: http.proxySupport is “off”.');
  }
  if (address !== undefined) {
    return l10n.t('{0}, from http.proxy.', plainText(address));
  }
  return variables.length > 0
    ? l10n.t('From the environment: {0}.', variables.join(', '))
    : l10n.t('None in http.proxy or in the environment.');
}

function exceptions({ exceptions: hosts }: ProxyFacts): string {
  return hosts.length === 0
    ? ''
    : l10n.t('Not for {0} (http.noProxy).', plainText(hosts.join(', '), 300));
}

/** Whose certificates are trusted. */
export function certificatesText({ useSystems, variables, isUnchecked }: CertificateFacts): string {
  if (isUnchecked) {
    return l10n.t(
      'They are not checked, so anybody can read what is sent: NODE_TLS_REJECT_UNAUTHORIZED is 0. Remove this variable and restart VS Code.',
    );
  }
  const systems = useSystems
    ? l10n.t('Those of the system are trusted, too (http.systemCertificates is on).')
    : l10n.t('Those of the system are not used (http.systemCertificates is off).');
  return variables.length === 0
    ? systems
    : l10n.t('{0} From the environment: {1}.', systems, variables.join(', '));
}
