import { l10n, ProgressLocation, window } from 'vscode';
import type { Progress } from 'vscode';

interface SearchProgress {
  readonly signal: AbortSignal;
  readonly onProgress: (index: number, count: number) => void;
}

/** What is over sooner than this shows no progress: a message that only flashes by is noise. */
const PATIENCE = 400;

/** One notification with a bar and a Cancel, as long as a search takes. */
export async function whileSearching<T>(
  search: (progress: SearchProgress) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  let bar: Progress<{ message?: string; increment?: number }> | undefined;
  let percent = 0;
  const onProgress = (index: number, count: number): void => {
    const increment = Math.floor((index / count) * 100) - percent;
    if (increment > 0 && bar !== undefined) {
      percent += increment;
      bar.report({ message: l10n.t('{0} of {1}', index, count), increment });
    }
  };
  const running = search({ signal: controller.signal, onProgress });
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<'late'>(resolve => {
    timer = setTimeout(() => resolve('late'), PATIENCE);
  });
  const first = await Promise.race([running, patience]).finally(() => clearTimeout(timer));
  if (first !== 'late') {
    return first;
  }
  return window.withProgress(
    {
      location: ProgressLocation.Notification,
      title: l10n.t('Looking for the GUID in the workspace'),
      cancellable: true,
    },
    async (progress, token) => {
      bar = progress;
      const listening = token.onCancellationRequested(() => controller.abort());
      return running.finally(() => {
        listening.dispose();
      });
    },
  );
}
