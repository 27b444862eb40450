import type { Installed } from './peers';
import type { Report } from './report';
import type { Scratch } from './scratch';

/** What every group of measurements is given. */
export interface Context {
  readonly report: Report;
  readonly scratch: Scratch;
  readonly rounds: number;
  /** A tenth of the bytes: to see whether it runs, not how fast. */
  readonly quick: boolean;
  readonly installed: Installed;
  /** The bundled contestant. */
  readonly bundle: string;
}
