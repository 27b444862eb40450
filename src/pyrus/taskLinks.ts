import { parseReference } from './links';
import type { Reference } from './links';
import type { Server } from './servers';

/**
 * Reads what a person gives where a task is wanted: a link to it, `#id`, `№ id`, and a bare number,
 * which means a task here.
 * @param server of the account that will be asked for it; without one, any host is fine
 */
export function parseTaskReference(text: string, server?: Server): Reference {
  const number = /^[#№]?\s*(\d+)$/.exec(text.trim())?.[1];
  return parseReference(number === undefined ? text : `#${number}`, server);
}

/** The page of a task, for a browser. */
export function taskUrl(server: Server, id: number): string {
  return `${webOrigin(server)}/t#id${id}`;
}

/** Where a browser that is signed in to Pyrus gets a file. */
export function fileUrl(server: Server, id: number): string {
  return `${webOrigin(server)}/services/attachment?id=${id}`;
}

function webOrigin(server: Server): string {
  return server.kind === 'cloud' ? 'https://pyrus.com' : server.origin;
}
