/** One line: a word that says how it is, what it is about, and a sentence. */
export interface ReportRow {
  readonly mark: string;
  readonly label: string;
  readonly text: string;
  /** Something to do, in a line of its own. */
  readonly action?: string;
}

export interface ReportSection {
  readonly heading: string;
  readonly rows: readonly ReportRow[];
}

/** Characters of a line; what is longer goes on below. */
const WIDTH = 100;
const GAP = 2;

/** What stands before something to do, so that it is found in the text. */
export const ARROW = '→ ';

/** The report as plain text in columns: to be read, copied and sent to somebody. */
export function reportText(title: string, sections: readonly ReportSection[]): string {
  const rows = sections.flatMap(section => section.rows);
  const marks = longest(rows.map(({ mark }) => mark)) + GAP;
  const labels = longest(rows.map(({ label }) => label)) + GAP;
  const blocks = sections.map(section => [
    section.heading,
    ...section.rows.flatMap(row => rowLines(row, marks, labels)),
  ]);
  return [[title], ...blocks].map(lines => `${lines.join('\n')}\n`).join('\n');
}

function rowLines(
  { mark, label, text, action }: ReportRow,
  marks: number,
  labels: number,
): string[] {
  const start = ' '.repeat(GAP) + mark.padEnd(marks) + label.padEnd(labels);
  const indent = ' '.repeat(start.length);
  const lines = [
    ...wrapped(text, WIDTH - start.length),
    ...(action === undefined ? [] : [ARROW + action]),
  ];
  return lines.map((line, at) => (at === 0 ? start : indent) + line);
}

/** Lines of whole words. */
function wrapped(text: string, width: number): string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const last = lines.at(-1) ?? '';
    if (last !== '' && last.length + 1 + word.length > width) {
      lines.push(word);
    } else {
      lines[lines.length - 1] = last === '' ? word : `${last} ${word}`;
    }
  }
  return lines;
}

function longest(texts: readonly string[]): number {
  return Math.max(0, ...texts.map(({ length }) => length));
}
