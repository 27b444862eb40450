/**
 * The contestant: our rooms `pyrus` and `transfer`, bundled as they are shipped, in a process of its
 * own. Does what it is told, once or several times, and tells how it went.
 */
import { once, setMaxListeners } from 'node:events';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { PyrusClient } from '../../src/pyrus/client';
import { Exchange } from '../../src/pyrus/exchange';
import { send } from '../../src/pyrus/http';
import type { UploadSource } from '../../src/pyrus/ports';
import { RateGate } from '../../src/pyrus/rateLimit';
import { RetryBudget } from '../../src/pyrus/retry';
import { Session } from '../../src/pyrus/session';
import { runBatch } from '../../src/transfer/batch';
import { fileSource } from '../../src/transfer/fileSource';
import { AdaptiveLanes, FixedLanes } from '../../src/transfer/lanes';
import { saveLocally } from '../../src/transfer/localTarget';
import { md5Worker } from '../../src/transfer/md5';
import type { Measured, Order } from './contestant';

async function obey(order: Order): Promise<Omit<Measured, 'whole'>> {
  const cancel = new AbortController();
  let cancelledAt: number | undefined;
  const onSent = (sent: number): void => {
    if (order.cancelAfter !== undefined && sent >= order.cancelAfter) {
      cancelledAt ??= performance.timeOrigin + performance.now();
      cancel.abort();
    }
  };
  const before = process.memoryUsage.rss();
  const delays = monitorEventLoopDelay({ resolution: 1 });
  delays.enable();
  const utilization = performance.eventLoopUtilization();
  const cpu = process.cpuUsage();
  const begun = performance.now();
  const most = await perform(order, cancel.signal, onSent);
  const seconds = (performance.now() - begun) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  return {
    seconds,
    cpu: (user + system) / 1e6,
    busy: performance.eventLoopUtilization(utilization).utilization,
    delay: delays.percentile(99) / 1e6,
    growth: Math.max(0, process.resourceUsage().maxRSS * 1024 - before) / 2 ** 20,
    most,
    ...(cancelledAt === undefined ? {} : { cancelledAt }),
  };
}

/** @returns how many moved at a time at the most */
async function perform(
  order: Order,
  signal: AbortSignal,
  onProgress: (sent: number) => void,
): Promise<number> {
  const client = clientOf(order);
  // Each transfer listens to the one cancel, as behind the product's progress.
  setMaxListeners(0, signal);
  let running = 0;
  let most = 0;
  const { failed } = await runBatch({
    items: order.items,
    run: async item => {
      most = Math.max(most, ++running);
      await (item.id === undefined
        ? client.upload(await sourceOf(order, item.path), { signal, onProgress })
        : client.download(
            item.id,
            file => {
              const wanted = { name: item.name, fallbackName: 'file', onConflict: neverAsked };
              const expected = { size: item.size, md5: item.md5 };
              const onBytes = (): void => undefined;
              return saveLocally(item.path, wanted, { file, expected, signal, onBytes });
            },
            { signal },
          ));
      running -= 1;
    },
    isFatal: () => false,
    onProgress: () => undefined,
    signal,
    lanes: order.lanes === undefined ? new AdaptiveLanes() : new FixedLanes(order.lanes),
  });
  if (failed[0] !== undefined) {
    throw failed[0].error;
  }
  return most;
}

function clientOf({ token, apiUrl, filesUrl }: Order): PyrusClient {
  const grant = { token, apiUrl, filesUrl };
  const grants = {
    current: () => Promise.resolve(grant),
    secrets: () => Promise.resolve([]),
    renew: () => Promise.reject(new Error('the token was refused')),
  };
  return new PyrusClient(
    new Session(grants),
    new Exchange(send, new RateGate()),
    new RetryBudget(),
  );
}

/** With `assumedMd5` the file is not hashed: what the transport alone takes. */
async function sourceOf({ assumedMd5 }: Order, path: string): Promise<UploadSource> {
  if (assumedMd5 === undefined) {
    return fileSource(path);
  }
  const { size } = await stat(path);
  return {
    name: 'bare.bin',
    size,
    open: (_signal, onBytes) => {
      const content = createReadStream(path, { highWaterMark: 1024 * 1024 });
      content.on('data', chunk => onBytes(chunk.length));
      return Promise.resolve({
        size,
        content: content.pause(),
        verify: () => Promise.resolve(assumedMd5),
        close: async () => {
          if (!content.closed) {
            await once(content.destroy(), 'close');
          }
        },
      });
    },
  };
}

function neverAsked(): Promise<never> {
  return Promise.reject(new Error('the name is taken'));
}

process.on('message', (order: Order) => {
  obey(order)
    .then(
      measured => process.send?.(measured),
      (error: unknown) => process.send?.({ error: String(error) }),
    )
    .catch(() => process.exit(1));
});
process.once('disconnect', () => void md5Worker.end());
