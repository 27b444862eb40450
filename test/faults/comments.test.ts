import assert from 'node:assert/strict';
import { text } from 'node:stream/consumers';
import type { AttachRequest } from '../../src/pyrus/attach';
import type { Fault } from '../pyrus-server/faults';
import type { Reply } from '../pyrus-server/replies';
import {
  proxyPage,
  redirectTo,
  tooManyRequests,
  withComments,
  withoutGuids,
} from '../pyrus-server/scripted';
import { failure } from '../unit/pyrus/failure';
import { freePort } from './freePort';
import { COMMENT, CommentScene, TASK } from './commentScene';
import type { Toxics } from './toxicProxy';

describe('faults: a comment is made once, or a failure says so', () => {
  const scene = CommentScene.prepare();

  /** Attaching works out: one comment, one file, its id known. */
  const assertOnce = async (request: AttachRequest): Promise<void> => {
    const done = await scene.attach(request);
    assert.deepEqual(scene.added(request), { comments: 1, files: 1 });
    assert.equal(done.files.length, 1);
    assert.equal(done.files[0]?.guid, request.files[0]?.guid);
    const [stored] = scene.pyrus.task(request.task.id)?.comments.at(-1)?.attachments ?? [];
    assert.equal(done.files[0]?.fileId, stored?.id);
  };
  const script = (fault: Omit<Fault, 'match'>): void =>
    void scene.pyrus.script({ match: COMMENT, ...fault });
  const posts = (): number => scene.count(COMMENT);
  /** Readings of the task after the one that made the request. */
  const looks = (): number => scene.count(TASK) - 1;

  it('U2 a refused connection: nothing was sent, so it is sent again without a look', async () => {
    const request = await scene.request();
    scene.sendTo(`http://127.0.0.1:${await freePort()}/`);
    scene.onWait = () => scene.sendTo(`${scene.pyrus.origins.api}/`);
    await assertOnce(request);
    assert.deepEqual([scene.waits, posts(), looks()], [['connectionRefused'], 1, 0]);
  });

  const places: Readonly<Record<string, (length: number) => number>> = {
    'no byte': () => 0,
    '1 byte': () => 1,
    'half of the bytes': length => Math.floor(length / 2),
    'all bytes but one': length => length - 1,
  };
  /** Bytes of a whole request, measured on a connection without faults. */
  const requestLength = async (): Promise<number> => {
    const request = await scene.request();
    return scene.throughProxy(async proxy => {
      await scene.attach(request);
      return proxy.up[0] ?? 0;
    });
  };
  const cut = async (direction: 'up' | 'down', end: Toxics['end']): Promise<void> => {
    const request = await scene.request();
    await scene.throughProxy(async proxy => {
      proxy.plans.push({ [direction]: { end } });
      await assertOnce(request);
    });
    assert.equal(scene.waits[0], 'connectionLost');
  };
  for (const [name, place] of Object.entries(places)) {
    it(`U5 reset after ${name} of the comment: the task is read, the comment sent again`, async () =>
      cut('up', { after: place(await requestLength()), how: 'reset' }));
    it(`U6 FIN after ${name} of the comment: the task is read, the comment sent again`, async () =>
      cut('up', { after: place(await requestLength()), how: 'fin' }));
  }
  for (const how of ['reset', 'fin'] as const) {
    it(`U7 ${how} within the answer: the comment is found`, async () => {
      for (const after of [1, 17, 400]) {
        await cut('down', { after, how });
      }
    });
  }

  for (const how of ['rst', 'fin'] as const) {
    it(`U7 ${how} in place of the answer: the comment is found, with one look`, async () => {
      const request = await scene.request();
      script({ send: { cut: { at: 'head', how } } });
      await assertOnce(request);
      assert.deepEqual([scene.waits, posts(), looks()], [['connectionLost'], 1, 1]);
    });
  }

  const silent = async (fault: Omit<Fault, 'match'>, run: () => Promise<void>): Promise<void> => {
    script({ ...fault, hang: true });
    const running = run();
    await scene.pyrus.when(COMMENT, ({ bodyLength }) => bodyLength > 0);
    await scene.clock.whenSet(60_000);
    scene.clock.advance(60_000);
    await running;
    assert.deepEqual([posts(), looks()], [1, 1]);
  };

  it('U9 no answer within 60 s, but the comment is there', async () => {
    const request = await scene.request();
    await silent({}, () => assertOnce(request));
  });

  it('U9 no answer within 60 s, and no comment yet: said, not sent again', async () => {
    const request = await scene.request();
    await silent({ answer: { status: 200 } }, async () => {
      const { id } = request.task;
      assert.deepEqual(await failure(scene.attach(request)), { kind: 'attachNotConfirmed', id });
    });
  });

  it('U13 no look is possible either: said, not sent again', async () => {
    const request = await scene.request();
    script({ send: { cut: { at: 'head', how: 'rst' } } });
    const lost = { cut: { at: 'head', how: 'rst' } } as const;
    scene.pyrus.script({ match: TASK, times: Infinity, send: lost });
    const { id } = request.task;
    assert.deepEqual(await failure(scene.attach(request)), { kind: 'attachNotConfirmed', id });
    assert.deepEqual([posts(), looks(), scene.added(request).comments], [1, 5, 1]);
  });

  it('S1 429 is waited for, without a look: it was refused before it was read', async () => {
    const request = await scene.request();
    script({ answer: tooManyRequests({ retryAfter: '7' }) });
    await assertOnce(request);
    assert.ok(scene.clock.pauses.some(pause => pause >= 7000));
    assert.deepEqual([posts(), looks()], [2, 0]);
  });

  for (const status of [500, 502, 503, 504, 524]) {
    it(`S6 ${status} after the comment was made: it is found`, async () => {
      const request = await scene.request();
      script({ reshape: () => proxyPage(status) });
      await assertOnce(request);
      assert.deepEqual([posts(), looks()], [1, 1]);
    });
    it(`S6 ${status} before the comment was made: a look, then it is sent again`, async () => {
      const request = await scene.request();
      script({ answer: proxyPage(status) });
      await assertOnce(request);
      assert.deepEqual([posts(), looks()], [2, 1]);
    });
  }

  it('S6 501 is no fault that passes: told after a look', async () => {
    const request = await scene.request();
    script({ answer: proxyPage(501) });
    assert.deepEqual(await failure(scene.attach(request)), { kind: 'serverError', status: 501 });
    assert.deepEqual([posts(), looks(), scene.added(request).comments], [1, 1, 0]);
  });

  it('S6 a look that was too early does no harm: the GUID attaches once', async () => {
    const request = await scene.request();
    script({ reshape: () => proxyPage(504) });
    const stale = withComments(comments => comments.slice(0, -1));
    scene.pyrus.script({ match: TASK, reshape: stale });
    await assertOnce(request);
    assert.deepEqual([posts(), looks()], [2, 2]);
  });

  it('S7 503 for ever: ends, and the comment is not there', async () => {
    const request = await scene.request();
    script({ times: Infinity, answer: proxyPage(503) });
    assert.deepEqual(await failure(scene.attach(request)), { kind: 'serverError', status: 503 });
    assert.deepEqual([posts(), looks(), scene.added(request).comments], [5, 5, 0]);
  });

  const unreadable: Readonly<Record<string, (real: Reply) => Reply>> = {
    'S11 a sign-in page': () => ({ ...proxyPage(200), status: 200 }),
    'S12 an empty object': () => ({ status: 200, body: '{}' }),
    'S12 an error code with 200': () => ({ status: 200, body: '{"error_code":"server_error"}' }),
    'S13 JSON cut short': ({ body }) => ({
      status: 200,
      body: typeof body === 'string' ? body.slice(0, 100) : '',
    }),
    'S15 204': () => ({ status: 204 }),
    'S18 another task': () => ({ status: 200, body: '{"task":{"id":1}}' }),
    'S18 the task as it was': withComments(comments => comments.slice(0, -1)),
  };
  for (const [what, reshape] of Object.entries(unreadable)) {
    it(`${what} in place of the answer: the comment is found`, async () => {
      const request = await scene.request();
      script({ reshape });
      await assertOnce(request);
      assert.deepEqual([posts(), looks()], [1, 1]);
    });
    it(`${what} in place of the answer, and no comment: said, not sent again`, async () => {
      const request = await scene.request();
      const bare = { status: 200, body: JSON.stringify({ task: { id: request.task.id } }) };
      script({ answer: what.endsWith('was') ? bare : reshape(bare) });
      const { id } = request.task;
      assert.deepEqual(await failure(scene.attach(request)), { kind: 'attachNotConfirmed', id });
      assert.deepEqual([posts(), looks(), scene.added(request).comments], [1, 1, 0]);
    });
  }

  it('S12 a comment that lost its files and its answer is not made again for its words', async () => {
    const request = await scene.request({ text: '  Слова,\r\n и ещё ' });
    script({ receive: { misread: withoutGuids }, send: { cut: { at: 'head', how: 'rst' } } });
    const failed = await failure(scene.attach(request));
    assert.deepEqual(failed, {
      kind: 'notAttached',
      names: [request.files[0]?.name],
      attached: [],
    });
    assert.deepEqual([posts(), scene.added(request)], [1, { comments: 1, files: 0 }]);
  });

  it("S12 somebody else's file of the same bytes is not ours", async () => {
    const request = await scene.request();
    script({ send: { cut: { at: 'head', how: 'rst' } } });
    const others = withComments(comments =>
      comments.map(comment => ({ ...comment, author: { id: 5 } })),
    );
    scene.pyrus.script({ match: TASK, times: Infinity, reshape: others });
    const failed = await failure(scene.attach(request));
    // The comment is sent again, refused for its GUID, and still nobody of our name has made it.
    assert.deepEqual([failed, posts()], [{ kind: 'guidSpent' }, 2]);
  });

  for (const status of [301, 302, 303, 307, 308]) {
    it(`S14 ${status} is not followed, nor is the comment sent again`, async () => {
      const request = await scene.request();
      script({ answer: redirectTo(`${scene.pyrus.origins.foreign}/x`, status) });
      assert.equal((await failure(scene.attach(request))).kind, 'redirected');
      assert.deepEqual([posts(), looks()], [1, 0]);
    });
  }

  it('an expired token is renewed, and the comment made once', async () => {
    const request = await scene.request();
    scene.pyrus.setTokens('expired');
    await assertOnce(request);
    assert.deepEqual([posts(), looks(), scene.pyrus.authCount], [2, 0, 2]);
  });

  it('C1 a cancel ends it at once, and nothing is sent afterwards', async () => {
    const request = await scene.request();
    script({ hang: true });
    const running = scene.attach(request);
    await scene.pyrus.when(COMMENT, ({ bodyLength }) => bodyLength > 0);
    scene.me.controller.abort(new Error('left'));
    await assert.rejects(running, { message: 'left' });
    assert.deepEqual([posts(), looks()], [1, 0]);
  });

  it('H11 where a task says that a file is does not matter: its id and our own host do', async () => {
    const { foreign } = scene.pyrus.origins;
    const body = {
      id: 1334,
      name: 'test.txt',
      size: 12,
      url: `${foreign}/services/attachment?id=1`,
    };
    scene.pyrus.script({
      match: TASK,
      answer: { status: 200, body: JSON.stringify({ task: { id: 7, attachments: [body] } }) },
    });
    const { client, signal } = scene.me;
    const [file] = (await client.task(7, { signal })).attachments;
    assert.ok(file?.kind === 'file');
    assert.equal(
      await client.download(file.id, ({ body: bytes }) => text(bytes), { signal }),
      'file content',
    );
  });
});
