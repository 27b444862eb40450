import { largestList, readJson } from './answers';
import { PyrusError } from './errors';
import { RouteMissing } from './exchange';
import type { Call, Exchange } from './exchange';
import { callsLeft } from './rateHeaders';
import type { CallsLeft } from './rateHeaders';
import { textWithoutSecrets, withoutSecrets } from './redaction';
import { answeredAddresses, authUrl } from './servers';
import type { Addresses, AnsweredAddresses, Server } from './servers';
import { authAnswer, profile } from './wire';
import type { AuthAnswer, Profile } from './wire';
import type { Grant } from './session';
import { signInPatience } from './watchdog';

/** What Pyrus wants to see for a token, help page "Authorization". */
export interface Credentials {
  readonly login: string;
  readonly securityKey: string;
  /** Employee id; only when several accounts share the e-mail. */
  readonly personId?: number;
}

/** A fresh token, and the hosts beside the server's own that it would go to. */
export interface Authorized extends AnsweredAddresses {
  readonly token: string;
}

/**
 * `POST /auth`. The key travels in the body, never in the address.
 * @throws PyrusError `invalidCredentials`, `personIdNeeded`, `hostRefused` … ; `signal.reason` on cancel
 */
export async function authorize(
  exchange: Exchange,
  server: Server,
  credentials: Credentials,
  signal: AbortSignal,
): Promise<Authorized> {
  const secrets = [credentials.securityKey];
  try {
    const answer = await answerTo(exchange, authUrl(server), credentials, signal);
    secrets.push(answer.accessToken);
    const answered = answeredAddresses(server, answer);
    assertWithout(secrets, answered.addresses);
    return { token: answer.accessToken, ...answered };
  } catch (error) {
    throw withoutSecrets(error, secrets);
  }
}

/**
 * An address goes where no key and no token may: into the log, to proxies, into the text of failures.
 * @throws PyrusError `hostRefused`
 */
function assertWithout(secrets: readonly string[], { apiUrl, filesUrl }: Addresses): void {
  const telling = [apiUrl, filesUrl].find(url => textWithoutSecrets(url, secrets) !== url);
  if (telling !== undefined) {
    throw new PyrusError({ kind: 'hostRefused', url: telling });
  }
}

async function answerTo(
  exchange: Exchange,
  url: URL,
  { login, securityKey, personId }: Credentials,
  signal: AbortSignal,
): Promise<AuthAnswer> {
  const body = await exchange.firstRoute([url], () =>
    exchange.call({
      method: 'POST',
      url,
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ login, security_key: securityKey, person_id: personId }),
      patience: signInPatience,
      signal,
      read: readJson,
      refused: ({ status, code }) =>
        status === 401 && code !== 'account_blocked'
          ? new PyrusError({ kind: 'invalidCredentials' })
          : undefined,
    }),
  );
  const answer = authAnswer(body);
  if (answer === undefined) {
    throw new PyrusError({ kind: 'unexpectedAnswer', host: url.host, about: 'no access token' });
  }
  return answer;
}

/**
 * `GET /profile`: who the token belongs to, and the proof that it works.
 * @throws PyrusError; `tokenExpired` when the token is not accepted
 */
export async function whoAmI(
  exchange: Exchange,
  grant: Grant,
  signal: AbortSignal,
): Promise<Profile> {
  const url = new URL('profile', grant.apiUrl);
  const call = exchange.firstRoute([url], () =>
    exchange.call({
      method: 'GET',
      url,
      token: grant.token,
      patience: signInPatience,
      signal,
      read: (reply, request) => readJson(reply, request, largestList),
    }),
  );
  const body = await call.catch((error: unknown) => {
    throw withoutSecrets(error, [grant.token]);
  });
  const person = profile(body);
  if (person === undefined) {
    throw new PyrusError({ kind: 'notPyrus', host: url.host, status: 200 });
  }
  return person;
}

/**
 * Asks whether the token is accepted, at the price of a few bytes; the answer itself is not read.
 * @returns what is left of the calls, when the server tells
 * @throws PyrusError; `tokenExpired` when it is not; `signal.reason` on cancel
 */
export async function probeToken(
  exchange: Exchange,
  grant: Grant,
  { signal, onWait }: Pick<Call<unknown>, 'signal' | 'onWait'>,
): Promise<CallsLeft | undefined> {
  const probe = exchange.call({
    method: 'GET',
    url: new URL('profile', grant.apiUrl),
    token: grant.token,
    patience: signInPatience,
    signal,
    ...(onWait === undefined ? {} : { onWait }),
    read: ({ headers }) => Promise.resolve(callsLeft(headers)),
  });
  return probe.catch((error: unknown) => {
    if (!(error instanceof RouteMissing)) {
      throw error;
    }
    // A server without this route cannot tell; it says so with or without a token.
    return undefined;
  });
}
