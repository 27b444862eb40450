import { setMaxListeners } from 'node:events';
import * as vscode from 'vscode';
import type { PyrusFailure } from '../pyrus/errors';
import type { BatchState } from '../transfer/batchProgress';
import { byteSize, duration } from '../words/numbers';
import { fileNameText } from '../words/plainText';

export interface TransferProgress {
  readonly signal: AbortSignal;
  readonly show: (state: BatchState) => void;
  /** Says why nothing moves, until the next state is shown. */
  readonly showWait: (wait: { readonly seconds: number; readonly failure: PyrusFailure }) => void;
}

/** One notification with a bar and a Cancel, as long as `run` takes. */
export async function withTransferProgress<T>(
  title: string,
  run: (progress: TransferProgress) => Promise<T>,
): Promise<T> {
  return vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title, cancellable: true },
    async (progress, token) => {
      const controller = new AbortController();
      // Several transfers, and several parts of each, listen to the one cancel.
      setMaxListeners(0, controller.signal);
      const cancelling = token.onCancellationRequested(() => controller.abort());
      let percent = 0;
      try {
        return await run({
          signal: controller.signal,
          show: state => {
            // The bar cannot go back; after a restart of a file it waits until it is true again.
            const now = Math.floor(state.fraction * 100);
            progress.report({ message: stateText(state), increment: Math.max(0, now - percent) });
            percent = Math.max(percent, now);
          },
          showWait: wait => {
            if (wait.seconds >= 2) {
              progress.report({ message: waitText(wait) });
            }
          },
        });
      } finally {
        cancelling.dispose();
      }
    },
  );
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

function waitText({ seconds, failure }: { seconds: number; failure: PyrusFailure }): string {
  return failure.kind === 'rateLimited'
    ? vscode.l10n.t('Pyrus asks to wait: going on in {0}', duration(seconds))
    : vscode.l10n.t('The connection failed: trying again in {0}', duration(seconds));
}
