import { Range, window } from 'vscode';
import type { Position, TextDocument } from 'vscode';
import { guidAt, guidsIn } from './guids';

/** A GUID that stands in a document. */
export interface GuidInDocument {
  /** In lower case. */
  readonly guid: string;
  readonly range: Range;
}

/** Of a selection, this many characters are looked at. */
const MOST_CHARACTERS = 10_000;

/** The GUID at a position. Looks at its surroundings only: a line may have a megabyte. */
export function guidAtPosition(
  document: TextDocument,
  { line, character }: Position,
): GuidInDocument | undefined {
  const found = guidAt(document.lineAt(line).text, character);
  return found && { guid: found.guid, range: new Range(line, found.start, line, found.end) };
}

/** The GUID at the cursor of the active editor, with its document. */
export function guidAtCursor(): (GuidInDocument & { readonly document: TextDocument }) | undefined {
  const editor = window.activeTextEditor;
  const place = editor && guidAtPosition(editor.document, editor.selection.active);
  return place && { ...place, document: editor.document };
}

/** The GUIDs at a cursor, or in a selection and at its ends; each once. */
export function guidsAt(document: TextDocument, range: Range): string[] {
  const atEnds = [range.start, range.end].flatMap(
    position => guidAtPosition(document, position)?.guid ?? [],
  );
  return [...new Set(range.isEmpty ? atEnds : [...atEnds, ...guidsWithin(document, range)])];
}

/** Every place of a GUID in a document, in any case. */
export function placesOf(guid: string, document: TextDocument): Range[] {
  return guidsIn(document.getText()).flatMap(found =>
    found.guid === guid
      ? new Range(document.positionAt(found.start), document.positionAt(found.end))
      : [],
  );
}

function guidsWithin(document: TextDocument, { start, end }: Range): string[] {
  const furthest = document.offsetAt(start) + MOST_CHARACTERS;
  const last = document.positionAt(Math.min(document.offsetAt(end), furthest));
  return guidsIn(document.getText(new Range(start, last))).map(({ guid }) => guid);
}
