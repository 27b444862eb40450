import { errors } from 'playwright-core';

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
