import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BUILT_IN } from '../../../src/editor/builtInFormats';
import type { InsertableFile } from '../../../src/editor/insertableFile';
import { insertions } from '../../../src/editor/insertion';
import type { Insertion } from '../../../src/editor/insertion';
import { render } from '../../../src/editor/render';
import type { Span } from '../../../src/editor/span';

/** One row of `test/data/insertion-contexts.txt`, which explains the notation. */
export interface Row {
  readonly title: string;
  readonly languageId: string;
  readonly before: string;
  readonly after: string;
}

const TABLE = join(__dirname, '../../../../test/data/insertion-contexts.txt');
const FILES: readonly InsertableFile[] = [
  { guid: '11111111-255b-4f18-b0eb-5c4d3b9bf1d2', name: 'first.txt' },
  { guid: '22222222-255b-4f18-b0eb-5c4d3b9bf1d2', name: 'second.txt' },
  { guid: '33333333-255b-4f18-b0eb-5c4d3b9bf1d2', name: 'third.txt' },
];
const WRITTEN = new Map([
  ...FILES.map(({ guid }, index): [string, string] => [`<${index + 1}>`, guid]),
  ['<old>', 'aaaaaaaa-255b-4f18-b0eb-5c4d3b9bf1d2'],
  ['<other>', 'bbbbbbbb-255b-4f18-b0eb-5c4d3b9bf1d2'],
]);

export function insertionTable(): Row[] {
  const [, ...blocks] = readFileSync(TABLE, 'utf8').split(/^=== /m);
  return blocks.map(block => {
    const [head = '', ...lines] = block.replace(/\n\n?$/, '').split('\n');
    const [, languageId = '', title = ''] = /^(\w+): (.*)$/.exec(head) ?? [];
    const middle = lines.indexOf('---');
    return {
      title,
      languageId,
      before: lines.slice(0, middle).join('\n'),
      after: lines.slice(middle + 1).join('\n'),
    };
  });
}

/** What a row's document becomes, in the notation of the table. */
export function inserted({ languageId, before, after }: Row): string {
  const { text, selections } = withoutMarks(before);
  const files = FILES.filter((_, index) => after.includes(`<${index + 1}>`));
  const used = files.length > 0 ? files : FILES.slice(0, 1);
  const made = insertions({ text, languageId, selections, files: used });
  return named(applied(text, made, used));
}

function applied(
  text: string,
  made: readonly Insertion[],
  files: readonly InsertableFile[],
): string {
  return made.reduceRight(
    (all, { start, end, text: own, isSnippet }) =>
      all.slice(0, start) + (isSnippet ? snippetName(own, files) : own) + all.slice(end),
    text,
  );
}

function snippetName(snippet: string, files: readonly InsertableFile[]): string {
  const format = BUILT_IN.find(one => render(one, files, { as: 'snippet' }) === snippet.trim());
  const [before = '', after = ''] = snippet.split(snippet.trim());
  return `${before}⟪${format?.id ?? snippet}⟫${after}`;
}

/** The document of a row: cursors and selections as such, short names as GUIDs. */
export function withoutMarks(marked: string): { text: string; selections: Span[] } {
  const selections: Span[] = [];
  let text = '';
  for (const piece of withGuids(marked).split(/(?=[‸⟦⟧])|(?<=[‸⟦⟧])/)) {
    if (piece === '‸' || piece === '⟦') {
      selections.push({ start: text.length, end: text.length });
    } else if (piece === '⟧') {
      const { start } = selections.pop() ?? { start: 0 };
      selections.push({ start, end: text.length });
    } else {
      text += piece;
    }
  }
  return { text, selections };
}

function withGuids(text: string): string {
  return Array.from(WRITTEN).reduce((all, [name, guid]) => all.replaceAll(name, guid), text);
}

function named(text: string): string {
  return Array.from(WRITTEN).reduce((all, [name, guid]) => all.replaceAll(guid, name), text);
}
