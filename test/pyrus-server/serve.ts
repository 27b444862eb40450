import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { ClientGone, CutOff, IncomingBody } from './body';
import { Call } from './call';
import type { Environment } from './environment';
import type { Fault, Faults } from './faults';
import type { Journal, OriginName, SeenRequest } from './journal';
import type { Settings } from './options';
import { Answered, EarlyReply, Refused, type Reply, type ReplyHeaders } from './replies';
import { route } from './routes';
import { breakOff, send, sendByHand } from './send';

/** What every request of every origin is served with. */
export interface Serving {
  readonly journal: Journal;
  readonly faults: Faults;
  readonly settings: Settings;
  /** Aborted by `close()`. */
  readonly closing: AbortSignal;
}

/** One request on its way through an origin, from the journal to the last byte of the answer. */
export class Service {
  readonly #call: Call;
  readonly #fault: Fault | undefined;
  #rateHeaders: ReplyHeaders = {};

  constructor(
    private readonly serving: Serving,
    private readonly origin: Exclude<OriginName, 'foreign'>,
    environment: Environment,
    private readonly seen: SeenRequest,
    private readonly request: IncomingMessage,
    private readonly response: ServerResponse,
  ) {
    this.#fault = serving.faults.take(seen);
    const body = new IncomingBody(request, response, this.#fault?.receive, total => {
      seen.bodyLength = total;
      serving.journal.changed(seen);
    });
    this.#call = new Call(seen, body, environment, serving.settings);
  }

  /** Never rejects: what goes wrong is in the journal. */
  async run(): Promise<void> {
    const { journal } = this.serving;
    try {
      journal.end(this.seen, await this.#exchange());
    } catch (error) {
      if (error instanceof ClientGone || this.serving.closing.aborted) {
        journal.end(this.seen, 'aborted');
        return;
      }
      journal.failures.push(error);
      this.request.socket.destroy();
      journal.end(this.seen, 'cut');
    }
  }

  async #exchange(): Promise<SeenRequest['outcome']> {
    let reply: Reply;
    try {
      reply = await this.#reply();
    } catch (error) {
      if (error instanceof EarlyReply) {
        return this.#early(error.reply);
      }
      if (error instanceof CutOff) {
        breakOff(this.request.socket, error.how);
        await this.#linger(this.request.socket);
        return 'cut';
      }
      throw error;
    }
    await this.#wait();
    return this.#send(reply);
  }

  async #reply(): Promise<Reply> {
    const { answer, answerAt = 'body', reshape } = this.#fault ?? {};
    if (answer !== undefined) {
      return this.#scripted(answer, answerAt);
    }
    const real = await this.#real();
    return reshape === undefined ? real : reshape(real);
  }

  async #scripted(answer: Reply, at: 'headers' | 'body' | number): Promise<Reply> {
    if (at === 'headers') {
      throw new EarlyReply(answer);
    }
    let received = 0;
    await this.#call.body.read(chunk => {
      received += chunk.length;
      if (typeof at === 'number' && received >= at) {
        throw new EarlyReply(answer);
      }
    });
    return answer;
  }

  async #real(): Promise<Reply> {
    try {
      this.#countRequest();
      const reply = await route(this.#call, this.origin);
      await this.#call.body.discard();
      return reply;
    } catch (error) {
      if (error instanceof Refused || error instanceof Answered) {
        await this.#call.body.discard();
        return error instanceof Refused ? this.#call.refuse(error.code) : error.reply;
      }
      throw error;
    }
  }

  /** Only the API host is known to count and to tell so in headers. */
  #countRequest(): void {
    const { path, environment } = this.#call;
    const counted =
      this.origin === 'api' || (this.origin === 'onPremises' && path.startsWith('/api/v4/'));
    if (!counted || path === '/api/v4/auth') {
      return;
    }
    const account = environment.tokens.check(this.seen.headers.authorization);
    const user = typeof account === 'string' ? '' : account.login;
    const { allowed, headers } = environment.limiter.take(user);
    this.#rateHeaders = headers;
    if (!allowed) {
      throw this.#call.refuseEarly('too_many_requests');
    }
  }

  async #wait(): Promise<void> {
    const { delayMs = 0, hang = false } = this.#fault ?? {};
    const signal = this.serving.closing;
    const total = delayMs + this.serving.settings.latencyMs;
    if (total > 0) {
      await sleep(total, undefined, { signal });
    }
    if (hang) {
      await new Promise<never>((_resolve, reject) => {
        const gone = (): void => reject(new ClientGone('the answer never came'));
        signal.addEventListener('abort', gone, { once: true });
        this.request.socket.once('close', gone);
      });
    }
  }

  async #send(bare: Reply): Promise<SeenRequest['outcome']> {
    const reply = this.#withRate(bare);
    if (this.#fault?.send === undefined) {
      this.seen.status = reply.status;
      return send(reply, this.response);
    }
    return this.#byHand(reply);
  }

  async #early(reply: Reply): Promise<SeenRequest['outcome']> {
    await this.#wait();
    const outcome = await this.#byHand(this.#withRate(reply));
    await this.#linger(this.request.socket);
    return outcome;
  }

  async #byHand(reply: Reply): Promise<SeenRequest['outcome']> {
    this.seen.status = reply.status;
    const fault = this.#fault?.send ?? {};
    return sendByHand(reply, this.request.socket, fault, this.serving.closing);
  }

  #withRate(reply: Reply): Reply {
    return { ...reply, headers: { ...this.#rateHeaders, ...reply.headers } };
  }

  /** Reads on for a while, as nginx does, so that the client can read the answer before a reset. */
  async #linger(socket: Socket): Promise<void> {
    if (socket.destroyed) {
      return;
    }
    this.#call.body.drain();
    const timer = setTimeout(() => socket.destroy(), this.serving.settings.lingerMs);
    await new Promise<void>(resolve => socket.once('close', () => resolve()));
    clearTimeout(timer);
  }
}
