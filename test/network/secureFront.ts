import { once } from 'node:events';
import { createServer } from 'node:https';
import { connect } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import type { Certificate } from './certificates';

/** A TLS server in front of a plain one. */
export interface SecureFront {
  readonly port: number;
  readonly close: () => Promise<void>;
}

/**
 * Passes what comes over TLS on to a plain server, byte by byte: it has no HTTP of its own.
 * @param target origin of the plain server
 * @param address where it listens, on this machine only
 */
export async function secureFront(
  target: string,
  { key, cert }: Certificate,
  address = '127.0.0.1',
): Promise<SecureFront> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  const keep = (socket: Socket): Socket => {
    sockets.add(socket);
    return socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket));
  };
  const server = createServer({ key, cert });
  server.removeAllListeners('secureConnection');
  server.on('connection', keep);
  server.on('secureConnection', secured => {
    const behind = keep(connect(Number(port), hostname));
    keep(secured).pipe(behind).pipe(secured);
    secured.once('close', () => behind.destroy());
    behind.once('close', () => secured.destroy());
  });
  server.on('tlsClientError', () => undefined);
  server.listen(0, address);
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      server.close();
      sockets.forEach(socket => socket.destroy());
      await once(server, 'close');
    },
  };
}
