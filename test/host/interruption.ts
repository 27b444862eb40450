const REPEAT_MS = 1_000;

/**
 * Resolves with the signal when somebody wants this process to end (Ctrl+C, kill, a closed terminal).
 * One Ctrl+C may come twice, from the terminal and from npm; another one, a second later, exits at once,
 * which still ends what was started (processes.ts).
 */
export function interruption(): Promise<NodeJS.Signals> {
  return new Promise(resolve => {
    let first: number | undefined;
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => {
        first ??= performance.now();
        resolve(signal);
        if (performance.now() - first > REPEAT_MS) {
          process.exit(1);
        }
      });
    }
  });
}
