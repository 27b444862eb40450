import * as vscode from 'vscode';
import type { Account, Accounts } from './accounts';

/**
 * Pyrus in VS Code's Accounts menu. It shows and ends sessions of the same accounts that the
 * commands use; `getSessions` never goes to the network and never asks.
 */
export class PyrusAuthenticationProvider
  implements vscode.AuthenticationProvider, vscode.Disposable
{
  readonly #changed =
    new vscode.EventEmitter<vscode.AuthenticationProviderAuthenticationSessionsChangeEvent>();
  readonly onDidChangeSessions = this.#changed.event;
  readonly #subscriptions: vscode.Disposable;
  /** As last told to VS Code, to tell what was added, removed and changed. */
  #known: readonly vscode.AuthenticationSession[] = [];
  /** Comparisons take turns: the storage tells of one change more than once. */
  #turn: Promise<unknown>;

  /** @param signIn leads the user through signing in; undefined when they leave */
  constructor(
    private readonly accounts: Accounts,
    private readonly signIn: (again?: Account) => Promise<Account | undefined>,
    onError: (error: unknown) => void,
  ) {
    this.#subscriptions = vscode.Disposable.from(
      vscode.authentication.registerAuthenticationProvider('pyrus', 'Pyrus', this, {
        supportsMultipleAccounts: true,
      }),
      accounts.onDidChange(() => void this.#refresh().catch(onError)),
      this.#changed,
    );
    this.#turn = this.getSessions()
      .then(sessions => (this.#known = sessions))
      .catch(onError);
  }

  /** Of all accounts, or of the one that VS Code asks about. */
  async getSessions(
    _scopes?: readonly string[],
    { account }: vscode.AuthenticationProviderSessionOptions = {},
  ): Promise<vscode.AuthenticationSession[]> {
    const sessions = (await this.accounts.all()).map(session);
    return account === undefined ? sessions : sessions.filter(({ id }) => id === account.id);
  }

  async createSession(
    _scopes?: readonly string[],
    options: vscode.AuthenticationProviderSessionOptions = {},
  ): Promise<vscode.AuthenticationSession> {
    const { id } = options.account ?? {};
    const account = await this.signIn(id === undefined ? undefined : await this.accounts.find(id));
    if (account === undefined) {
      throw new vscode.CancellationError();
    }
    return session(account);
  }

  async removeSession(id: string): Promise<void> {
    await this.accounts.signOut(id);
    await this.#refresh();
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  #refresh(): Promise<void> {
    const refreshed = this.#turn.then(() => this.#tellChanges());
    // Whoever asked for this one hears of its failure; the next starts afresh.
    this.#turn = refreshed.catch(() => undefined);
    return refreshed;
  }

  async #tellChanges(): Promise<void> {
    const before = this.#known;
    const now = await this.getSessions();
    this.#known = now;
    const added = now.filter(({ id }) => !before.some(old => old.id === id));
    const removed = before.filter(({ id }) => !now.some(one => one.id === id));
    const changed = now.filter(({ id, accessToken }) =>
      before.some(old => old.id === id && old.accessToken !== accessToken),
    );
    if (added.length + removed.length + changed.length > 0) {
      this.#changed.fire({ added, removed, changed });
    }
  }
}

/** The security key stays here; a session carries the short-lived token only. */
function session({ id, label, grant }: Account): vscode.AuthenticationSession {
  return { id, accessToken: grant?.token ?? '', account: { id, label }, scopes: [] };
}
