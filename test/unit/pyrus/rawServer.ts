import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';

const answer = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}';

/** One request as it came over the wire. */
export interface RawRequest {
  /** Everything before the empty line, latin1. */
  readonly head: string;
  readonly body: Buffer;
}

/** Keeps the bytes of every request and answers `{}` when Content-Length says it is over. */
export class RawServer {
  readonly requests: RawRequest[] = [];
  readonly sockets = new Set<Socket>();
  connections = 0;
  /** Called for every piece that comes in; may cut, pause or answer. */
  onData: ((socket: Socket, length: number) => void) | undefined;

  private constructor(private readonly server: Server) {
    server.on('connection', socket => this.#serve(socket));
  }

  static async start(): Promise<RawServer> {
    const server = createServer().listen(0, '127.0.0.1');
    const raw = new RawServer(server);
    await once(server, 'listening');
    return raw;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/`;
  }

  async stop(): Promise<void> {
    this.server.close();
    for (const socket of this.sockets) {
      socket.destroy();
    }
    await once(this.server, 'close');
  }

  #serve(socket: Socket): void {
    this.connections += 1;
    this.sockets.add(socket);
    let pieces: Buffer[] = [];
    let length = 0;
    let wanted: number | undefined;
    socket.on('data', piece => {
      pieces.push(piece);
      length += piece.length;
      this.onData?.(socket, piece.length);
      wanted ??= wantedLength(Buffer.concat(pieces));
      if (wanted !== undefined && length >= wanted) {
        this.requests.push(split(Buffer.concat(pieces)));
        pieces = [];
        length = 0;
        wanted = undefined;
        socket.write(answer);
      }
    });
    // A client that goes away is what some tests are about.
    socket.on('error', () => socket.destroy());
    socket.on('close', () => this.sockets.delete(socket));
  }
}

function wantedLength(begun: Buffer): number | undefined {
  const headLength = begun.indexOf('\r\n\r\n') + 4;
  const length = /^content-length: (\d+)\r$/im.exec(begun.toString('latin1', 0, headLength))?.[1];
  return headLength < 4 ? undefined : headLength + Number(length ?? 0);
}

function split(request: Buffer): RawRequest {
  const end = request.indexOf('\r\n\r\n');
  return { head: request.toString('latin1', 0, end), body: request.subarray(end + 4) };
}
