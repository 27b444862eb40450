import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { authorize, whoAmI } from '../../src/pyrus/auth';
import { PyrusClient } from '../../src/pyrus/client';
import { Exchange } from '../../src/pyrus/exchange';
import { send } from '../../src/pyrus/http';
import { RateGate } from '../../src/pyrus/rateLimit';
import { logged } from '../../src/pyrus/requestLog';
import { RetryBudget } from '../../src/pyrus/retry';
import { Session } from '../../src/pyrus/session';
import type { Grant } from '../../src/pyrus/session';
import { fileSource } from '../../src/transfer/fileSource';
import { formsOf } from '../pyrus-server/canary';
import type { Fault } from '../pyrus-server/faults';
import { fileIds } from '../pyrus-server/fixtures';
import { json } from '../pyrus-server/replies';
import { proxyPage, pyrusError, redirectTo, withHeaders } from '../pyrus-server/scripted';
import { DownloadScene } from './downloadScene';

/** A key that looks different in JSON, in an address and in base64. */
const KEY = 'cAnary"key\\of+the/day&=';

type Trouble = Omit<Fault, 'match' | 'times'>;

describe('faults: a canary for a token and one for a key', () => {
  const scene = DownloadScene.prepare();

  /** Everything that can go wrong on the wire, and servers that say what they were told. */
  const troubles = (sent: string): readonly Trouble[] => {
    const echo = `Authorization: Bearer ${sent}; security_key=${sent}`;
    return [
      {},
      { answer: json({ error: echo, error_code: echo }, 400) },
      { answer: json({ error: echo }, 403) },
      { answer: json({ error: echo, error_code: 'too_many_requests' }, 418) },
      { answer: { status: 200, headers: { 'Content-Type': 'text/html' }, body: echo } },
      {
        answer: { status: 200, headers: { 'Content-Type': 'application/json' }, body: `{"${echo}` },
      },
      { answer: redirectTo(`${scene.pyrus.origins.foreign}/?t=${encodeURIComponent(sent)}`) },
      { answer: redirectTo(`http://${headerSafe(sent)}.example/`) },
      { answer: proxyPage(502) },
      { answer: proxyPage(407) },
      { answer: pyrusError('access_denied_file') },
      { answer: pyrusError('invalid_token') },
      { reshape: real => withHeaders(real, { 'Content-Encoding': headerSafe(sent) }) },
      { reshape: real => withHeaders(real, { 'X-Echo': 'x'.repeat(100_000) }) },
      { send: { raw: `HTTP/1.1 200 ${sent}\r\n${sent}\r\n\r\n` } },
      { send: { raw: `${sent}\r\n\r\n` } },
      { send: { cut: { at: 'head', how: 'rst' } } },
      { send: { cut: { at: 1, how: 'fin' } } },
      { receive: { cutAfter: 10, how: 'rst' } },
      { send: { contentLength: 5 } },
    ];
  };

  it('is in no log line, no error, no file and no request but its own, whatever fails', async () => {
    const { pyrus } = scene;
    const { signal } = scene.me;
    pyrus.changeKey(KEY);
    const sinks: string[] = [];
    const exchange = new Exchange(
      logged(send, line => sinks.push(line)),
      new RateGate(),
    );
    const server = { kind: 'onPremises', origin: pyrus.origins.accounts } as const;
    const credentials = { login: pyrus.login, securityKey: KEY };
    const authorized = await authorize(exchange, server, credentials, signal);
    const grant: Grant = { token: authorized.token, ...authorized.addresses };
    const session = new Session({
      current: () => Promise.resolve(grant),
      secrets: () => Promise.resolve([]),
      renew: () => authorize(exchange, server, credentials, signal).then(() => grant),
    });
    const client = new PyrusClient(session, exchange, new RetryBudget(0));
    const source = await fileSource((await scene.temp.file('a.bin', 2_000_000)).path);
    const calls: readonly (readonly [RegExp, () => Promise<unknown>])[] = [
      [/files\/upload/, () => client.upload(source, { signal })],
      [
        /files\/download/,
        () => client.download(fileIds.plain, file => drained(file.body), { signal }),
      ],
      [/profile/, () => whoAmI(exchange, grant, signal)],
      [/auth$/, () => authorize(exchange, server, credentials, signal)],
    ];
    let failures = 0;
    for (const [match, call] of calls) {
      const sent = String(match).includes('auth') ? KEY : grant.token;
      for (const trouble of troubles(sent)) {
        const script = pyrus.script({ match, times: Infinity, ...trouble });
        const result = await call().catch((error: unknown) => {
          failures += 1;
          return logs(error);
        });
        sinks.push(typeof result === 'string' ? result : '');
        script.cancel();
      }
    }
    assert.ok(failures > 60, `${failures} failures`);
    assert.ok(sinks.length > 2 * failures);
    const { length } = pyrus.requests;
    assert.ok(length > failures);

    for (const request of pyrus.requests) {
      const { authorization, ...others } = request.headers;
      sinks.push(request.path, inspect(others));
      assert.ok(authorization === undefined || authorization.startsWith('Bearer '));
      assert.ok(!String(authorization).includes(KEY));
      if (!request.path.endsWith('/auth')) {
        sinks.push(request.body ?? '');
      }
    }
    for (const name of readdirSync(scene.temp.path, { recursive: true, encoding: 'utf8' })) {
      sinks.push(name);
    }
    sinks.push(readFileSync(join(scene.temp.path, 'a.bin'), 'latin1'));
    assert.deepEqual(pyrus.foreignRequests, []);
    for (const secret of [grant.token, KEY]) {
      for (const form of formsOf(secret)) {
        const hit = sinks.find(text => text.toLowerCase().includes(form.toLowerCase()));
        assert.equal(hit, undefined, `${form} in ${hit?.slice(0, 500) ?? ''}`);
      }
    }
  });

  it('would be found, in any of its forms', () => {
    assert.equal(formsOf(KEY).length, new Set(formsOf(KEY)).size);
    assert.ok(
      logs(new Error('x', { cause: { deep: { deep: [KEY] } } })).includes(formsOf(KEY)[0] ?? ''),
    );
  });
});

/** Everything somebody could print of an error. */
function logs(error: unknown): string {
  const { failure } = error as { failure?: unknown };
  return [
    inspect(error, { depth: 10, showHidden: true, getters: true }),
    inspect(error, { depth: 10, showHidden: true }).replaceAll('\\\\', '\\'),
    JSON.stringify(failure ?? null),
    String(error),
  ].join('\n');
}

/** Quotes and backslashes stand in no host name. */
function headerSafe(text: string): string {
  return text.replace(/[^\w-]/g, '');
}

async function drained(body: AsyncIterable<unknown>): Promise<void> {
  for await (const chunk of body) {
    assert.ok(chunk instanceof Buffer);
  }
}
