import * as vscode from 'vscode';
import { textWithoutSecrets } from '../pyrus/redaction';
import { plural } from '../words/numbers';
import { runCommand } from './command';
import { checkAccounts, checkCloud } from './connectionCheck';
import type { ConnectionFacts } from './connectionFacts';
import { accountFindings, computerFindings, originFinding, problemsIn } from './connectionFindings';
import type { Finding } from './connectionFindings';
import { certificateFacts, hostFacts, proxyFacts, proxySecrets } from './connectionHost';
import { reportText } from './connectionReport';
import type { ReportSection } from './connectionReport';
import {
  accountHeading,
  accountToSignIn,
  actionText,
  findingRow,
  findingText,
  hostRows,
  timeText,
} from './connectionWords';
import { withTransferProgress } from './progress';
import type { ReportAction } from './reportDocuments';
import type { Services } from './services';

/**
 * `pyrus.checkConnection`: asks every server of every account whether it answers and lets us in, and
 * reports that together with whatever may stand in the way. Goes nowhere else.
 */
export async function checkConnection(services: Services): Promise<void> {
  const title = vscode.l10n.t('Checking the connection to Pyrus');
  const facts = await withTransferProgress(services.transfers, title, ({ signal }) =>
    gather(services, signal),
  );
  const findings = sectionsOf(facts).flatMap(section => section.findings);
  const problems = problemsIn(findings);
  const report = await withoutSecrets(services, textOf(facts, problems.length));
  const show = (): Promise<void> => services.reports.show(report, actionsOf(findings));
  if (problems.length > 0) {
    await show();
  }
  // Whoever ran the command does not wait for somebody to close the message.
  void runCommand(services, 'pyrus.checkConnection', () => tell(facts, problems, report, show));
}

async function gather(services: Services, signal: AbortSignal): Promise<ConnectionFacts> {
  const [accounts, keepsSecrets] = await Promise.all([
    checkAccounts(services, signal),
    services.accounts.keepsSecrets(),
  ]);
  return {
    accounts,
    ...(accounts.length > 0 ? {} : { cloud: await checkCloud(services, signal) }),
    proxy: proxyFacts(),
    certificates: certificateFacts(),
    keepsSecrets,
    host: hostFacts(services.extension),
  };
}

interface Section {
  readonly heading: string;
  readonly findings: readonly Finding[];
}

function sectionsOf(facts: ConnectionFacts): readonly Section[] {
  const { accounts, cloud } = facts;
  const nobody = vscode.l10n.t('Nobody is signed in; looked at: Pyrus Cloud');
  return [
    ...accounts.map(account => ({
      heading: accountHeading(account),
      findings: accountFindings(account),
    })),
    ...(cloud === undefined ? [] : [{ heading: nobody, findings: [originFinding(cloud)] }]),
    { heading: vscode.l10n.t('This computer'), findings: computerFindings(facts) },
  ];
}

function textOf(facts: ConnectionFacts, problems: number): string {
  const sections: ReportSection[] = sectionsOf(facts).map(({ heading, findings }) => ({
    heading,
    rows: findings.map(findingRow),
  }));
  const where = { heading: vscode.l10n.t('Where it runs'), rows: hostRows(facts.host) };
  const title = `Pyrus Attachments: ${verdictText(problems)}`;
  return reportText(`${title}\n${timeText(new Date())}`, [...sections, where]);
}

function actionsOf(findings: readonly Finding[]): ReportAction[] {
  return findings.flatMap(finding => {
    const label = actionText(finding);
    const account = accountToSignIn(finding);
    return label === undefined || account === undefined
      ? []
      : { label, command: 'pyrus.signIn', args: [account.id] };
  });
}

/** The last net: what is in the report was chosen one by one, and none of it is secret. */
async function withoutSecrets({ accounts }: Services, report: string): Promise<string> {
  const secrets = (await accounts.all()).flatMap(({ grant, credentials }) => [
    grant?.token ?? '',
    credentials?.securityKey ?? '',
  ]);
  return textWithoutSecrets(report, [...secrets, ...proxySecrets()]);
}

async function tell(
  facts: ConnectionFacts,
  problems: readonly Finding[],
  report: string,
  show: () => Promise<void>,
): Promise<void> {
  const copy = vscode.l10n.t('Copy Report');
  const open = vscode.l10n.t('Show Report');
  const signIn = vscode.l10n.t('Sign In');
  const [first] = problems;
  const account = first && accountToSignIn(first);
  const chosen =
    first === undefined
      ? await vscode.window.showInformationMessage(wellText(facts), open, copy)
      : await vscode.window.showWarningMessage(
          `${verdictText(problems.length)}. ${findingText(first)}`,
          ...(account === undefined ? [] : [signIn]),
          copy,
        );
  if (chosen === signIn) {
    await vscode.commands.executeCommand('pyrus.signIn', account?.id);
  } else if (chosen === open) {
    await show();
  } else if (chosen === copy) {
    await vscode.env.clipboard.writeText(report);
    vscode.window.setStatusBarMessage(
      vscode.l10n.t('$(check) The report is on the clipboard'),
      3000,
    );
  }
}

function wellText({ accounts }: ConnectionFacts): string {
  return accounts.length === 0
    ? vscode.l10n.t('Pyrus Cloud can be reached. Nobody is signed in.')
    : vscode.l10n.t('Everything works: Pyrus answers and accepts your sign-in.');
}

function verdictText(problems: number): string {
  if (problems === 0) {
    return vscode.l10n.t('The connection works');
  }
  return plural(problems, {
    one: () =>
      vscode.l10n.t({
        message: '{0} problem with the connection',
        args: [problems],
        comment: ['one'],
      }),
    few: () =>
      vscode.l10n.t({
        message: '{0} problems with the connection',
        args: [problems],
        comment: ['few'],
      }),
    many: () =>
      vscode.l10n.t({
        message: '{0} problems with the connection',
        args: [problems],
        comment: ['many'],
      }),
  });
}
