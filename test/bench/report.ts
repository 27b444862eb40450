import { median, spread } from './statistics';

/** A promise about speed, and what came of it. */
export interface Target {
  /** As in the issue or the notes: `T1`, `P10`. */
  readonly id: string;
  readonly text: string;
  /** The median must not be above this. */
  readonly limit: number;
  readonly values: readonly number[];
  readonly digits?: number;
}

/** The Markdown that a run leaves behind: tables as they come, the targets at the end. */
export class Report {
  readonly #lines: string[] = [];
  readonly #targets: Target[] = [];
  readonly #missing: string[] = [];

  heading(text: string): void {
    this.text(`## ${text}`);
  }

  text(text: string): void {
    this.#print(`\n${text}\n`);
  }

  table(head: readonly string[], rows: readonly (readonly string[])[]): void {
    const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
    this.#print(['', line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n'));
  }

  target(target: Target): void {
    this.#targets.push(target);
  }

  /** Something that could not be measured; a peer that is not installed is none of it. */
  missing(what: string, error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error);
    this.#missing.push(`${what}: ${reason}`);
    this.text(`**Not measured: ${what}** (${reason.split('\n')[0] ?? ''})`);
  }

  /** @returns whether all there is to measure was measured */
  finish(): boolean {
    this.heading('Targets');
    this.table(
      ['', 'target', 'at most', 'measured', ''],
      this.#targets.map(({ id, text, limit, values, digits = 2 }) => [
        id,
        text,
        String(limit),
        spread(values, digits),
        verdict(values, limit),
      ]),
    );
    if (this.#missing.length > 0) {
      this.text(`Not measured:\n\n${this.#missing.map(line => `- ${line}`).join('\n')}`);
    }
    return this.#missing.length === 0;
  }

  toString(): string {
    return `${this.#lines.join('\n')}\n`;
  }

  #print(text: string): void {
    this.#lines.push(text);
    console.log(text);
  }
}

/** Without the peer there is nothing to compare with. */
function verdict(values: readonly number[], limit: number): string {
  if (values.length === 0) {
    return 'no peer here';
  }
  return median(values) <= limit ? 'met' : '**missed**';
}
