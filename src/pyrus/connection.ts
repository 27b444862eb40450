import diagnostics from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';
import type { Socket } from 'node:net';
import { Readable } from 'node:stream';
import type { HttpRequest } from './http';
import type { Watchdog } from './watchdog';

type Followed = Pick<HttpRequest, 'method' | 'url' | 'body' | 'watchdog'>;

/**
 * Tells the watchdog of a request when its connection is being made and when it stands. node-fetch
 * keeps its ClientRequest to itself, so it is met on the two ways out: a stream is piped into it, and
 * Node announces a request without one as soon as it has a socket. Where neither happens (an agent
 * that connects before it hands out a socket), the other limits of the watchdog remain.
 * @returns stops looking for it; call when the request is over
 */
export function followConnection(request: Followed): () => void {
  return request.body instanceof Readable
    ? followPipe(request.body, request.watchdog)
    : followStart(request);
}

function followPipe(body: Readable, watchdog: Watchdog): () => void {
  const pipe = body.pipe.bind(body);
  body.pipe = (destination, options) => {
    if (isClientRequest(destination)) {
      follow(destination, watchdog);
    }
    return pipe(destination, options);
  };
  return () => undefined;
}

const started = 'http.client.request.start';
const claimed = new WeakSet<ClientRequest>();

function followStart(request: Followed): () => void {
  const onStart = (message: unknown): void => {
    const client = clientRequestIn(message);
    if (client !== undefined && !claimed.has(client) && isFor(client, request)) {
      claimed.add(client);
      stop();
      follow(client, request.watchdog);
    }
  };
  const stop = (): void => void diagnostics.unsubscribe(started, onStart);
  diagnostics.subscribe(started, onStart);
  return stop;
}

function follow(client: ClientRequest, watchdog: Watchdog): void {
  const onSocket = (socket: Socket): void => {
    if (client.reusedSocket || isConnected(socket)) {
      watchdog.connected();
      return;
    }
    watchdog.connecting();
    socket.once(isEncrypted(socket) ? 'secureConnect' : 'connect', () => watchdog.connected());
  };
  if (client.socket === null) {
    watchdog.connecting();
    client.once('socket', onSocket);
  } else {
    onSocket(client.socket);
  }
}

/** Also true of a socket that a proxy's agent has connected and secured beforehand. */
function isConnected(socket: Socket): boolean {
  return isEncrypted(socket) ? socket.getFinished() !== undefined : !socket.connecting;
}

function isEncrypted(socket: Socket): socket is Socket & { getFinished(): Buffer | undefined } {
  return 'getFinished' in socket;
}

function isFor(client: ClientRequest, { method, url }: Followed): boolean {
  return (
    client.method === method &&
    client.path === url.pathname + url.search &&
    client.host === url.hostname.replace(/^\[|\]$/g, '')
  );
}

function clientRequestIn(message: unknown): ClientRequest | undefined {
  return typeof message === 'object' && message !== null && 'request' in message
    ? isClientRequest(message.request)
      ? message.request
      : undefined
    : undefined;
}

function isClientRequest(value: unknown): value is ClientRequest {
  return typeof value === 'object' && value !== null && 'reusedSocket' in value;
}
