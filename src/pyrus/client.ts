import { attachOnce } from './attach';
import type { AttachRequest, Attached } from './attach';
import type { Exchange } from './exchange';
import { receive } from './download';
import { probeToken, whoAmI } from './auth';
import { PyrusError } from './errors';
import type { IncomingFile, UploadSource } from './ports';
import type { CallsLeft } from './rateHeaders';
import type { OnWait } from './rateLimit';
import { withRetry } from './retry';
import type { RetryBudget, RetryOptions } from './retry';
import type { TaskSummary } from './inboxWire';
import type { Grant, Session } from './session';
import { postComment, readInbox, readTask } from './taskCalls';
import type { Task } from './taskWire';
import { uploadOnce } from './upload';
import type { Uploaded } from './upload';
import type { Profile } from './wire';

/** What every transfer is told. */
export interface TransferOptions {
  readonly signal: AbortSignal;
  /** Before a pause: how long, and why. */
  readonly onWait?: OnWait;
}

export interface UploadOptions extends TransferOptions {
  /** Bytes of the file sent by the current try; falls back to 0 when a try has to start over. */
  readonly onProgress?: (sent: number) => void;
}

/** Above this many bytes a second full resend is not made unasked, and the first not blindly. */
const LARGE_UPLOAD = 100 * 1024 * 1024;

/** Seconds from a fault after which a comment may be there to the look whether it is. */
const SETTLING = 1;

/** Pyrus, as the extension needs it: one short method per thing asked of it. */
export class PyrusClient {
  constructor(
    private readonly session: Session,
    private readonly exchange: Exchange,
    private readonly budget: RetryBudget,
  ) {}

  /**
   * Sends a file and proves that Pyrus stored the same bytes: the MD5 it answers is the MD5 of what
   * was sent, and the file did not change meanwhile. Only then is there a GUID.
   * @throws PyrusError; whatever the source throws; `signal.reason` on cancel
   */
  upload(source: UploadSource, options: UploadOptions): Promise<Uploaded> {
    const large = source.size > LARGE_UPLOAD;
    let answerLost = false;
    return this.#retried(large ? 2 : 3, options, async () => {
      if (large && answerLost) {
        await this.#probe(options);
      }
      try {
        return await this.session.run(
          grant => uploadOnce(this.exchange, grant, source, options),
          options.signal,
        );
      } catch (error) {
        answerLost = error instanceof PyrusError && error.failure.kind === 'connectionLost';
        throw error;
      }
    });
  }

  /**
   * Fetches a file by its id.
   * @param take consumes the body; called again with a fresh one when a try fails on the way
   * @throws PyrusError; whatever `take` throws; `signal.reason` on cancel
   */
  download<T>(
    id: number,
    take: (file: IncomingFile) => Promise<T>,
    options: TransferOptions,
  ): Promise<T> {
    return this.#called(options, grant => receive(this.exchange, grant, id, take, options));
  }

  /** Reads a task with all its comments. @throws PyrusError; `signal.reason` on cancel */
  task(id: number, options: TransferOptions): Promise<Task> {
    return this.#called(options, grant => readTask(this.exchange, grant, id, options));
  }

  /** What is in the inbox, each task once. @throws PyrusError; `signal.reason` on cancel */
  inbox(options: TransferOptions): Promise<TaskSummary[]> {
    return this.#called(options, grant => readInbox(this.exchange, grant, options));
  }

  /**
   * Attaches uploads to a task with one comment, and proves that they are in it. The comment is made
   * once: after a fault on the way the task is read again before anything is repeated.
   * @throws PyrusError; `signal.reason` on cancel, after which the comment may be there
   */
  attach(request: AttachRequest, options: TransferOptions): Promise<Attached> {
    const { signal, onWait } = options;
    const { id } = request.task;
    const { exchange } = this;
    return this.#retried(5, options, () =>
      attachOnce(request, {
        post: comment =>
          this.session.run(grant => postComment(exchange, grant, id, comment, options), signal),
        read: () => this.task(id, options),
        personId: async () => (await this.#whoAmI(options)).personId,
        settle: async failure => {
          onWait?.({ seconds: SETTLING, failure });
          await exchange.clock.pause(SETTLING * 1000, signal);
        },
      }),
    );
  }

  /**
   * Asks whether Pyrus lets this account in, renewing its token if need be. Made once: whoever checks a
   * connection wants to hear what happens now, not what a later try may bring.
   * @returns what is left of the calls, when Pyrus tells
   * @throws PyrusError, also in place of waiting; `signal.reason` on cancel
   */
  checkIn(signal: AbortSignal): Promise<CallsLeft | undefined> {
    const onWait: OnWait = ({ failure }) => {
      throw new PyrusError(failure);
    };
    return this.session.run(grant => probeToken(this.exchange, grant, { signal, onWait }), signal);
  }

  #whoAmI(options: TransferOptions): Promise<Profile> {
    return this.#called(options, grant => whoAmI(this.exchange, grant, options.signal));
  }

  /** The answer that was lost may have been a 401: a bad token must not cost the bytes once more. */
  #probe(options: TransferOptions): Promise<void> {
    return this.#called(options, async grant => {
      await probeToken(this.exchange, grant, options);
    });
  }

  /** A call that may be made again as it is. */
  #called<T>(options: TransferOptions, call: (grant: Grant) => Promise<T>): Promise<T> {
    return this.#retried(5, options, () => this.session.run(call, options.signal));
  }

  #retried<T>(
    attempts: number,
    options: TransferOptions & Pick<RetryOptions, 'random'>,
    attempt: () => Promise<T>,
  ): Promise<T> {
    const { budget, exchange } = this;
    return withRetry(attempt, { attempts, budget, clock: exchange.clock, ...options });
  }
}
