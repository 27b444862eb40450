import { FileError } from './errors';

/**
 * Makes one more try, on its own, when a file was rewritten while it was sent, or did not come as
 * its task describes it: mostly that was a moment's matter. Twice in a row it is for the user.
 * @throws what the last try threw
 */
export async function onceMore<T>(attempt: () => Promise<T>): Promise<T> {
  try {
    return await attempt();
  } catch (error) {
    const passing =
      error instanceof FileError &&
      ['changed', 'sizeMismatch', 'md5Mismatch'].includes(error.failure.kind);
    if (!passing) {
      throw error;
    }
  }
  return attempt();
}
