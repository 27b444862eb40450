/**
 * A line of a certain speed each way: a TCP proxy in a process of its own. `slowLine.js ORIGIN BYTES`
 * tells its port. Nothing is lost and nothing delayed but by what is on its way already.
 */
import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

/** The timers of Node keep no time shorter than this, in milliseconds. */
const GRAIN = 4;

function main([origin = '', rate = '']: readonly string[]): void {
  const { hostname, port } = new URL(origin);
  const bytesPerMillisecond = Number(rate) / 1000;
  const server = createServer(client => {
    const upstream = connect({ host: hostname, port: Number(port) });
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      from.on('error', () => to.destroy());
      pump(from, to, bytesPerMillisecond);
    }
  }).listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
  process.once('disconnect', () => process.exit());
}

/** Passes on as much as the time since the beginning allows. */
function pump(from: Socket, to: Socket, bytesPerMillisecond: number): void {
  let freeAt = 0;
  from.on('data', chunk => {
    to.write(chunk);
    freeAt = Math.max(freeAt, performance.now()) + chunk.length / bytesPerMillisecond;
    const ahead = freeAt - performance.now();
    if (ahead > GRAIN) {
      from.pause();
      setTimeout(() => from.resume(), ahead - GRAIN / 2);
    }
  });
  from.on('end', () => to.end());
}

main(process.argv.slice(2));
