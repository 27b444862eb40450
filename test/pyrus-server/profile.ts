import type { Call } from './call';
import { json, type Reply } from './replies';
import { organization } from './fixtures';

/** `GET profile`: flat, with the organization's people inside. */
export function profile(call: Call): Reply {
  const { person } = call.account();
  const { id, first_name, last_name, email } = person;
  return json({
    person_id: id,
    first_name,
    last_name,
    email,
    locale: call.settings.language === 'ru' ? 'ru-RU' : 'en-US',
    timezone_offset: 240,
    organization_id: organization.organization_id,
    organization: { ...organization, persons: [person] },
  });
}
