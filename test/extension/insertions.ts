import { strict as assert } from 'node:assert';
import type { Format } from '../../src/editor/format';
import { InsertionIntoCode } from '../../src/editor/insertionIntoCode';
import type { InsertionTarget } from '../../src/editor/insertionTarget';

export const GUIDS = [
  '0e7f2a1c-9f6f-4b53-8d1a-3f4f5c6b7a80',
  '11111111-2222-4333-8444-555555555555',
  'aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee',
] as const;
export const FILES = GUIDS.map((guid, index) => ({
  guid,
  name: `${index + 1}.pdf`,
  size: 5,
  md5: 'd',
}));
export const FILE = { guid: GUIDS[0], name: '1.pdf' };

/** A template of the user, with tab stops and with everything that a snippet could evaluate. */
const TEMPLATE: Format = {
  id: 'user:test',
  label: 'Test',
  languages: ['ini'],
  template: '[${guid}]\n\ttask=${1:7}\n\tsecret=${CLIPBOARD} $TM_FILENAME ${2|a,b|} ${UUID}',
};
/** What of it nothing may be read into. */
export const LITERAL = 'secret=${CLIPBOARD} $TM_FILENAME ${2|a,b|} ${UUID}';

export const insertion = new InsertionIntoCode(() => Promise.resolve([TEMPLATE]));

const targets: InsertionTarget[] = [];

/** Where it would go now. */
export function here(): InsertionTarget {
  const target = insertion.target();
  assert.ok(target);
  targets.push(target);
  return target;
}

/** Follows no document any more. */
export function disposeTargets(): void {
  targets.splice(0).forEach(target => target.dispose());
}
