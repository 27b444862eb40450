import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** Takes one request; `connection` counts the origin's connections from 1. */
export type Serve = (
  request: IncomingMessage,
  response: ServerResponse,
  connection: number,
) => void;

/** One listening address and its sockets. */
export class Origin {
  readonly #server: Server;
  readonly #sockets = new Map<Socket, number>();
  #connections = 0;

  /** @param onMalformed told the code of bytes that are no HTTP request */
  constructor(serve: Serve, onMalformed: (code: string) => void) {
    const handle = (request: IncomingMessage, response: ServerResponse): void =>
      serve(request, response, this.#sockets.get(request.socket) ?? 0);
    this.#server = createServer({ requestTimeout: 0, headersTimeout: 0 }, handle)
      .on('checkContinue', handle)
      .on('connection', (socket: Socket) => this.#keep(socket))
      .on('clientError', (error: NodeJS.ErrnoException, socket) => {
        if (error.code !== 'ECONNRESET') {
          onMalformed(error.code ?? error.message);
        }
        socket.destroy();
      });
  }

  async listen(port: number): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject).listen(port, '127.0.0.1', () => {
        this.#server.off('error', reject);
        resolve();
      });
    });
  }

  /** Without a trailing slash. */
  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get port(): number {
    const address: AddressInfo | string | null = this.#server.address();
    if (address === null || typeof address === 'string') {
      throw new Error('the origin is not listening');
    }
    return address.port;
  }

  get openSockets(): number {
    return this.#sockets.size;
  }

  /** Connections ever accepted. */
  get connections(): number {
    return this.#connections;
  }

  /** Resolves when the port and every socket are gone. */
  async close(): Promise<void> {
    const closed = new Promise<void>(resolve => this.#server.close(() => resolve()));
    const gone = [...this.#sockets.keys()].map(async socket => {
      const end = new Promise<void>(resolve => socket.once('close', () => resolve()));
      socket.destroy();
      await end;
    });
    await Promise.all([closed, ...gone]);
  }

  #keep(socket: Socket): void {
    this.#connections += 1;
    this.#sockets.set(socket, this.#connections);
    socket.once('close', () => this.#sockets.delete(socket));
    // A reset while nobody reads or writes has no other listener; what it interrupted reports it.
    socket.on('error', () => socket.destroy());
  }
}
