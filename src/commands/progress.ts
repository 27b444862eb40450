import { setMaxListeners } from 'node:events';
import * as vscode from 'vscode';
import type { PyrusFailure } from '../pyrus/errors';
import type { BatchState } from '../transfer/batchProgress';
import type { RunningTransfers } from '../transfer/runningTransfers';
import { byteSize, duration } from '../words/numbers';
import { fileNameText } from '../words/plainText';
import { Countdown } from './countdown';

export interface TransferProgress {
  readonly signal: AbortSignal;
  readonly show: (state: BatchState) => void;
  /** Says what goes on when no bytes move. */
  readonly showStep: (text: string) => void;
  /** Says why nothing moves and for how much longer, until the next state is shown. */
  readonly showWait: (wait: { readonly seconds: number; readonly failure: PyrusFailure }) => void;
}

/** What is over sooner than this shows no progress: a message that only flashes by is noise. */
const PATIENCE = 400;

/**
 * One notification with a bar and a Cancel, as long as `run` takes.
 * @param signal cancels it, too
 */
export async function withTransferProgress<T>(
  transfers: RunningTransfers,
  title: string,
  run: (progress: TransferProgress) => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  const bar = new ProgressBar(signal);
  const running = transfers.track(run(bar), () => bar.cancel());
  if (await isOver(running, PATIENCE)) {
    return running.finally(() => bar.end());
  }
  return vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title, cancellable: true },
    async (progress, token) => {
      const cancelling = token.onCancellationRequested(() => bar.cancel());
      bar.showIn(progress);
      try {
        return await running;
      } finally {
        cancelling.dispose();
        bar.end();
      }
    },
  );
}

class ProgressBar implements TransferProgress {
  readonly #countdown = new Countdown();
  readonly #controller = new AbortController();
  readonly signal: AbortSignal;
  #progress: vscode.Progress<{ message?: string; increment?: number }> | undefined;
  /** Words are made when somebody sees them: the first number written out takes 40 ms. */
  #message: (() => string) | undefined;
  #percent = 0;
  #shownPercent = 0;

  constructor(outside?: AbortSignal) {
    const own = this.#controller.signal;
    this.signal = outside === undefined ? own : AbortSignal.any([own, outside]);
    // Several transfers, and several parts of each, listen to the one cancel.
    setMaxListeners(0, this.signal);
  }

  cancel(): void {
    this.#controller.abort();
  }

  end(): void {
    this.#countdown.stop();
  }

  showIn(progress: vscode.Progress<{ message?: string; increment?: number }>): void {
    this.#progress = progress;
    this.#report();
  }

  readonly show = (state: BatchState): void => {
    this.#countdown.stop();
    this.#message = () => stateText(state);
    this.#percent = Math.floor(state.fraction * 100);
    this.#report();
  };

  readonly showStep = (text: string): void => {
    this.#countdown.stop();
    this.#message = () => text;
    this.#report();
  };

  readonly showWait = (wait: {
    readonly seconds: number;
    readonly failure: PyrusFailure;
  }): void => {
    if (wait.seconds >= 2) {
      this.#countdown.start(wait.seconds, seconds => {
        this.#message = () => waitText({ ...wait, seconds });
        this.#report();
      });
    }
  };

  #report(): void {
    if (this.#progress === undefined || this.#message === undefined) {
      return;
    }
    // The bar cannot go back; after a restart of a file it waits until it is true again.
    const increment = Math.max(0, this.#percent - this.#shownPercent);
    this.#shownPercent += increment;
    this.#progress.report({ message: this.#message(), increment });
  }
}

/** Waits for the end of `promise`, but not longer than `milliseconds`. */
async function isOver(promise: Promise<unknown>, milliseconds: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<boolean>(resolve => {
    timer = setTimeout(() => resolve(false), milliseconds);
  });
  const over = promise.then(
    () => true,
    () => true,
  );
  return Promise.race([over, patience]).finally(() => clearTimeout(timer));
}

/** "2 of 5 · report.pdf · 12 MB of 40 MB (30%) · 3 MB/s · 9 s left" */
function stateText(state: BatchState): string {
  const { name, index, count, movedBytes, totalBytes, bytesPerSecond, secondsLeft } = state;
  const parts = [fileNameText(name, 40)];
  if (count > 1) {
    parts.unshift(vscode.l10n.t('{0} of {1}', index, count));
  }
  if (totalBytes > 0) {
    parts.push(
      vscode.l10n.t(
        '{0} of {1} ({2}%)',
        byteSize(Math.min(movedBytes, totalBytes)),
        byteSize(totalBytes),
        Math.floor(state.fraction * 100),
      ),
    );
  } else if (movedBytes > 0) {
    parts.push(byteSize(movedBytes));
  }
  if (bytesPerSecond > 0) {
    parts.push(vscode.l10n.t('{0}/s', byteSize(bytesPerSecond)));
  }
  if (secondsLeft !== undefined && secondsLeft >= 3) {
    parts.push(vscode.l10n.t('{0} left', duration(secondsLeft)));
  }
  return parts.join(' · ');
}

/** Why nothing moves, and for how much longer. */
export function waitText({ seconds, failure }: { seconds: number; failure: PyrusFailure }): string {
  return failure.kind === 'rateLimited'
    ? vscode.l10n.t('Pyrus asks to wait: going on in {0}', duration(seconds))
    : vscode.l10n.t('The connection failed: trying again in {0}', duration(seconds));
}
