import { env, l10n } from 'vscode';
import { PyrusError } from '../pyrus/errors';
import { failureText, needsSignIn } from '../words/failures';
import { plainText } from '../words/plainText';
import type { AccountFacts, HostFacts, Role } from './connectionFacts';
import { verdictOf } from './connectionFindings';
import type { Finding, Verdict } from './connectionFindings';
import { callsText, certificatesText, clockText, proxyText } from './connectionSettingWords';
import type { ReportRow } from './connectionReport';

/** Neither good nor bad. */
const NEUTRAL = '·';

/** One line of the report, in the user's language. */
export function findingRow(finding: Finding): ReportRow {
  const action = actionText(finding);
  return {
    mark: markText(verdictOf(finding)),
    label: labelText(finding),
    text: findingText(finding),
    ...(action === undefined ? {} : { action }),
  };
}

/** The account to sign in to again, when that is what helps. */
export function accountToSignIn(finding: Finding): AccountFacts | undefined {
  return finding.kind === 'notLetIn' && needsSignIn(new PyrusError(finding.failure))
    ? finding.account
    : undefined;
}

/** What can be done about a finding with one click; undefined when its sentence says all there is. */
export function actionText(finding: Finding): string | undefined {
  const account = accountToSignIn(finding);
  return account && l10n.t('Sign in again as {0}', plainText(account.label));
}

/** Who is meant, and that commands use this account. */
export function accountHeading({ label, isCurrent }: AccountFacts): string {
  return isCurrent ? l10n.t('{0} (used in this window)', plainText(label)) : plainText(label);
}

/** Versions and places, for whoever is to help. */
export function hostRows(host: HostFacts): readonly ReportRow[] {
  const row = (label: string, text: string): ReportRow => ({ mark: NEUTRAL, label, text });
  return [
    row(l10n.t('Versions'), `${host.extension}, ${host.editor}, ${host.node}`),
    row(l10n.t('System'), plainText(host.system)),
    row(l10n.t('Runs'), placeText(host)),
    row(l10n.t('Language'), host.language),
    row(
      l10n.t('Workspace'),
      host.inRestrictedMode ? l10n.t('not trusted (Restricted Mode)') : l10n.t('trusted'),
    ),
  ];
}

/** When the report was made: date, time and zone. */
export function timeText(time: Date): string {
  return new Intl.DateTimeFormat(env.language, { dateStyle: 'long', timeStyle: 'long' }).format(
    time,
  );
}

function placeText({ remote, isBrowser }: HostFacts): string {
  const where =
    remote === undefined ? l10n.t('on this computer') : l10n.t('remotely ({0})', plainText(remote));
  return isBrowser ? l10n.t('{0}, VS Code in a browser', where) : where;
}

function markText(verdict: Verdict): string {
  switch (verdict) {
    case 'good':
      return l10n.t('✓ OK');
    case 'problem':
      return l10n.t('✗ PROBLEM');
    case 'neutral':
      return NEUTRAL;
  }
}

function labelText(finding: Finding): string {
  switch (finding.kind) {
    case 'answers':
    case 'unreached':
      return roleText(finding.role);
    case 'letIn':
    case 'notLetIn':
    case 'notTold':
      return l10n.t('Sign-in');
    case 'callsLeft':
      return l10n.t('Requests');
    case 'clock':
      return l10n.t('Clock');
    case 'proxy':
      return l10n.t('Proxy');
    case 'certificates':
      return l10n.t('Certificates');
    case 'storage':
      return l10n.t('Secret storage');
  }
}

function roleText(role: Role): string {
  switch (role) {
    case 'signIn':
      return l10n.t('Sign-in server');
    case 'api':
      return l10n.t('API server');
    case 'files':
      return l10n.t('File server');
  }
}

/** What was found and, unless it is well, what to do. */
export function findingText(finding: Finding): string {
  switch (finding.kind) {
    case 'answers':
      return l10n.t(
        '{0} answers ({1} ms).',
        plainText(finding.host),
        finding.sighting.milliseconds,
      );
    case 'unreached':
    case 'notLetIn':
      return failureText(new PyrusError(finding.failure));
    case 'letIn':
      return finding.isRenewed
        ? l10n.t('Pyrus accepts it. The old token had run out, and there is a new one.')
        : l10n.t('Pyrus accepts it.');
    case 'notTold':
      return l10n.t('Cannot be told while the server does not answer.');
    case 'callsLeft':
      return callsText(finding.calls);
    case 'clock':
      return clockText(finding.ahead, verdictOf(finding) === 'problem');
    case 'proxy':
      return proxyText(finding.proxy);
    case 'certificates':
      return certificatesText(finding.certificates);
    case 'storage':
      return storageText(finding);
  }
}

function storageText({
  keepsSecrets,
  isBrowser,
}: Extract<Finding, { readonly kind: 'storage' }>): string {
  if (!keepsSecrets) {
    return l10n.t(
      'The keyring of this computer does not keep secrets: a sign-in lasts until this window closes. Unlock or install a keyring, and sign in again.',
    );
  }
  return isBrowser
    ? l10n.t('Works. In a browser, VS Code may keep secrets only until the page is loaded again.')
    : l10n.t('Works.');
}
