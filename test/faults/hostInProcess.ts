import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import type { ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { HostOrder, HostReport } from './transferringHost';

/** A process of its own that moves one file, as an extension host does, and may be killed. */
export class HostInProcess {
  readonly reports: HostReport[] = [];
  readonly #process: ChildProcessByStdio<null, Readable, null>;
  readonly #ended: Promise<unknown>;
  #check: () => void = () => undefined;

  constructor(order: HostOrder) {
    const program = require.resolve('./transferringHost');
    this.#process = spawn(process.execPath, [program, JSON.stringify(order)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const lines = createInterface({ input: this.#process.stdout });
    lines.on('line', line => {
      this.reports.push(JSON.parse(line) as HostReport);
      this.#check();
    });
    this.#ended = Promise.all([once(this.#process, 'close'), once(lines, 'close')]);
  }

  get pid(): number {
    return this.#process.pid ?? assert.fail('it did not start');
  }

  /** Bytes it has moved. */
  get moved(): number {
    return Math.max(0, ...this.reports.map(report => ('moved' in report ? report.moved : 0)));
  }

  /** What it ended with; nothing when it was killed before. */
  get results(): readonly unknown[] {
    return this.reports.flatMap(report => ('result' in report ? [report.result] : []));
  }

  /** Resolves when it has moved so many bytes. */
  async hasMoved(bytes: number): Promise<void> {
    await new Promise<void>(resolve => {
      this.#check = () => {
        if (this.moved >= bytes) {
          resolve();
        }
      };
      this.#check();
    });
  }

  /** Resolves when it has gone. */
  async ended(): Promise<void> {
    await this.#ended;
  }

  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    this.#process.kill(signal);
    await this.#ended;
  }
}
