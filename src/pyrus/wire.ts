/** Replies of Pyrus as `unknown`, narrowed here. Unknown extra keys are normal and ignored. */

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Answer of `POST /auth`, help page "Authorization". On-premises servers may omit the two URLs. */
export interface AuthAnswer {
  readonly accessToken: string;
  readonly apiUrl?: string;
  readonly filesUrl?: string;
}

/** @returns undefined unless there is a token that can stand in a header */
export function authAnswer(body: unknown): AuthAnswer | undefined {
  if (!isRecord(body)) {
    return undefined;
  }
  const { access_token: accessToken, api_url: apiUrl, files_url: filesUrl } = body;
  if (!isToken(accessToken)) {
    return undefined;
  }
  return {
    accessToken,
    ...(typeof apiUrl === 'string' ? { apiUrl } : {}),
    ...(typeof filesUrl === 'string' ? { filesUrl } : {}),
  };
}

/** Visible ASCII without spaces: anything else could not be, or must not be, put into a header. */
export function isToken(value: unknown): value is string {
  return typeof value === 'string' && /^[\x21-\x7e]{1,8192}$/.test(value);
}

/** Answer of `POST /files/upload`, help page "Files". */
export interface UploadAnswer {
  readonly guid: string;
  /** 32 lower-case hex digits. */
  readonly md5: string;
}

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const MD5 = /^[0-9a-f]{32}$/i;

/** @returns undefined unless both the GUID and the MD5 are there and well-formed */
export function uploadAnswer(body: unknown): UploadAnswer | undefined {
  if (!isRecord(body)) {
    return undefined;
  }
  const { guid, md5_hash: md5 } = body;
  if (typeof guid !== 'string' || typeof md5 !== 'string' || !GUID.test(guid) || !MD5.test(md5)) {
    return undefined;
  }
  return { guid: guid.toLowerCase(), md5: md5.toLowerCase() };
}

/** Who is signed in: the few fields of `GET /profile` that we show. */
export interface Profile {
  readonly personId: number;
  readonly name: string;
  readonly email: string;
  readonly organization: string;
}

/** @returns undefined unless it names a person */
export function profile(body: unknown): Profile | undefined {
  if (!isRecord(body) || typeof body['person_id'] !== 'number') {
    return undefined;
  }
  const organization = isRecord(body['organization']) ? body['organization']['name'] : undefined;
  return {
    personId: body['person_id'],
    name: [body['first_name'], body['last_name']].filter(isText).join(' '),
    email: isText(body['email']) ? body['email'] : '',
    organization: isText(organization) ? organization : '',
  };
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length > 0;
}
