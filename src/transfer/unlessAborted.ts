/**
 * Waits for what may take long, an answer of the user's above all, but not after the transfer has ended.
 * @throws the signal's reason as soon as it is aborted, whether or not what is waited for listens to it
 */
export async function unlessAborted<T>(signal: AbortSignal, ask: () => Promise<T>): Promise<T> {
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(signal.reason as Error);
    signal.addEventListener('abort', abort, { once: true });
    ask()
      .then(resolve, reject)
      .finally(() => signal.removeEventListener('abort', abort));
  });
}
