import type { RateLimit } from './limits';
import type { Language } from './texts';

/** All optional; the defaults are Pyrus's published numbers where there are any. */
export interface PyrusOptions {
  /** Language of error texts; Russian unless told. */
  readonly language?: Language;
  /** Tokens a user may have at once; 3. */
  readonly tokenQuota?: number;
  /** Bytes of content above which Pyrus answers `too_large_request_length`; 2^31 - 1. */
  readonly maxFileSize?: number;
  /** Bytes of a whole request body above which the proxy answers 413 with a page; 2^31. */
  readonly proxyBodyLimit?: number;
  /** UTF-16 units of a file name; 255. */
  readonly maxFileNameLength?: number;
  /** Files of one task; 3000. */
  readonly maxTaskAttachments?: number;
  /** Comments of one task; 10,000. */
  readonly maxTaskComments?: number;
  /** Added before every answer, as a round trip would; 0. */
  readonly latencyMs?: number;
  /** 5000 requests in 600 seconds. */
  readonly rateLimit?: RateLimit;
  /** Uploads up to this many bytes keep their content; of larger ones only size and MD5; 8 MiB. */
  readonly keepBytes?: number;
  /**
   * What is done with an upload's bytes: `hash` checks the framing and digests (unless told),
   * `frame` only checks the framing, `drain` only reads. The latter two answer `assumedMd5`.
   */
  readonly uploadWork?: 'hash' | 'frame' | 'drain';
  /** 32 lower-case hex digits answered when nothing is hashed; zeros unless told. */
  readonly assumedMd5?: string;
  /** After an early answer, how long the rest of the request is read before the socket dies; 1000. */
  readonly lingerMs?: number;
  /** Whether a test damages requests on their way, so that a header may be called anything; false. */
  readonly damagedRequests?: boolean;
  /** First of five consecutive ports; free ones unless told. */
  readonly port?: number;
  /** Milliseconds, monotonic; for the rate limit only. */
  readonly now?: () => number;
}

export type Settings = Required<PyrusOptions>;

export function settingsOf(options: PyrusOptions): Settings {
  return {
    language: 'ru',
    tokenQuota: 3,
    maxFileSize: 2_147_483_647,
    proxyBodyLimit: 2_147_483_648,
    maxFileNameLength: 255,
    maxTaskAttachments: 3000,
    maxTaskComments: 10_000,
    latencyMs: 0,
    rateLimit: { limit: 5000, intervalSeconds: 600 },
    keepBytes: 8 * 1024 * 1024,
    uploadWork: 'hash',
    assumedMd5: '0'.repeat(32),
    lingerMs: 1000,
    damagedRequests: false,
    port: 0,
    now: () => performance.now(),
    ...options,
  };
}
