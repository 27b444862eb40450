import type { Call } from './call';
import type { StoredFile } from './files';
import { noRoute, Refused, type Reply, type ReplyHeaders } from './replies';

const LARGEST_ID = 2_147_483_647;

/** `GET files/download/{id}`, help page "Files". */
export function download(call: Call, id: string): Reply {
  call.account();
  const known = fileId(id);
  return known === undefined ? noRoute(call.path) : replyWith(call, known, true);
}

/** `GET services/attachment?Id={id}`, the route of the web interface and the official clients. */
export function attachment(call: Call): Reply {
  call.account();
  const id = [...call.query].find(([key]) => key.toLowerCase() === 'id')?.[1] ?? '';
  const known = fileId(id);
  if (known === undefined) {
    throw new Refused('unrecognized_attachment_id');
  }
  const preview = [...call.query.keys()].some(key => key.toLowerCase() === 'ispreview');
  return replyWith(call, known, !preview);
}

function fileId(text: string): number | undefined {
  const id = /^[1-9][0-9]{0,9}$/.test(text) ? Number(text) : LARGEST_ID + 1;
  return id > LARGEST_ID ? undefined : id;
}

function replyWith(call: Call, id: number, named: boolean): Reply {
  const file = call.environment.files.find(id);
  if (file === undefined) {
    throw new Refused('unrecognized_attachment_id');
  }
  const { trouble } = file;
  if (trouble === 'forbidden') {
    throw new Refused('access_denied_file');
  }
  // The content of a large upload is gone when it has been measured: see `keepBytes`.
  if (trouble === 'missing' || file.content === undefined) {
    throw new Refused('file_is_missing');
  }
  if (trouble === 'removed') {
    return { status: 410 };
  }
  if (trouble !== undefined) {
    return { status: 302, headers: { Location: trouble.redirect } };
  }
  return {
    status: 200,
    headers: headersOf(file, named),
    body: file.content,
    ...(file.chunked === undefined ? {} : { chunked: file.chunked }),
  };
}

function headersOf(file: StoredFile, named: boolean): ReplyHeaders {
  const headers = {
    ...(named ? { 'Content-Disposition': dispositionOf(file.name) } : {}),
    'Content-Type': 'application/octet-stream',
    ...file.headers,
  };
  return Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== ''));
}

/** The help page shows an unquoted token; other names get RFC 6266's two parameters. */
function dispositionOf(name: string): string {
  if (/^[A-Za-z0-9!#$&+.^_`|~-]+$/.test(name)) {
    return `attachment; filename=${name}`;
  }
  const fallback = name.replace(/[^ -~]|["\\%]/g, '_');
  const encoded = encodeURIComponent(name).replace(
    /[!'()*]/g,
    char => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${fallback}"; filename*=UTF-8''${encoded}`;
}
