import { performance } from 'node:perf_hooks';
import { PyrusError } from './errors';
import type { Send } from './http';

/**
 * Writes a line for every request: method, address, status, time. Headers and bodies are never
 * written, and no address of ours holds a secret.
 */
export function logged(send: Send, write: (line: string) => void): Send {
  return async request => {
    const started = performance.now();
    const line = (outcome: string): void => {
      const elapsed = Math.round(performance.now() - started);
      write(`${request.method} ${request.url.href} → ${outcome}, ${elapsed} ms`);
    };
    try {
      const reply = await send(request);
      line(String(reply.status));
      return reply;
    } catch (error) {
      line(error instanceof PyrusError ? error.failure.kind : 'cancelled');
      throw error;
    }
  };
}
