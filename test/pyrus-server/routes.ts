import { signIn } from './auth';
import type { Call } from './call';
import { comment } from './comments';
import { attachment, download } from './download';
import type { OriginName } from './journal';
import { inbox, list, listTasks, lists, register } from './picking';
import { profile } from './profile';
import { noRoute, wrongMethod, type Reply } from './replies';
import { task } from './taskReplies';
import { upload } from './upload';

type Handler = (call: Call, ...parameters: string[]) => Reply | Promise<Reply>;

interface Route {
  readonly method: 'GET' | 'POST';
  /** Of the path without a trailing slash. */
  readonly pattern: RegExp;
  readonly handle: Handler;
  /** Checks the token itself, or needs none. */
  readonly open?: boolean;
}

const auth: Route = { method: 'POST', pattern: /^\/api\/v4\/auth$/, handle: signIn, open: true };
const webAttachment: Route = {
  method: 'GET',
  pattern: /^\/services\/attachment$/,
  handle: attachment,
};

function apiRoutes(base: string): readonly Route[] {
  const get = (path: string, handle: Handler): Route => ({
    method: 'GET',
    pattern: new RegExp(`^${base}${path}$`),
    handle,
  });
  return [
    get('/profile', profile),
    get('/tasks/([^/]+)', task),
    { method: 'POST', pattern: new RegExp(`^${base}/tasks/([^/]+)/comments$`), handle: comment },
    get('/inbox', inbox),
    get('/lists', lists),
    get('/lists/([^/]+)', list),
    get('/lists/([^/]+)/tasks', listTasks),
    get('/forms/([^/]+)/register', register),
  ];
}

function uploadRoute(base: string): Route {
  const pattern = new RegExp(`^${base}/files/upload$`);
  return { method: 'POST', pattern, handle: upload, open: true };
}

function downloadRoute(base: string): Route {
  const pattern = new RegExp(`^${base}/files/download/([^/]+)$`);
  return { method: 'GET', pattern, handle: download };
}

/** Which origin serves what. On premises one origin serves all, ordinary methods under `/api/v4`. */
const table: Readonly<Record<Exclude<OriginName, 'foreign'>, readonly Route[]>> = {
  accounts: [auth],
  api: [...apiRoutes('/v4'), uploadRoute('/v4'), downloadRoute('/v4')],
  files: [uploadRoute('/v4'), downloadRoute('/v4'), webAttachment],
  onPremises: [
    auth,
    ...apiRoutes('/api/v4'),
    uploadRoute('/v4'),
    uploadRoute('/api/v4'),
    downloadRoute('/v4'),
    webAttachment,
  ],
};

/** Does what the request asks for. @throws Refused, EarlyReply and what reading the body throws */
export async function route(call: Call, origin: Exclude<OriginName, 'foreign'>): Promise<Reply> {
  const here = table[origin].filter(({ pattern }) => pattern.test(call.path));
  const found = here.find(({ method }) => method === call.seen.method);
  if (found?.open !== true && origin !== 'accounts') {
    call.account();
  }
  if (found === undefined) {
    const [other] = here;
    return other === undefined
      ? noRoute(call.seen.path)
      : wrongMethod(call.seen.method, other.method);
  }
  return found.handle(call, ...(found.pattern.exec(call.path)?.slice(1) ?? []));
}
