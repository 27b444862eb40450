import type { Insertion } from './insertion';
import { inSnippet } from './render';
import type { Span } from './span';

/** Changes of a text that are made one after the other and told as changes of the text as it was. */
export class Changes {
  #text: string;
  /** In document order; offsets of the text as it was. */
  #made: readonly Insertion[] = [];

  constructor(text: string) {
    this.#text = text;
  }

  /** The text with all changes so far. */
  get text(): string {
    return this.#text;
  }

  get made(): Insertion[] {
    return [...this.#made];
  }

  /** @param next a change of `text`; what it touches of earlier changes becomes one with it */
  add(next: Insertion): void {
    const placed = this.#placed();
    const before = placed.filter(({ end }) => end <= next.start);
    const after = placed.filter(({ start, end }) => end > next.start && start >= next.end);
    const touched = placed.filter(({ start, end }) => end > next.start && start < next.end);
    const growth = (those: readonly Placed[]): number =>
      those.reduce((sum, { start, end, was }) => sum + (end - start) - (was.end - was.start), 0);
    const [first, last] = [touched[0], touched.at(-1)];
    const merged: Insertion = {
      ...next,
      start: Math.min(first?.was.start ?? Infinity, next.start - growth(before)),
      end: Math.max(last?.was.end ?? 0, next.end - growth([...before, ...touched])),
      text:
        this.#kept(first, next, { start: first?.start ?? 0, end: next.start }) +
        (touched.some(({ was }) => was.isSnippet) && !next.isSnippet
          ? inSnippet(next.text)
          : next.text) +
        this.#kept(last, next, { start: next.end, end: last?.end ?? 0 }),
      isSnippet: next.isSnippet || touched.some(({ was }) => was.isSnippet),
    };
    this.#text = this.#text.slice(0, next.start) + next.text + this.#text.slice(next.end);
    this.#made = [...before.map(({ was }) => was), merged, ...after.map(({ was }) => was)];
  }

  /** What of an earlier change the next one leaves. */
  #kept(earlier: Placed | undefined, next: Insertion, { start, end }: Span): string {
    const kept = earlier !== undefined && start < end ? this.#text.slice(start, end) : '';
    return next.isSnippet && earlier?.was.isSnippet === false ? inSnippet(kept) : kept;
  }

  /** Where the changes are in `text`. */
  #placed(): Placed[] {
    let growth = 0;
    return this.#made.map(was => {
      const start = was.start + growth;
      const end = start + was.text.length;
      growth += was.text.length - (was.end - was.start);
      return { start, end, was };
    });
  }
}

interface Placed {
  readonly start: number;
  readonly end: number;
  readonly was: Insertion;
}
