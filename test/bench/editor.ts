import type { Context } from './context';
import type { HostResults, HostUpload } from './host/results';
import { measureInHost } from './inHost';
import { MIB } from './scratch';
import { median, spread } from './statistics';

/**
 * In the extension host of a real VS Code, as packed: what a command costs apart from the hand that
 * gives it, and what others in the host feel of us. A fresh editor for every round.
 */
export async function editor(context: Context): Promise<void> {
  const { report, quick } = context;
  const all: HostResults[] = [];
  for (let round = 0; round < (quick ? 1 : 3); round += 1) {
    all.push(await measureInHost(context));
  }
  report.heading('In the extension host of a real VS Code');
  tellStart(context, all);
  tellTransfers(context, all);
  tellLists(context, all);
}

function tellStart({ report }: Context, all: readonly HostResults[]): void {
  const activation = all.map(
    ({ activation: { loadCode, callActivate } }) => loadCode + callActivate,
  );
  const load = all.map(one => one.load);
  const more = all.map(
    ({ load: loading, first, later }) => loading + first.whole - median(wholes(later)),
  );
  report.table(
    ['', 'ms'],
    [
      ['activation: load and run the entry, as VS Code measures it', spread(activation, 0)],
      ['loading what the first command needs', spread(load, 1)],
      ['first upload of a small file, beyond later ones, with that loading', spread(more, 1)],
      [
        'command to request at the server',
        spread(
          all.flatMap(({ later }) => later.map(one => one.toFirstByte)),
          1,
        ),
      ],
      [
        'answer to GUID on the clipboard',
        spread(
          all.flatMap(({ later }) => later.map(one => one.toClipboard)),
          1,
        ),
      ],
    ],
  );
  report.target({
    id: 'T7',
    text: 'loading for the first command, ms',
    limit: 20,
    values: load,
    digits: 1,
  });
}

function wholes(uploads: readonly HostUpload[]): number[] {
  return uploads.map(({ whole }) => whole);
}

function tellTransfers({ report }: Context, all: readonly HostResults[]): void {
  const sizes = all[0]?.large.map(({ size }) => size) ?? [];
  const of = (size: number): HostResults['large'] =>
    all.flatMap(({ large }) => large.filter(one => one.size === size));
  report.table(
    ['upload, verified', 's', 'thread busy', 'delay p99, ms', 'memory growth, MiB'],
    sizes.map(size => {
      const same = of(size);
      return [
        `${Math.round(size / MIB)} MiB`,
        spread(same.map(({ seconds }) => seconds)),
        spread(same.map(({ busy }) => busy)),
        spread(
          same.map(({ delay }) => delay),
          1,
        ),
        spread(
          same.map(({ growth }) => growth),
          0,
        ),
      ];
    }),
  );
  const largest = of(sizes.at(-1) ?? 0);
  report.target({
    id: 'T4',
    text: 'memory growth of the host, the largest upload, MiB',
    limit: 40,
    values: largest.map(({ growth }) => growth),
    digits: 0,
  });
  report.target({
    id: 'T5',
    text: 'event-loop delay p99 of the host, the largest upload, ms',
    limit: 10,
    values: largest.map(({ delay }) => delay),
    digits: 1,
  });
}

function tellLists({ report }: Context, all: readonly HostResults[]): void {
  report.table(
    ['', 'the first time, ms', 'again, ms'],
    (all[0]?.history ?? []).map(({ what }) => {
      const same = all.flatMap(({ history }) => history.filter(one => one.what === what));
      return [
        what,
        spread(
          same.map(({ cold }) => cold),
          0,
        ),
        spread(
          same.flatMap(({ warm }) => warm),
          1,
        ),
      ];
    }),
  );
}
