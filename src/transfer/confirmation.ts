import type { Saving } from './saving';
import { unlessAborted } from './unlessAborted';

/**
 * Whether a received body is kept. Where nothing marks its end and neither server nor task tell a
 * size or an MD5, a broken connection looks like a complete file: only the user can say.
 * @param size bytes received
 * @throws the signal's reason on cancel
 */
export async function isKept(
  { incoming, expectations, signal }: Pick<Saving, 'incoming' | 'expectations' | 'signal'>,
  size: number,
): Promise<boolean> {
  const { file, expected, onUnconfirmed } = incoming;
  const confirmed =
    file.openEnded !== true || expectations.size !== undefined || expected?.md5 !== undefined;
  if (confirmed) {
    return true;
  }
  return onUnconfirmed !== undefined && unlessAborted(signal, () => onUnconfirmed(size, signal));
}
