import { parseTaskReference } from './taskLinks';

/** After a word that can only mean Pyrus, even the short id of a young server is meant. */
const NAMED =
  /(?<![\p{L}\p{N}])(?:pyrus|пайрус)[-_/#]{0,2}(?:id)?(\d{4,10})(?![\p{L}\p{N}]|\.\d)/giu;
/** In the cloud, ids have had eight digits and more for years; in links, `#id` stands before them. */
const BARE = /(?<![\p{L}\p{N}.]|\p{N}[-_])(?:#?id|#)?(\d{8,9})(?![\p{L}\p{N}]|\.\d|[-_]\d{3})/giu;
/** The first part of a GUID may be all digits. */
const GUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;

/**
 * Finds the task that a git branch is about: `feature/pyrus-12345678-foo`, `12345678_fix`. Rather
 * none than a wrong one: short numbers, dates, versions, hashes and two different candidates are
 * none.
 */
export function taskIdIn(branchName: string): number | undefined {
  // No branch that a person named is longer.
  const name = branchName.slice(0, 1000).replace(GUID, ' ');
  const named = idsIn(name, NAMED);
  const ids = named.length > 0 ? named : idsIn(name, BARE);
  return ids.length === 1 ? ids[0] : undefined;
}

function idsIn(name: string, pattern: RegExp): number[] {
  const ids = [...name.matchAll(pattern)].flatMap(([, digits = '']) => {
    const reference = parseTaskReference(digits);
    return reference.kind === 'task' && !isDate(digits) ? reference.id : [];
  });
  return [...new Set(ids)];
}

/** A year, or a day in any of the usual orders. */
function isDate(digits: string): boolean {
  const year = '(?:19|20)\\d\\d';
  const month = '(?:0[1-9]|1[0-2])';
  const day = '(?:0[1-9]|[12]\\d|3[01])';
  const orders = [year, `${year}${month}${day}`, `${day}${month}${year}`, `${month}${day}${year}`];
  return new RegExp(`^(?:${orders.join('|')})$`).test(digits);
}
