import type { PyrusFailure } from '../pyrus/errors';
import type { Sighting } from '../pyrus/probe';
import type { CallsLeft } from '../pyrus/rateHeaders';
import type {
  AccountFacts,
  CertificateFacts,
  ConnectionFacts,
  OriginFacts,
  ProxyFacts,
  Role,
} from './connectionFacts';

/** One line of the report. */
export type Finding =
  | {
      readonly kind: 'answers';
      readonly role: Role;
      readonly host: string;
      readonly sighting: Sighting;
    }
  | { readonly kind: 'unreached'; readonly role: Role; readonly failure: PyrusFailure }
  | { readonly kind: 'letIn'; readonly isRenewed: boolean }
  | { readonly kind: 'notLetIn'; readonly account: AccountFacts; readonly failure: PyrusFailure }
  /** Whether it is let in cannot be told while the server does not answer. */
  | { readonly kind: 'notTold' }
  | { readonly kind: 'callsLeft'; readonly calls: CallsLeft }
  | { readonly kind: 'clock'; readonly ahead: number }
  | { readonly kind: 'proxy'; readonly proxy: ProxyFacts }
  | { readonly kind: 'certificates'; readonly certificates: CertificateFacts }
  | { readonly kind: 'storage'; readonly keepsSecrets: boolean; readonly isBrowser: boolean };

/** Shown by a word each, so that no colour has to tell. */
export type Verdict = 'good' | 'problem' | 'neutral';

/** Milliseconds: a clock that is further off makes certificates fail and dates lie. */
const CLOCK_TOLERANCE = 2 * 60_000;

export function verdictOf(finding: Finding): Verdict {
  switch (finding.kind) {
    case 'answers':
    case 'letIn':
      return 'good';
    case 'unreached':
    case 'notLetIn':
      return 'problem';
    case 'notTold':
    case 'proxy':
      return 'neutral';
    case 'callsLeft':
      return finding.calls.left > 0 ? 'good' : 'problem';
    case 'clock':
      return Math.abs(finding.ahead) > CLOCK_TOLERANCE ? 'problem' : 'good';
    case 'certificates':
      return finding.certificates.isUnchecked ? 'problem' : 'neutral';
    case 'storage':
      return finding.keepsSecrets ? (finding.isBrowser ? 'neutral' : 'good') : 'problem';
  }
}

/** What there is to say about one account. */
export function accountFindings(account: AccountFacts): readonly Finding[] {
  return [...account.origins.map(originFinding), ...sessionFindings(account)];
}

export function originFinding({ role, host, outcome }: OriginFacts): Finding {
  return 'value' in outcome
    ? { kind: 'answers', role, host, sighting: outcome.value }
    : { kind: 'unreached', role, failure: outcome.failure };
}

function sessionFindings(account: AccountFacts): readonly Finding[] {
  const { session, origins } = account;
  if ('value' in session) {
    const { isRenewed, left } = session.value;
    return [
      { kind: 'letIn', isRenewed },
      ...(left === undefined ? [] : [{ kind: 'callsLeft', calls: left } as const]),
    ];
  }
  const { failure } = session;
  const isSaid = origins.some(
    ({ outcome }) => 'failure' in outcome && outcome.failure.kind === failure.kind,
  );
  // It is one problem, however many calls it spoils.
  return isSaid ? [{ kind: 'notTold' }] : [{ kind: 'notLetIn', account, failure }];
}

/** What there is to say about this computer, whoever is signed in. */
export function computerFindings(facts: ConnectionFacts): readonly Finding[] {
  const { proxy, certificates, keepsSecrets, host } = facts;
  const ahead = clockAhead(facts);
  return [
    ...(ahead === undefined ? [] : [{ kind: 'clock', ahead } as const]),
    { kind: 'proxy', proxy },
    { kind: 'certificates', certificates },
    { kind: 'storage', keepsSecrets, isBrowser: host.isBrowser },
  ];
}

/**
 * How far this computer's clock is ahead of the server's that agrees best: where one server differs from
 * another, it is not this computer that is wrong. @returns milliseconds; undefined when none told the time
 */
function clockAhead({ accounts, cloud }: ConnectionFacts): number | undefined {
  const origins = [...accounts.flatMap(account => account.origins), ...(cloud ? [cloud] : [])];
  return origins
    .flatMap(({ outcome }) => ('value' in outcome ? (outcome.value.ahead ?? []) : []))
    .map(server => -server)
    .sort((one, other) => Math.abs(one) - Math.abs(other))[0];
}

/** The problems, each once: a server that does not answer is one, whatever it is asked for. */
export function problemsIn(findings: readonly Finding[]): readonly Finding[] {
  const said = new Set<string>();
  return findings.filter(finding => {
    const what = 'failure' in finding ? JSON.stringify(finding.failure) : finding.kind;
    return verdictOf(finding) === 'problem' && said.size < said.add(what).size;
  });
}
