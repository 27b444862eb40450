import { randomBytes } from 'node:crypto';

/** A name for a file that is on its way, which nobody can guess. */
export function newPartName(): string {
  return `.pyrus-${randomBytes(12).toString('hex')}.part`;
}

/** @param name without its folder */
export function isPartName(name: string): boolean {
  return /^\.pyrus-[0-9a-f]{24}\.part$/.test(name);
}
