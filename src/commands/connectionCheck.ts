import type { Account, Accounts } from '../account/accounts';
import type { PyrusClient } from '../pyrus/client';
import { PyrusError } from '../pyrus/errors';
import { inTime } from '../pyrus/probe';
import type { Sighting } from '../pyrus/probe';
import { authUrl, defaultAddresses } from '../pyrus/servers';
import type { AccountFacts, OriginFacts, Outcome, Role, SessionFacts } from './connectionFacts';

/** What a check goes out with. */
export interface ConnectionTools {
  readonly accounts: Accounts;
  readonly clientOf: (account: Account) => PyrusClient;
  /** Looks whether a server answers. @throws PyrusError; `signal.reason` on cancel */
  readonly probe: (url: URL, signal: AbortSignal) => Promise<Sighting>;
}

/** Looks at the servers of every account, all at the same time, at each address once. */
export async function checkAccounts(
  { accounts, clientOf, probe }: ConnectionTools,
  signal: AbortSignal,
): Promise<readonly AccountFacts[]> {
  const current = await accounts.current();
  const all = await accounts.all();
  const look = onceEach(url => outcomeOf(() => probe(url, signal)));
  return Promise.all(
    [...all]
      .sort((one, other) => Number(other.id === current?.id) - Number(one.id === current?.id))
      .map(async (account): Promise<AccountFacts> => {
        const [origins, session] = await Promise.all([
          Promise.all(addressesOf(account).map(([role, url]) => originFacts(role, url, look))),
          outcomeOf(() => checkSession(accounts, clientOf(account), account, signal)),
        ]);
        const { id, label } = account;
        return { id, label, isCurrent: id === current?.id, origins, session };
      }),
  );
}

/** Looks at the sign-in server of Pyrus Cloud, the one that nobody need be signed in for. */
export function checkCloud(
  { probe }: Pick<ConnectionTools, 'probe'>,
  signal: AbortSignal,
): Promise<OriginFacts> {
  return originFacts('signIn', authUrl({ kind: 'cloud' }), url =>
    outcomeOf(() => probe(url, signal)),
  );
}

type Look = (url: URL) => Promise<Outcome<Sighting>>;

async function originFacts(role: Role, url: URL, look: Look): Promise<OriginFacts> {
  return { role, host: url.host, outcome: await look(url) };
}

function onceEach(look: Look): Look {
  const looks = new Map<string, Promise<Outcome<Sighting>>>();
  return url => {
    const known = looks.get(url.href) ?? look(url);
    looks.set(url.href, known);
    return known;
  };
}

/** Routes that refuse whoever does not say who asks. */
function addressesOf({ server, grant }: Account): readonly (readonly [Role, URL])[] {
  const { apiUrl, filesUrl } = grant ?? defaultAddresses(server);
  return [
    ['signIn', authUrl(server)],
    ['api', new URL('profile', apiUrl)],
    ['files', new URL('v4/files/upload', filesUrl)],
  ];
}

async function checkSession(
  accounts: Accounts,
  client: PyrusClient,
  { id, server, grant }: Account,
  signal: AbortSignal,
): Promise<SessionFacts> {
  const { host } = new URL((grant ?? defaultAddresses(server)).apiUrl);
  const left = await inTime(host, signal, limited => client.checkIn(limited));
  const isRenewed = (await accounts.find(id))?.grant?.token !== grant?.token;
  return { isRenewed, ...(left === undefined ? {} : { left }) };
}

/** A failure of the kinds we know is what was asked about; anything else is one of the check. */
async function outcomeOf<T>(run: () => Promise<T>): Promise<Outcome<T>> {
  try {
    return { value: await run() };
  } catch (error) {
    if (error instanceof PyrusError) {
      return { failure: error.failure };
    }
    throw error;
  }
}
