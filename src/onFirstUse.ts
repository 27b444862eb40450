import type { LogOutputChannel } from 'vscode';
import type { Account, Accounts } from './account/accounts';
import { AccountGrants } from './account/grants';
import { signIn } from './account/signIn';
import { runCommand } from './commands/command';
import { download } from './commands/download';
import type { Services } from './commands/services';
import { signInCommand, signOutCommand } from './commands/signIn';
import { upload } from './commands/upload';
import { insertTexts } from './editor/insert';
import { PyrusClient } from './pyrus/client';
import { Exchange } from './pyrus/exchange';
import { send } from './pyrus/http';
import { RateGate } from './pyrus/rateLimit';
import { logged } from './pyrus/requestLog';
import { RetryBudget } from './pyrus/retry';
import { Session } from './pyrus/session';
import { failureText } from './words/failures';

/** What stands from start-up on. */
export interface AlwaysThere {
  readonly accounts: Accounts;
  readonly log: LogOutputChannel;
}

/** The commands that need the rest, by id; `signIn` also for the Accounts menu. */
export interface OnFirstUse {
  readonly signIn: () => Promise<Account | undefined>;
  readonly commands: Readonly<Record<string, (args: readonly unknown[]) => Promise<unknown>>>;
}

/** The other half of the composition root: built when the first command is used. */
export function build({ accounts, log }: AlwaysThere): OnFirstUse {
  const exchange = new Exchange(
    logged(send, line => log.info(line)),
    new RateGate(),
  );
  const session = new Session(new AccountGrants(accounts, exchange));
  const services: Services = {
    accounts,
    log,
    client: new PyrusClient(session, exchange, new RetryBudget()),
    signIn: () => signIn({ accounts, exchange, explain: failureText }),
    insertTexts,
  };
  const command =
    (id: string, run: (services: Services, args: readonly unknown[]) => Promise<unknown>) =>
    (args: readonly unknown[]) =>
      runCommand(services, id, () => run(services, args));
  return {
    signIn: services.signIn,
    commands: {
      'pyrus.upload': command('pyrus.upload', upload),
      'pyrus.download': command('pyrus.download', download),
      'pyrus.signIn': command('pyrus.signIn', signInCommand),
      'pyrus.signOut': command('pyrus.signOut', signOutCommand),
    },
  };
}
