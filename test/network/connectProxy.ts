import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';

export interface ProxyOptions {
  /** Which port of this machine is behind a name: the proxy alone resolves it. */
  readonly routes: Readonly<Record<`${string}:${number}`, number>>;
  /** `name:password` that it wants; anybody may use it when left out. */
  readonly credentials?: string;
}

/** What somebody asked the proxy for, and what became of it. */
export interface Asked {
  /** Host and port. */
  readonly target: string;
  readonly authorization: 'absent' | 'right' | 'wrong';
  /** What it answered; 200 is a tunnel. */
  readonly status: number;
}

/** A strict HTTP proxy on loopback that knows CONNECT only, and some names. */
export class ConnectProxy {
  /** Every CONNECT so far, in order. */
  readonly asked: Asked[] = [];
  /** What no client of a proxy should do. */
  readonly misuse: string[] = [];
  /** `name:password` that it wants. */
  credentials: string | undefined;
  /** When set, every CONNECT is answered with this status. */
  refusal: number | undefined;
  readonly #sockets = new Set<Socket>();
  readonly #tunnels = new Set<Duplex>();

  private constructor(
    private readonly server: Server,
    private readonly options: ProxyOptions,
  ) {
    this.credentials = options.credentials;
    server
      .on('connection', (socket: Socket) => this.#keep(socket))
      .on('request', ({ method, url }, response) => {
        this.misuse.push(`${method} ${url}`);
        response.writeHead(405, { Connection: 'close' }).end();
      })
      .on('connect', (request, socket, head) => this.#connect(request, socket, head))
      .on('clientError', (error, socket) => {
        this.misuse.push(error.message);
        socket.destroy();
      });
  }

  static async start(options: ProxyOptions): Promise<ConnectProxy> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new ConnectProxy(server, options);
  }

  /** For `http.proxy`. @param credentials `name:password` */
  url(credentials?: string): string {
    const { port } = this.server.address() as AddressInfo;
    return `http://${credentials === undefined ? '' : `${credentials}@`}127.0.0.1:${port}`;
  }

  /** Resolves when bytes may go through no tunnel any more. */
  async idle(): Promise<void> {
    while (this.#tunnels.size > 0) {
      await Promise.all([...this.#tunnels].map(tunnel => once(tunnel, 'close')));
    }
  }

  /** Also breaks every tunnel. */
  async close(): Promise<void> {
    this.server.close();
    this.#sockets.forEach(socket => socket.destroy());
    await once(this.server, 'close');
  }

  #connect(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const target = request.url ?? '';
    const { authorization, 'proxy-authorization': given, host } = request.headers;
    if (host !== target || head.length > 0 || authorization !== undefined) {
      this.misuse.push(`CONNECT ${target}: host ${host}, ${head.length} bytes too early`);
    }
    const wanted = `Basic ${Buffer.from(this.credentials ?? '').toString('base64')}`;
    const known = given === undefined ? 'absent' : given === wanted ? 'right' : 'wrong';
    const port = (this.options.routes as Readonly<Record<string, number>>)[target];
    const status = this.#statusFor(known, port);
    this.asked.push({ target, authorization: known, status });
    if (status === 200 && port !== undefined) {
      this.#tunnel(socket, port);
      return;
    }
    const wants = status === 407 ? 'Proxy-Authenticate: Basic realm="office"\r\n' : '';
    const page = '<html><body>Blocked by the office</body></html>';
    socket.end(
      `HTTP/1.1 ${status} No\r\n${wants}Content-Type: text/html\r\nContent-Length: ${page.length}\r\n\r\n${page}`,
    );
  }

  #statusFor(known: Asked['authorization'], port: number | undefined): number {
    if (this.credentials !== undefined && known !== 'right') {
      return 407;
    }
    return this.refusal ?? (port === undefined ? 502 : 200);
  }

  #tunnel(socket: Duplex, port: number): void {
    this.#tunnels.add(socket);
    const behind = connect(port, '127.0.0.1');
    this.#keep(behind);
    behind.once('connect', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      socket.pipe(behind).pipe(socket);
    });
    behind.once('close', () => socket.destroy());
    socket.once('close', () => {
      this.#tunnels.delete(socket);
      behind.destroy();
    });
  }

  #keep(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('error', () => socket.destroy()).on('close', () => this.#sockets.delete(socket));
  }
}
