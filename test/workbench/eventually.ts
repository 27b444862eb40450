import { errors } from 'playwright-core';
import { setTimeout as sleep } from 'node:timers/promises';

/** Repeats a check of something that tells no events, such as a folder, until it holds. */
export async function eventually(check: () => Promise<void>, milliseconds = 5000): Promise<void> {
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

/** @returns whether what Playwright waits for came in its time */
export async function inTime(wait: Promise<void>): Promise<boolean> {
  try {
    await wait;
    return true;
  } catch (error) {
    if (error instanceof errors.TimeoutError) {
      return false;
    }
    throw error;
  }
}
