import assert from 'node:assert/strict';
import { attachOnce } from '../../../src/pyrus/attach';
import type { AttachCalls } from '../../../src/pyrus/attach';
import { PyrusError } from '../../../src/pyrus/errors';
import type { PyrusFailure } from '../../../src/pyrus/errors';
import type { Task } from '../../../src/pyrus/taskWire';
import { failure } from './failure';
import { md5, taskOf } from './tasksOnTheWire';

const host = 'pyrus.example';
const before = taskOf({});
const request = { task: before, files: [{ guid: 'g', name: 'a', size: 3, md5 }] };
const after = taskOf({
  comments: [{ id: 7, author: { id: 1731 }, attachments: [{ id: 5, name: 'a', size: 3, md5 }] }],
});
const notConfirmed: PyrusFailure = { kind: 'attachNotConfirmed', id: 1 };

/** Calls that end as told, and what was called. */
class Script implements AttachCalls {
  readonly called: string[] = [];

  constructor(
    private readonly posted: PyrusFailure | Error | Task,
    private readonly found: PyrusFailure | Task,
  ) {}

  post(): Promise<Task> {
    return this.#end('post', this.posted);
  }

  read(): Promise<Task> {
    return this.#end('read', this.found);
  }

  personId(): Promise<number> {
    this.called.push('personId');
    return Promise.resolve(1731);
  }

  settle({ kind }: PyrusFailure): Promise<void> {
    this.called.push(`settle ${kind}`);
    return Promise.resolve();
  }

  #end(name: string, end: PyrusFailure | Error | Task): Promise<Task> {
    this.called.push(name);
    if (end instanceof Error) {
      return Promise.reject(end);
    }
    return 'kind' in end ? Promise.reject(new PyrusError(end)) : Promise.resolve(end);
  }
}

describe('one try at a comment', () => {
  const doubtful: readonly [PyrusFailure, notThere: 'the failure' | 'not confirmed'][] = [
    [{ kind: 'connectionLost', host }, 'the failure'],
    [{ kind: 'connectionLost', host, during: 'answer' }, 'the failure'],
    [{ kind: 'serverError', status: 504 }, 'the failure'],
    [{ kind: 'guidSpent' }, 'the failure'],
    [{ kind: 'timedOut', host, phase: 'send' }, 'not confirmed'],
    [{ kind: 'timedOut', host, phase: 'answer' }, 'not confirmed'],
    [{ kind: 'timedOut', host, phase: 'receive' }, 'not confirmed'],
    [{ kind: 'unexpectedAnswer', host, about: 'x' }, 'not confirmed'],
    [{ kind: 'notPyrus', host, status: 200 }, 'not confirmed'],
  ];
  for (const [doubt, notThere] of doubtful) {
    const what = JSON.stringify(doubt);
    it(`${what}: looks, and finds the comment or tells: ${notThere}`, async () => {
      const there = new Script(doubt, after);
      assert.equal((await attachOnce(request, there)).files[0]?.fileId, 5);
      const pause = doubt.kind === 'guidSpent' ? [] : [`settle ${doubt.kind}`];
      assert.deepEqual(there.called, ['post', ...pause, 'personId', 'read']);
      assert.deepEqual(
        await failure(attachOnce(request, new Script(doubt, before))),
        notThere === 'the failure' ? doubt : notConfirmed,
      );
      const lost: PyrusFailure = { kind: 'hostNotFound', host };
      assert.deepEqual(await failure(attachOnce(request, new Script(doubt, lost))), notConfirmed);
    });
  }

  const certain: readonly PyrusFailure[] = [
    { kind: 'hostNotFound', host },
    { kind: 'connectionRefused', host },
    { kind: 'unreachable', host },
    { kind: 'timedOut', host, phase: 'connect' },
    { kind: 'certificate', host, reason: 'x' },
    { kind: 'proxy', host, status: 407 },
    { kind: 'proxy', host, status: 502 },
    { kind: 'proxyUnreachable' },
    { kind: 'redirected', host, to: 'x' },
    { kind: 'notPyrus', host, status: 404 },
    { kind: 'rateLimited', seconds: 1 },
    { kind: 'sessionRefused' },
    { kind: 'taskForbidden', id: 1 },
    { kind: 'refused', status: 400 },
  ];
  for (const refusal of certain) {
    it(`${JSON.stringify(refusal)}: the comment is not there, which needs no look`, async () => {
      const script = new Script(refusal, after);
      assert.deepEqual(await failure(attachOnce(request, script)), refusal);
      assert.deepEqual(script.called, ['post']);
    });
  }

  it('lets a cancel through, and whatever else is no failure of ours', async () => {
    const script = new Script(new Error('left'), after);
    await assert.rejects(attachOnce(request, script), { message: 'left' });
    assert.deepEqual(script.called, ['post']);
  });

  it('looks when the answer holds no new comment', async () => {
    const script = new Script(before, after);
    assert.equal((await attachOnce(request, script)).commentId, 7);
    assert.deepEqual(script.called, ['post', 'settle attachNotConfirmed', 'personId', 'read']);
    assert.deepEqual(await failure(attachOnce(request, new Script(before, before))), notConfirmed);
  });

  it('takes no other comment for its own for holding a file, when nothing is known of the one sent', async () => {
    for (const doubt of [{ kind: 'guidSpent' }, { kind: 'connectionLost', host }] as const) {
      const bare = { task: before, files: [{ guid: 'g' }], text: 'Слова' };
      assert.deepEqual(await failure(attachOnce(bare, new Script(doubt, after))), doubt);
    }
  });

  it('keeps the reason of what could not be confirmed', async () => {
    const lost: PyrusFailure = { kind: 'timedOut', host, phase: 'answer' };
    const error: unknown = await attachOnce(request, new Script(lost, before)).catch(
      (reason: unknown) => reason,
    );
    assert.ok(error instanceof PyrusError && error.cause instanceof PyrusError);
    assert.deepEqual(error.cause.failure, lost);
  });
});
