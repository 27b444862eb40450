import * as vscode from 'vscode';
import { authorize, whoAmI } from '../pyrus/auth';
import type { Credentials } from '../pyrus/auth';
import { PyrusError } from '../pyrus/errors';
import type { Exchange } from '../pyrus/exchange';
import { defaultAddresses, parseServer } from '../pyrus/servers';
import type { Server } from '../pyrus/servers';
import type { Grant } from '../pyrus/session';
import { isToken } from '../pyrus/wire';
import type { Account, Accounts } from './accounts';
import { draftOf, webAddress } from './draft';
import type { Draft } from './draft';
import { askChoice, askText } from './inputs';
import type { StepPlace, StepResult } from './inputs';

export interface SignInDependencies {
  readonly accounts: Accounts;
  readonly exchange: Exchange;
  /** Words for a failure, in the user's language. */
  readonly explain: (error: unknown) => string;
}

/** One question. Answers with the next one, or with the account when all is known and verified. */
type Step = (place: StepPlace) => Promise<StepResult<Step | Account>>;

const CLOUD: Server = { kind: 'cloud' };

/**
 * Asks who the user is, verifies it with Pyrus at once, and stores it.
 * @param again signed in already: only what Pyrus no longer accepts is asked for
 * @returns undefined when the user left
 */
export async function signIn(
  dependencies: SignInDependencies,
  again?: Account,
): Promise<Account | undefined> {
  const questions = new Questions(dependencies, again === undefined ? {} : draftOf(again));
  const path = [...questions.path];
  for (;;) {
    const step = path.at(-1) ?? questions.where;
    const result = await step({
      title: vscode.l10n.t('Sign in to Pyrus'),
      step: path.length,
      totalSteps: Math.max(path.length, questions.totalSteps),
      canGoBack: path.length > 1,
    });
    if (result === undefined) {
      return undefined;
    }
    if (result === 'back') {
      path.pop();
    } else if (typeof result.answer === 'function') {
      path.push(result.answer);
    } else {
      return dependencies.accounts.signIn(result.answer);
    }
  }
}

class Questions {
  readonly #draft: Draft;

  constructor(
    private readonly dependencies: SignInDependencies,
    known: Draft,
  ) {
    this.#draft = known;
  }

  /** Up to the first question whose answer is not known. */
  get path(): readonly Step[] {
    switch (this.#draft.way) {
      case undefined:
        return [this.where];
      case 'cloud':
        return [this.where, this.login, this.securityKey];
      case 'onPremises':
        return [this.where, this.address, this.login, this.securityKey];
      case 'token':
        return [this.where, this.address, this.token];
    }
  }

  get totalSteps(): number {
    return this.#draft.way === 'onPremises' ? 4 : 3;
  }

  readonly where: Step = async place => {
    const result = await askChoice(
      { ...place, placeholder: vscode.l10n.t('Where is your Pyrus?') },
      [
        {
          label: vscode.l10n.t('$(cloud) Pyrus Cloud'),
          description: 'pyrus.com',
          answer: 'cloud' as const,
        },
        {
          label: vscode.l10n.t('$(server) On-Premises Server…'),
          description: vscode.l10n.t('a Pyrus of your organization, at its own address'),
          answer: 'onPremises' as const,
        },
        {
          label: vscode.l10n.t('$(key) Use an Access Token…'),
          description: vscode.l10n.t('without login and key; asked for again when it expires'),
          answer: 'token' as const,
        },
      ],
    );
    if (result === undefined || result === 'back') {
      return result;
    }
    this.#draft.way = result.answer;
    if (result.answer === 'cloud') {
      this.#draft.server = CLOUD;
    }
    return { answer: result.answer === 'cloud' ? this.login : this.address };
  };

  readonly address: Step = place =>
    askText({
      ...place,
      prompt:
        this.#draft.way === 'token'
          ? vscode.l10n.t('Address of the server that issued the token')
          : vscode.l10n.t('Address of your Pyrus server'),
      placeholder: 'https://pyrus.example.com',
      value: this.#draft.address ?? (this.#draft.way === 'token' ? 'https://pyrus.com' : ''),
      validate: text =>
        parseServer(text) === undefined
          ? vscode.l10n.t('Enter the address of the server, like https://pyrus.example.com')
          : undefined,
      accept: text => {
        this.#draft.address = text;
        this.#draft.server = parseServer(text) ?? CLOUD;
        return Promise.resolve(this.#draft.way === 'token' ? this.token : this.login);
      },
      explain: this.dependencies.explain,
    });

  readonly login: Step = place =>
    askText({
      ...place,
      prompt: vscode.l10n.t('Your Pyrus login: an e-mail, or bot@… for a bot'),
      placeholder: 'name@example.com',
      value: this.#draft.login ?? '',
      validate: text => (text === '' ? vscode.l10n.t('Enter your Pyrus login') : undefined),
      accept: text => {
        if (this.#draft.login !== text) {
          delete this.#draft.personId;
        }
        this.#draft.login = text;
        return Promise.resolve(this.securityKey);
      },
      explain: this.dependencies.explain,
    });

  readonly securityKey: Step = place =>
    askText<Step | Account>({
      ...place,
      prompt: vscode.l10n.t(
        'Security key of {0}: the button above opens the page that shows it',
        this.#draft.login ?? '',
      ),
      placeholder: vscode.l10n.t('Security key'),
      password: true,
      link: {
        tooltip: vscode.l10n.t('Open the page with the key'),
        target: vscode.Uri.parse(`${webAddress(this.#server)}/t#authorize`),
      },
      validate: text => {
        if (text === '') {
          return vscode.l10n.t('Enter your security key');
        }
        return /^[\x21-\x7e]{1,1024}$/.test(text)
          ? undefined
          : vscode.l10n.t('A security key has no spaces or special letters: copy it once more');
      },
      accept: async (text, signal) => {
        this.#draft.securityKey = text;
        try {
          return await this.#verify(this.#credentials(text), signal);
        } catch (error) {
          if (error instanceof PyrusError && error.failure.kind === 'personIdNeeded') {
            return this.personId;
          }
          throw error;
        }
      },
      explain: this.dependencies.explain,
    });

  readonly personId: Step = place =>
    askText({
      ...place,
      prompt: vscode.l10n.t(
        'Several people share this e-mail. Enter your employee id: the number in the address of your profile page',
      ),
      placeholder: '12345',
      validate: text =>
        /^[1-9]\d{0,9}$/.test(text) ? undefined : vscode.l10n.t('Enter your employee id, a number'),
      accept: (text, signal) =>
        this.#verify(
          { ...this.#credentials(this.#draft.securityKey ?? ''), personId: Number(text) },
          signal,
        ),
      explain: this.dependencies.explain,
    });

  readonly token: Step = place =>
    askText({
      ...place,
      prompt: vscode.l10n.t('Access token'),
      placeholder: vscode.l10n.t('Access token'),
      password: true,
      validate: text =>
        isToken(text) ? undefined : vscode.l10n.t('Enter the access token, without spaces'),
      accept: (text, signal) =>
        this.#account({ token: text, ...defaultAddresses(this.#server) }, [], undefined, signal),
      explain: error =>
        error instanceof PyrusError && error.failure.kind === 'tokenExpired'
          ? vscode.l10n.t('Pyrus does not accept this token. Copy it once more.')
          : this.dependencies.explain(error),
    });

  get #server(): Server {
    return this.#draft.server ?? CLOUD;
  }

  #credentials(securityKey: string): Credentials {
    const { login = '', personId } = this.#draft;
    return { login, securityKey, ...(personId === undefined ? {} : { personId }) };
  }

  async #verify(credentials: Credentials, signal: AbortSignal): Promise<Account> {
    const { token, addresses, foreignHosts } = await authorize(
      this.dependencies.exchange,
      this.#server,
      credentials,
      signal,
    );
    await allow(foreignHosts, signal);
    return this.#account({ token, ...addresses }, foreignHosts, credentials, signal);
  }

  async #account(
    grant: Grant,
    allowedHosts: readonly string[],
    credentials: Credentials | undefined,
    signal: AbortSignal,
  ): Promise<Account> {
    const person = await whoAmI(this.dependencies.exchange, grant, signal);
    const host = new URL(webAddress(this.#server)).host;
    const login = credentials?.login ?? (person.email || person.name);
    // Several people have this login, and their labels are to differ.
    const who = credentials?.personId === undefined ? login : `${login} #${person.personId}`;
    return {
      id: `${host}/${person.personId}`,
      server: this.#server,
      label: this.#server.kind === 'cloud' ? who : `${who} (${host})`,
      name: person.name || login,
      organization: person.organization,
      ...(credentials === undefined ? {} : { credentials }),
      grant,
      allowedHosts,
    };
  }
}

/** @throws PyrusError `hostRefused` unless the user says that the token may go to these hosts */
async function allow(hosts: readonly string[], signal: AbortSignal): Promise<void> {
  for (const host of hosts) {
    const yes = vscode.l10n.t('Use {0}', host);
    const answer = await vscode.window.showWarningMessage(
      vscode.l10n.t('Your Pyrus is served from another host: {0}', host),
      {
        modal: true,
        detail: vscode.l10n.t(
          'The sign-in server says that files and tasks are at {0}. Go on only if you know this address.',
          host,
        ),
      },
      yes,
    );
    signal.throwIfAborted();
    if (answer !== yes) {
      throw new PyrusError({ kind: 'hostRefused', url: host });
    }
  }
}
