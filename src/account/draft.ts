import type { Server } from '../pyrus/servers';
import type { Account } from './accounts';

/** What has been answered so far; going back keeps it, so nothing is typed twice. */
export interface Draft {
  way?: 'cloud' | 'onPremises' | 'token';
  server?: Server;
  address?: string;
  login?: string;
  securityKey?: string;
  /** Of several people who share the login. */
  personId?: number;
}

/** What is known of somebody who has been signed in: all but what is secret. */
export function draftOf({ server, credentials }: Account): Draft {
  const { login, personId } = credentials ?? {};
  return {
    way: credentials === undefined ? 'token' : server.kind,
    server,
    address: webAddress(server),
    ...(login === undefined ? {} : { login }),
    ...(personId === undefined ? {} : { personId }),
  };
}

/** Of the pages that people see. */
export function webAddress(server: Server): string {
  return server.kind === 'cloud' ? 'https://pyrus.com' : server.origin;
}
