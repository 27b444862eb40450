import { measure } from './contestant';
import type { Measured, Order } from './contestant';
import type { Context } from './context';
import type { Peer } from './peers';
import { Rounds, median, spread } from './statistics';

/** Us, in one way or another. */
export interface Contestant {
  readonly name: string;
  readonly order: () => Promise<Order>;
}

export interface Contest {
  readonly peers: readonly Peer[];
  readonly ours: readonly Contestant[];
  /** Peers to compare with, in columns. */
  readonly against: readonly string[];
  /** Called before each measurement, and after it. */
  readonly before?: () => Promise<unknown>;
  readonly after?: () => Promise<unknown>;
  readonly rounds: number;
}

/** What came of it. */
export interface Result {
  readonly rounds: Rounds;
  /** The same with the start of the programs. */
  readonly wholes: Rounds;
  /** What our processes told of themselves, by name. */
  readonly measured: ReadonlyMap<string, readonly Measured[]>;
}

/** Everybody in turn, round by round. */
export async function contest(
  bundle: string,
  { peers, ours, before, after, rounds: count }: Contest,
): Promise<Result> {
  const rounds = new Rounds();
  const wholes = new Rounds();
  const measured = new Map<string, Measured[]>();
  for (let round = 0; round < count; round += 1) {
    rounds.begin();
    wholes.begin();
    for (const { name, run, isSlow = false } of peers) {
      if (isSlow && round >= 2) {
        continue;
      }
      await before?.();
      const { seconds, whole } = await run();
      rounds.note(name, seconds);
      wholes.note(name, whole);
      await after?.();
    }
    for (const { name, order } of ours) {
      await before?.();
      const own = await measure(bundle, await order());
      await after?.();
      rounds.note(name, own.seconds);
      wholes.note(name, own.whole);
      measured.set(name, [...(measured.get(name) ?? []), own]);
    }
  }
  return { rounds, wholes, measured };
}

/** Seconds, and how many times as long as the peers it took. */
export function tell(
  { report }: Context,
  { against }: Contest,
  { rounds, wholes, measured }: Result,
): void {
  const known = against.filter(peer => rounds.names.includes(peer));
  report.table(
    [
      '',
      's',
      'with its start, s',
      ...known.map(peer => `× ${peer}`),
      'thread busy',
      'delay p99, ms',
      'at a time',
    ],
    rounds.names.map(name => {
      const own = measured.get(name);
      return [
        name.startsWith('ours') ? `**${name}**` : name,
        spread(rounds.of(name)),
        spread(wholes.of(name)),
        ...known.map(peer => (peer === name ? '1' : spread(rounds.ratios(name, peer)))),
        ...(own === undefined
          ? ['', '', '']
          : [
              median(own.map(({ busy }) => busy)).toFixed(2),
              median(own.map(({ delay }) => delay)).toFixed(1),
              String(median(own.map(({ most }) => most))),
            ]),
      ];
    }),
  );
}
