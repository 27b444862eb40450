import { setTimeout as sleep } from 'node:timers/promises';

/** Repeats a check of something that tells no events, such as a folder, until it holds. */
export async function eventually(check: () => Promise<void>, milliseconds = 30_000): Promise<void> {
  const deadline = performance.now() + milliseconds;
  for (;;) {
    try {
      await check();
      return;
    } catch (error) {
      if (performance.now() > deadline) {
        throw error;
      }
      await sleep(50);
    }
  }
}
