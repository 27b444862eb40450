import type { Exchange } from './exchange';
import { receive } from './download';
import { probeToken } from './auth';
import { PyrusError } from './errors';
import type { IncomingFile, UploadSource } from './ports';
import type { OnWait } from './rateLimit';
import { withRetry } from './retry';
import type { RetryBudget, RetryOptions } from './retry';
import type { Session } from './session';
import { uploadOnce } from './upload';
import type { Uploaded } from './upload';

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
    return this.#retried(5, options, () =>
      this.session.run(grant => receive(this.exchange, grant, id, take, options), options.signal),
    );
  }

  /** The answer that was lost may have been a 401: a bad token must not cost the bytes once more. */
  #probe(options: TransferOptions): Promise<void> {
    return this.#retried(5, options, () =>
      this.session.run(grant => probeToken(this.exchange, grant, options.signal), options.signal),
    );
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
