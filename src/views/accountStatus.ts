import { StatusBarAlignment, commands, l10n, window } from 'vscode';
import type { Disposable, StatusBarItem } from 'vscode';
import type { Account, Accounts } from '../account/accounts';
import { plainText } from '../words/plainText';

/**
 * Which account this window works with. For the eye: beside the title of the uploads view when there are
 * several, and in the status bar when Pyrus no longer lets it in; else nothing. For the menus: the
 * context key `pyrus.signedIn`.
 */
export class AccountStatus implements Disposable {
  #item: StatusBarItem | undefined;
  readonly #listening: { dispose(): void };

  constructor(
    private readonly view: { description?: string },
    private readonly accounts: Accounts,
    onError: (error: unknown) => void,
  ) {
    const tell = (): void => void this.#tell().catch(onError);
    this.#listening = accounts.onDidChange(tell);
    tell();
  }

  dispose(): void {
    this.#listening.dispose();
    this.#hide();
  }

  async #tell(): Promise<void> {
    const current = await this.accounts.current();
    this.#show(current, await this.accounts.all());
    await commands.executeCommand('setContext', 'pyrus.signedIn', current !== undefined);
  }

  /** @param current whom commands work with; `all` are all that are signed in */
  #show(current: Account | undefined, all: readonly Account[]): void {
    this.view.description =
      current !== undefined && all.length > 1
        ? plainText(`${current.name} · ${current.label}`, 80)
        : '';
    if (current !== undefined && current.grant === undefined) {
      this.#warn(current);
    } else {
      this.#hide();
    }
  }

  #hide(): void {
    this.#item?.dispose();
    this.#item = undefined;
  }

  #warn({ id, label }: Account): void {
    const item = (this.#item ??= window.createStatusBarItem(
      'pyrus.signIn',
      StatusBarAlignment.Left,
    ));
    const text = l10n.t('Pyrus no longer accepts the sign-in of {0}.', plainText(label));
    const remedy = l10n.t('Sign in again');
    item.name = 'Pyrus';
    item.text = `$(warning) ${l10n.t('Pyrus: Sign In')}`;
    item.tooltip = `${text}\n${remedy}`;
    item.accessibilityInformation = { label: `${text} ${remedy}` };
    item.command = { title: remedy, command: 'pyrus.signIn', arguments: [id] };
    item.show();
  }
}
