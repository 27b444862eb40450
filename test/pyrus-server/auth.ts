import type { Call } from './call';
import { json, Refused, type Reply } from './replies';

/** `POST /api/v4/auth`, help page "Authorization". */
export async function signIn(call: Call): Promise<Reply> {
  const { login, security_key: key, person_id: personId } = await call.readJson();
  if (login === undefined || key === undefined) {
    throw new Refused('required_parameter_missing');
  }
  if (typeof login !== 'string' || typeof key !== 'string') {
    throw new Refused('invalid_value_format');
  }
  if (personId !== undefined && typeof personId !== 'number') {
    throw new Refused('invalid_person_id');
  }
  const { accounts, tokens, urls } = call.environment;
  const account = accounts.signIn(login, key, personId);
  if (typeof account === 'string') {
    throw new Refused(account);
  }
  return json({ access_token: tokens.issue(account), ...urls });
}
