/** What was measured of several contestants, round by round. */
export class Rounds {
  readonly #rounds: Map<string, number>[] = [];

  /** Begins the next round. */
  begin(): void {
    this.#rounds.push(new Map());
  }

  note(name: string, value: number): void {
    this.#rounds.at(-1)?.set(name, value);
  }

  /** Of one contestant, in the order of the rounds. */
  of(name: string): number[] {
    return this.#rounds.flatMap(round => round.get(name) ?? []);
  }

  /** Taken round by round: what slows the machine for a while slows both. */
  ratios(name: string, peer: string): number[] {
    return this.#rounds.flatMap(round => {
      const [own, other] = [round.get(name), round.get(peer)];
      return own === undefined || other === undefined ? [] : own / other;
    });
  }

  /** The contestants, in the order in which they came first. */
  get names(): readonly string[] {
    return [...new Set(this.#rounds.flatMap(round => [...round.keys()]))];
  }
}

/** NaN of nothing. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const [low = NaN, high = NaN] = [
    sorted[sorted.length % 2 === 0 ? middle - 1 : middle],
    sorted[middle],
  ];
  return (low + high) / 2;
}

/** `0.71 [0.68–0.80]`: the median, the least and the most. */
export function spread(values: readonly number[], digits = 2): string {
  if (values.length === 0) {
    return '';
  }
  const text = (value: number): string => value.toFixed(digits);
  return values.length === 1
    ? text(median(values))
    : `${text(median(values))} [${text(Math.min(...values))}–${text(Math.max(...values))}]`;
}
