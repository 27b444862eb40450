import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** What is wrong with one direction of one connection. Offsets are in bytes from its beginning. */
export interface Toxics {
  /** Delays every piece. */
  readonly latencyMs?: number;
  readonly bytesPerSecond?: number;
  /** Passes pieces of this size. */
  readonly slice?: number;
  /** Inverts the lowest bit of the byte there. */
  readonly flipBitAt?: number;
  /** What happens to the connection once `after` bytes have passed. */
  readonly end?: { readonly after: number; readonly how: 'fin' | 'reset' | 'stall' };
}

/** `up`: from the client to the server. */
export interface Plan {
  readonly up?: Toxics;
  readonly down?: Toxics;
}

/** A TCP proxy on loopback that spoils connections as planned, the first by the first plan and so on. */
export class ToxicProxy {
  /** For connections to come; those without a plan are left alone. */
  readonly plans: Plan[] = [];
  /** Bytes that each connection has brought from the client. */
  readonly up: number[] = [];
  readonly #sockets = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    private readonly target: URL,
  ) {
    server.on('connection', client => this.#serve(client));
  }

  /** @param target origin of the server behind it */
  static async start(target: string): Promise<ToxicProxy> {
    const server = createServer({ allowHalfOpen: true }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new ToxicProxy(server, new URL(target));
  }

  /** With a slash at the end. */
  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/`;
  }

  async close(): Promise<void> {
    this.server.close();
    this.#sockets.forEach(socket => socket.destroy());
    await once(this.server, 'close');
  }

  #serve(client: Socket): void {
    const { hostname, port } = this.target;
    const upstream = connect({ host: hostname, port: Number(port), allowHalfOpen: true });
    const plan = this.plans.shift() ?? {};
    const index = this.up.push(0) - 1;
    for (const socket of [client, upstream]) {
      this.#sockets.add(socket);
      // Broken connections are what this is for.
      socket.on('error', () => socket.destroy());
      socket.on('close', () => this.#sockets.delete(socket));
    }
    client.on('data', ({ length }: Buffer) => {
      this.up[index] = (this.up[index] ?? 0) + length;
    });
    const pumps = [pump(client, upstream, plan.up ?? {}), pump(upstream, client, plan.down ?? {})];
    void Promise.race(pumps.map(async ended => (await ended) ?? never())).then(how => {
      for (const socket of [client, upstream]) {
        if (how === 'reset') {
          socket.resetAndDestroy();
        } else {
          socket.destroySoon();
        }
      }
    });
    void Promise.all(pumps).then(() => [client, upstream].forEach(socket => socket.destroySoon()));
  }
}

function never(): Promise<never> {
  return new Promise(() => undefined);
}

/** @returns how the whole connection is to be ended, or undefined when this direction just ended */
async function pump(
  from: Socket,
  to: Socket,
  toxics: Toxics,
): Promise<'fin' | 'reset' | undefined> {
  const { after, how } = toxics.end ?? { after: Infinity, how: 'fin' };
  let passed = 0;
  try {
    for await (const chunk of from.iterator({ destroyOnReturn: false })) {
      for (const whole of sliced(chunk as Buffer, toxics.slice)) {
        const piece = flipped(whole.subarray(0, after - passed), passed, toxics.flipBitAt);
        passed += piece.length;
        await pass(piece, to, toxics);
        if (passed >= after) {
          return how === 'stall' ? await never() : how;
        }
      }
    }
    to.end();
  } catch {
    to.destroy();
  }
  return undefined;
}

async function pass(piece: Buffer, to: Socket, toxics: Toxics): Promise<void> {
  const { latencyMs = 0, bytesPerSecond = Infinity } = toxics;
  const wait = latencyMs + (piece.length / bytesPerSecond) * 1000;
  if (wait > 0) {
    await sleep(wait);
  }
  if (!to.write(piece)) {
    await Promise.race([once(to, 'drain'), once(to, 'close')]);
  }
}

function* sliced(chunk: Buffer, size = chunk.length): Iterable<Buffer> {
  for (let at = 0; at < chunk.length; at += size) {
    yield chunk.subarray(at, at + size);
  }
}

function flipped(piece: Buffer, position: number, flipAt = -1): Buffer {
  const at = flipAt - position;
  if (at < 0 || at >= piece.length) {
    return piece;
  }
  const spoilt = Buffer.from(piece);
  spoilt[at] = (spoilt[at] ?? 0) ^ 1;
  return spoilt;
}
