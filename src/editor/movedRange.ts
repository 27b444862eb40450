/** A place in a document, as `vscode.Position` has it; VS Code itself is not needed here. */
export interface Place {
  readonly line: number;
  readonly character: number;
}

export interface PlaceRange {
  readonly start: Place;
  readonly end: Place;
}

/** As `vscode.TextDocumentContentChangeEvent` tells it: `text` in place of `range`. */
export interface TextChange {
  readonly range: PlaceRange;
  readonly text: string;
}

/**
 * Where a cursor or selection is after a change of the document. By lines and characters, so that
 * other line ends, or the whole document written anew, leave it where it is. A cursor goes behind
 * what is typed at it. A selection that was changed is none any more: a cursor stays at its end, so
 * that nothing replaces what somebody has just typed there.
 */
export function movedRange({ start, end }: PlaceRange, change: TextChange): PlaceRange {
  if (isSame(start, end)) {
    return cursor(movedPlace(start, change));
  }
  if (!isBefore(change.range.start, end)) {
    return { start, end };
  }
  return isBefore(start, change.range.end)
    ? cursor(movedPlace(end, change))
    : { start: movedPlace(start, change), end: movedPlace(end, change) };
}

function cursor(place: Place): PlaceRange {
  return { start: place, end: place };
}

/** Where the text of each of several changes stands when all are made; they are in document order. */
export function rangesMade(changes: readonly TextChange[]): PlaceRange[] {
  return changes.map(({ range, text }, index) => {
    const behindEarlier = (place: Place): Place =>
      changes.slice(0, index).reduceRight((moved, earlier) => movedPlace(moved, earlier), place);
    return { start: behindEarlier(range.start), end: behindEarlier(endOf(range.start, text)) };
  });
}

/** Where a cursor goes on behind each of several changes, which are in document order. */
export function placesBehind(changes: readonly TextChange[]): Place[] {
  return rangesMade(changes).map(({ end }) => end);
}

function movedPlace(place: Place, { range, text }: TextChange): Place {
  const end = endOf(range.start, text);
  if (isBefore(place, range.end)) {
    const isTouched = isBefore(range.start, place);
    return isTouched && isBefore(end, place) ? end : place;
  }
  return place.line === range.end.line
    ? { line: end.line, character: end.character + place.character - range.end.character }
    : { line: place.line + end.line - range.end.line, character: place.character };
}

/** Where a text ends that begins at `start`. */
function endOf(start: Place, text: string): Place {
  const lines = text.split(/\r\n|\r|\n/);
  const last = lines.at(-1) ?? '';
  return lines.length === 1
    ? { line: start.line, character: start.character + last.length }
    : { line: start.line + lines.length - 1, character: last.length };
}

function isBefore(one: Place, other: Place): boolean {
  return one.line < other.line || (one.line === other.line && one.character < other.character);
}

function isSame(one: Place, other: Place): boolean {
  return one.line === other.line && one.character === other.character;
}
