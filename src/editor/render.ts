import type { Format } from './format';
import type { InsertableFile } from './insertableFile';
import { positionAt } from './position';
import { parseTemplate } from './template';
import type { Field, TemplatePart } from './template';
import { written } from './writing';

export interface RenderOptions {
  /** `snippet` for VS Code's snippets, `plain` for the clipboard: tab stops have become text. */
  readonly as: 'snippet' | 'plain';
  /** Known task; without one there is a tab stop. */
  readonly taskId?: number | undefined;
  /** Of the document; formats that are written in no language of their own are written in this. */
  readonly languageId?: string | undefined;
}

/** What stands for an unknown task: no program takes it for a number. */
const TASK = 'TASK_ID';

/** A piece of a template with its files filled in. */
type Piece =
  /** A `name` is text from outside, still to be written as its place needs it. */
  | { readonly kind: 'text' | 'name'; readonly text: string }
  | { readonly kind: 'stop'; readonly number: number; readonly initial: readonly Piece[] };

/** The files in a format. Nothing of a template or of a name is evaluated, ever. */
export function render(
  format: Format,
  files: readonly InsertableFile[],
  options: RenderOptions,
): string {
  const pieces = piecesOf(format, files, options.taskId);
  const languageId = format.language ?? options.languageId ?? 'plaintext';
  const safe = withNamesWritten(pieces, languageId);
  return options.as === 'snippet'
    ? safe.map(snippetText).join('')
    : indented(safe.map(plainText).join(''), format.indent ?? '\t');
}

function piecesOf(
  format: Format,
  files: readonly InsertableFile[],
  taskId: number | undefined,
): Piece[] {
  const isOwn = format.label === undefined;
  const source = files.length === 1 ? (format.one ?? format.template) : format.template;
  const parts = parseTemplate(source, isOwn);
  const items = parseTemplate(format.item ?? '', isOwn);
  const task = taskId === undefined ? taskStop(parts) : text(String(taskId));
  const separator = text(format.separator ?? '\n');
  return format.item === undefined
    ? joined(files, separator, file => parts.flatMap(part => filled(part, [file])))
    : parts.flatMap(part => filled(part, files));

  function filled(part: TemplatePart, those: readonly InsertableFile[]): Piece[] {
    switch (part.kind) {
      case 'text':
        return [part];
      case 'stop':
        return [{ ...part, initial: part.initial.flatMap(inner => filled(inner, those)) }];
      case 'field':
        return field(part.field, those);
    }
  }

  function field(name: Field, those: readonly InsertableFile[]): Piece[] {
    const [file] = those;
    switch (name) {
      case 'guid':
        return [text(file?.guid ?? '')];
      case 'md5':
        return [text(file?.md5 ?? '')];
      case 'size':
        return [text(String(file?.size ?? ''))];
      case 'taskId':
        return [task];
      case 'name':
        return [{ kind: 'name', text: file?.name ?? '' }];
      case 'names':
        return [{ kind: 'name', text: those.map(one => one.name).join(', ') }];
      case 'items':
        return joined(those, separator, one => items.flatMap(part => filled(part, [one])));
    }
  }
}

function joined(
  files: readonly InsertableFile[],
  separator: Piece,
  pieces: (file: InsertableFile) => Piece[],
): Piece[] {
  return files.flatMap((file, index) => [...(index === 0 ? [] : [separator]), ...pieces(file)]);
}

function text(content: string): Piece {
  return { kind: 'text', text: content };
}

/** The same tab stop wherever the task is named, and no other one's number. */
function taskStop(parts: readonly TemplatePart[]): Piece {
  const used = new Set(parts.map(part => (part.kind === 'stop' ? part.number : 0)));
  let number = 1;
  while (used.has(number)) {
    number++;
  }
  return { kind: 'stop', number, initial: [text(TASK)] };
}

/** Writes each name as its place in the code needs it. */
function withNamesWritten(pieces: readonly Piece[], languageId: string): Piece[] {
  const code = pieces.map(probe).join('');
  return placed(pieces, 0).map(withNames);

  function withNames({ piece, at }: PlacedPiece): Piece {
    switch (piece.kind) {
      case 'text':
        return piece;
      case 'name':
        return text(written(piece.text, positionAt(code, languageId, at)));
      case 'stop':
        return { ...piece, initial: placed(piece.initial, at).map(withNames) };
    }
  }
}

/** A piece, and where its code begins. */
interface PlacedPiece {
  readonly piece: Piece;
  readonly at: number;
}

function placed(pieces: readonly Piece[], start: number): PlacedPiece[] {
  let at = start;
  return pieces.map(piece => {
    const here = { piece, at };
    at += probe(piece).length;
    return here;
  });
}

/** The code with a letter for each name, which is no more than it takes to find its place. */
function probe(piece: Piece): string {
  switch (piece.kind) {
    case 'text':
      return piece.text;
    case 'name':
      return 'N';
    case 'stop':
      return piece.initial.map(probe).join('');
  }
}

function plainText(piece: Piece): string {
  return piece.kind === 'stop' ? piece.initial.map(plainText).join('') : piece.text;
}

function snippetText(piece: Piece): string {
  if (piece.kind !== 'stop') {
    return inSnippet(piece.text);
  }
  const initial = piece.initial.map(snippetText).join('');
  return `\${${piece.number}${initial === '' ? '' : `:${initial}`}}`;
}

/** Text of which VS Code's snippets read nothing into. */
export function inSnippet(content: string): string {
  return content.replace(/[\\$}]/g, '\\$&');
}

function indented(content: string, unit: string): string {
  return content.replace(/^\t+/gm, tabs => unit.repeat(tabs.length));
}
