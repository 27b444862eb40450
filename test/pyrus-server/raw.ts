import { connect, type Socket } from 'node:net';
import { request as httpRequest } from 'node:http';

/** An answer as it was on the wire. */
export interface RawAnswer {
  readonly status: number;
  /** Lower-case names; latin1 values, one char a byte. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Buffer;
}

/** Sends these bytes on a fresh connection and collects what comes until the server ends it. */
export async function sendRaw(origin: string, bytes: string | Buffer): Promise<RawAnswer> {
  const socket = open(origin);
  socket.write(bytes);
  const answer = await collect(socket);
  return parse(answer);
}

/** Opens a connection for tests that write piece by piece. */
export function open(origin: string): Socket {
  const { hostname, port } = new URL(origin);
  return connect(Number(port), hostname);
}

/** All bytes until the end of the connection; rejects with the socket's error. */
export function collect(socket: Socket): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    socket.once('error', reject);
    socket.once('close', () => resolve(Buffer.concat(chunks)));
  });
}

export function parse(answer: Buffer): RawAnswer {
  const end = answer.indexOf('\r\n\r\n');
  if (end < 0) {
    throw new Error(`no HTTP answer: ${JSON.stringify(answer.toString('latin1'))}`);
  }
  const [statusLine = '', ...lines] = answer.toString('latin1', 0, end).split('\r\n');
  const headers = new Map(
    lines.map(line => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
    }),
  );
  return { status: Number(statusLine.split(' ')[1]), headers, body: answer.subarray(end + 4) };
}

/** The head of a request that asks the server to close the connection after its answer. */
export function head(method: string, path: string, headers: Record<string, string> = {}): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `${method} ${path} HTTP/1.1\r\nHost: pyrus.test\r\nConnection: close\r\n${lines.join('')}\r\n`;
}

/** A whole request through `node:http`, as ordinary clients send it. */
export async function call(
  url: string,
  options: { method?: string; headers?: Record<string, string>; body?: string | Buffer } = {},
): Promise<RawAnswer> {
  const { method = 'GET', headers = {}, body } = options;
  return new Promise((resolve, reject) => {
    const request = httpRequest(url, { method, headers, agent: false }, response => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const pairs = response.rawHeaders.flatMap((name, at, all) =>
          at % 2 === 0 ? [[name.toLowerCase(), all[at + 1] ?? ''] as const] : [],
        );
        resolve({
          status: response.statusCode ?? 0,
          headers: new Map(pairs),
          body: Buffer.concat(chunks),
        });
      });
    });
    request.on('error', reject);
    request.end(body);
  });
}

/** The JSON of an answer. */
export function jsonOf(answer: RawAnswer): unknown {
  return JSON.parse(answer.body.toString('utf8'));
}

export function errorCodeOf(answer: RawAnswer): unknown {
  const body = jsonOf(answer);
  return typeof body === 'object' && body !== null && 'error_code' in body
    ? body.error_code
    : undefined;
}

export async function postJson(url: string, body: unknown, token?: string): Promise<RawAnswer> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return call(url, {
    method: 'POST',
    body: text,
    headers: {
      'Content-Type': 'application/json',
      'Content-Length': String(Buffer.byteLength(text)),
      ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
    },
  });
}

export async function get(url: string, token?: string): Promise<RawAnswer> {
  return call(url, {
    headers: token === undefined ? {} : { Authorization: `Bearer ${token}` },
  });
}
