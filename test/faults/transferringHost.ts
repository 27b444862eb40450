import { Exchange } from '../../src/pyrus/exchange';
import { send } from '../../src/pyrus/http';
import { PyrusClient } from '../../src/pyrus/client';
import { RateGate } from '../../src/pyrus/rateLimit';
import { RetryBudget } from '../../src/pyrus/retry';
import { Session } from '../../src/pyrus/session';
import type { Grant } from '../../src/pyrus/session';
import { fileSource } from '../../src/transfer/fileSource';
import { saveLocally } from '../../src/transfer/localTarget';
import { PartsOnDisk } from '../../src/transfer/partJournal';

/** What a process of its own is told to do; it is the program's one argument, as JSON. */
export type HostOrder =
  | {
      readonly kind: 'download';
      readonly grant: Grant;
      readonly id: number;
      readonly folder: string;
      /** Where it notes its temporary files. */
      readonly journal: string;
    }
  | { readonly kind: 'upload'; readonly grant: Grant; readonly path: string }
  | { readonly kind: 'sweep'; readonly journal: string };

/** One line of its output. */
export type HostReport =
  { readonly moved: number } | { readonly result: unknown } | { readonly failed: string };

function report(line: HostReport): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

function clientWith(grant: Grant): PyrusClient {
  const exchange = new Exchange(send, new RateGate());
  const session = new Session({
    current: () => Promise.resolve(grant),
    secrets: () => Promise.resolve([]),
    renew: () => Promise.reject(new Error('the token should do')),
  });
  return new PyrusClient(session, exchange, new RetryBudget());
}

async function obey(order: HostOrder): Promise<unknown> {
  const { signal } = new AbortController();
  switch (order.kind) {
    case 'sweep':
      return new PartsOnDisk(order.journal, error => report({ failed: String(error) })).sweep();
    case 'upload': {
      const onProgress = (moved: number): void => report({ moved });
      return clientWith(order.grant).upload(await fileSource(order.path), { signal, onProgress });
    }
    case 'download': {
      const parts = new PartsOnDisk(order.journal, error => report({ failed: String(error) }));
      return clientWith(order.grant).download(
        order.id,
        file => {
          let moved = 0;
          const onBytes = (count: number): void => report({ moved: (moved += count) });
          const wanted = {
            name: file.name ?? '',
            fallbackName: 'file',
            onConflict: () => Promise.resolve('keepBoth' as const),
          };
          return saveLocally(order.folder, wanted, { file, signal, onBytes, parts });
        },
        { signal },
      );
    }
  }
}

if (require.main === module) {
  obey(JSON.parse(process.argv[2] ?? '') as HostOrder).then(
    result => report({ result }),
    (error: unknown) => report({ failed: String(error) }),
  );
}
