/**
 * Rows of the fault catalogue that cannot be had for real on Linux, by any user, without preparing
 * the machine: their tests put the nearest thing in place. Printed with the reason by every run.
 */
export const emulated: Readonly<Record<string, string>> = {
  F2: 'a disk that is full only at open or close: the disk port says so',
  F3: 'quotas and FAT32 need file systems of their own: the disk port says EDQUOT and EFBIG',
  F4: 'root may write anywhere, and nobody else may mount read-only: the disk port says so',
  F12: 'scanners that hold files are of Windows: the disk port says EBUSY, on platform win32',
  F14: 'file systems of Linux tell case and composition apart: a disk port that does not',
  F15: 'a disk cannot be made to break: the reading port says EIO',
  U12: 'the machine is not put to sleep: the clock jumps, and the line is dead',
};
