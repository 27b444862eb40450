import diagnostics from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';
import type { Socket } from 'node:net';
import { Readable } from 'node:stream';
import type { HttpRequest } from './http';
import type { Watchdog } from './watchdog';

type Followed = Pick<HttpRequest, 'method' | 'url' | 'body' | 'watchdog'>;

/** The connection of one request. */
export interface Connection {
  /** Stops looking for it; call when the request is over. */
  readonly stop: () => void;
  /**
   * True when what answers an https request is a proxy that refused to connect it: its answer came
   * before any TLS. Nothing reached the server, and nothing the answer says is the server's word.
   */
  readonly endsAtProxy: () => boolean;
}

/**
 * Tells the watchdog of a request when its connection is being made and when it stands. node-fetch
 * keeps its ClientRequest to itself, so it is met on the two ways out: a stream is piped into it, and
 * Node announces a request without one as soon as it has a socket. Where neither happens (an agent
 * that connects before it hands out a socket), the other limits of the watchdog remain.
 */
export function followConnection(request: Followed): Connection {
  let socket: Socket | undefined;
  const met = (client: ClientRequest): void =>
    follow(client, request.watchdog, used => (socket = used));
  return {
    stop:
      request.body instanceof Readable ? followPipe(request.body, met) : followStart(request, met),
    endsAtProxy: () =>
      request.url.protocol === 'https:' && socket !== undefined && !isEncrypted(socket),
  };
}

type OnMet = (client: ClientRequest) => void;

function followPipe(body: Readable, onMet: OnMet): () => void {
  const pipe = body.pipe.bind(body);
  body.pipe = (destination, options) => {
    if (isClientRequest(destination)) {
      onMet(destination);
    }
    return pipe(destination, options);
  };
  return () => undefined;
}

/** The latter for an answer that came without a request: a proxy's, to a socket that takes nothing. */
const channels = ['http.client.request.start', 'http.client.response.finish'] as const;
const claimed = new WeakSet<ClientRequest>();

function followStart(request: Followed, onMet: OnMet): () => void {
  const onStart = (message: unknown): void => {
    const client = clientRequestIn(message);
    if (client !== undefined && !claimed.has(client) && isFor(client, request)) {
      claimed.add(client);
      stop();
      onMet(client);
    }
  };
  const stop = (): void =>
    channels.forEach(channel => void diagnostics.unsubscribe(channel, onStart));
  channels.forEach(channel => diagnostics.subscribe(channel, onStart));
  return stop;
}

function follow(client: ClientRequest, watchdog: Watchdog, onUsed: (socket: Socket) => void): void {
  const onSocket = (socket: Socket): void => {
    onUsed(socket);
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
