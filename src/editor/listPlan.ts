import type { Element } from './brackets';
import { addToList, separatorBehind } from './listEdit';
import { listStyle } from './lists';
import type { GuidList } from './lists';
import type { Plan, Reading, Wanted } from './plan';

/** Items where the cursor is between the elements of a list. */
export function addItems(reading: Reading, { bracket, formAt }: GuidList, wanted: Wanted): Plan {
  const items = wanted.guids.map(formAt(reading.cursor));
  const style = listStyle(reading, bracket, wanted.unit);
  return { kind: 'item', ...addToList(reading, bracket, items, style) };
}

/** Items in place of an element that is only begun: `{ }`, `new NewFile()`. */
export function itemsInPlaceOf(
  { code }: Reading,
  { bracket, formAt }: GuidList,
  element: Element,
  { guids }: Wanted,
): Plan {
  const items = guids.map(formAt(element.start));
  const text = items.join(separatorBehind(code, bracket, element));
  return { kind: 'item', start: element.start, end: element.end, text };
}
