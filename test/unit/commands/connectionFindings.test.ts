import assert from 'node:assert/strict';
import type {
  AccountFacts,
  ConnectionFacts,
  OriginFacts,
  Role,
} from '../../../src/commands/connectionFacts';
import {
  accountFindings,
  computerFindings,
  problemsIn,
  verdictOf,
} from '../../../src/commands/connectionFindings';
import type { Finding } from '../../../src/commands/connectionFindings';
import type { PyrusFailure } from '../../../src/pyrus/errors';

const host = 'pyrus.example';
const reached = (role: Role, ahead?: number): OriginFacts => ({
  role,
  host,
  outcome: {
    value: { status: 401, milliseconds: 9, ...(ahead === undefined ? {} : { ahead }) },
  },
});
const unreached = (role: Role, failure: PyrusFailure): OriginFacts => ({
  role,
  host,
  outcome: { failure },
});
const account = (more: Partial<AccountFacts> = {}): AccountFacts => ({
  id: `${host}/1`,
  label: 'ann',
  isCurrent: true,
  origins: [reached('signIn'), reached('api'), reached('files')],
  session: { value: { isRenewed: false } },
  ...more,
});
const facts = (more: Partial<ConnectionFacts> = {}): ConnectionFacts => ({
  accounts: [account()],
  proxy: { support: 'override', exceptions: [], variables: [] },
  certificates: { useSystems: true, variables: [], isUnchecked: false },
  keepsSecrets: true,
  host: {
    extension: 'Pyrus Attachments 1.0.0',
    editor: 'VS Code 1.99.3',
    node: 'Node.js 20',
    system: 'Linux',
    isBrowser: false,
    language: 'en',
    inRestrictedMode: false,
  },
  ...more,
});
const verdicts = (findings: readonly Finding[]): string[] =>
  findings.map(finding => `${finding.kind} ${verdictOf(finding)}`);

describe('what a check of the connection finds', () => {
  it('is good for an account that is let in', () => {
    const left = { left: 4999, limit: 5000 };
    assert.deepEqual(
      verdicts(accountFindings(account({ session: { value: { isRenewed: true, left } } }))),
      ['answers good', 'answers good', 'answers good', 'letIn good', 'callsLeft good'],
    );
  });

  it('is a problem when no request is left', () => {
    const session = { value: { isRenewed: false, left: { left: 0 } } };
    const findings = accountFindings(account({ session }));
    assert.deepEqual(
      problemsIn(findings).map(({ kind }) => kind),
      ['callsLeft'],
    );
  });

  it('blames the sign-in only for what is no fault of the way there', () => {
    const refused = { kind: 'connectionRefused', host } as const;
    const origins = [reached('signIn'), unreached('api', refused), reached('files')];
    assert.deepEqual(
      verdicts(accountFindings(account({ origins, session: { failure: refused } }))),
      ['answers good', 'unreached problem', 'answers good', 'notTold neutral'],
    );
    const session = { failure: { kind: 'invalidCredentials' } } as const;
    assert.equal(verdicts(accountFindings(account({ session }))).at(-1), 'notLetIn problem');
  });

  it('counts one host that does not answer as one problem', () => {
    const failure = { kind: 'hostNotFound', host } as const;
    const origins = (['signIn', 'api', 'files'] as const).map(role => unreached(role, failure));
    const findings = accountFindings(account({ origins, session: { failure } }));
    assert.equal(problemsIn(findings).length, 1);
    const other = unreached('files', { kind: 'hostNotFound', host: 'files.example' });
    assert.equal(
      problemsIn([...findings, ...accountFindings(account({ origins: [other] }))]).length,
      2,
    );
  });

  const clock = (...ahead: (number | undefined)[]): number | undefined => {
    const origins = ahead.map(server => reached('api', server));
    const finding = computerFindings(facts({ accounts: [account({ origins })] }))[0];
    return finding?.kind === 'clock' ? finding.ahead : undefined;
  };

  it('goes by the server whose clock agrees best with ours', () => {
    assert.equal(clock(-600_000, 300), -300);
    assert.equal(clock(600_000, 599_000), -599_000);
    assert.equal(clock(undefined, undefined), undefined);
  });

  it('takes two minutes for nothing', () => {
    const verdict = (ahead: number): string => verdictOf({ kind: 'clock', ahead });
    assert.deepEqual([120_000, -120_000, 120_001, -120_001].map(verdict), [
      'good',
      'good',
      'problem',
      'problem',
    ]);
  });

  it('is a problem when certificates are not checked or secrets not kept', () => {
    const { certificates } = facts();
    const findings = computerFindings(
      facts({ certificates: { ...certificates, isUnchecked: true }, keepsSecrets: false }),
    );
    assert.deepEqual(verdicts(problemsIn(findings)), ['certificates problem', 'storage problem']);
    assert.deepEqual(problemsIn(computerFindings(facts())), []);
  });
});
