import assert from 'node:assert/strict';
import { FileError } from '../../../src/transfer/errors';
import { FinalName } from '../../../src/transfer/finalName';
import type { Occupant, Publisher } from '../../../src/transfer/publisher';
import { Skipped } from '../../../src/transfer/saveRequest';
import type { ConflictChoice, Placement } from '../../../src/transfer/saveRequest';

const { signal } = new AbortController();

/** A folder in memory in which some names are taken. */
class Names implements Publisher {
  readonly asked: string[] = [];
  readonly replaced: string[] = [];

  constructor(
    private readonly taken: (name: string) => Occupant,
    private readonly fault?: (name: string) => Error | undefined,
  ) {}

  display(name: string): string {
    return `/folder/${name}`;
  }

  occupant(name: string): Promise<Occupant> {
    const error = this.fault?.(name);
    return error === undefined ? Promise.resolve(this.taken(name)) : Promise.reject(error);
  }

  publishUnlessTaken(name: string): Promise<boolean> {
    this.asked.push(name);
    return Promise.resolve(this.taken(name) === 'nothing');
  }

  publishReplacing(name: string): Promise<void> {
    this.replaced.push(name);
    return Promise.resolve();
  }
}

describe('a final name', () => {
  const stopped: unknown[] = [];
  let questions: number;
  beforeEach(() => {
    stopped.length = 0;
    questions = 0;
  });
  const wanted = (choice: ConflictChoice | Error = 'keepBoth', name = 'a.txt'): Placement => ({
    name,
    fallbackName: 'file-1',
    onConflict: () => {
      questions += 1;
      return choice instanceof Error ? Promise.reject(choice) : Promise.resolve(choice);
    },
  });
  const make = (placement: Placement, names: Names): FinalName =>
    new FinalName(placement, names, signal, reason => stopped.push(reason));
  const settled = (): Promise<void> => new Promise(resolve => setImmediate(resolve));
  const free = (): Names => new Names(() => 'nothing');
  const full = (what: Occupant = 'file'): Names => new Names(() => what);

  it('that is free is taken without a question', async () => {
    const names = free();
    const name = make(wanted(), names);
    await name.prepare();
    await settled();
    assert.equal(await name.publish(), 'a.txt');
    assert.deepEqual([names.asked, names.replaced, questions], [['a.txt'], [], 0]);
  });

  it('that was chosen replaces what is there, but no folder', async () => {
    const names = full();
    const name = make({ replace: 'b.txt' }, names);
    await name.prepare();
    assert.equal(await name.publish(), 'b.txt');
    assert.deepEqual([names.asked, names.replaced], [[], ['b.txt']]);
    await assert.rejects(make({ replace: 'b.txt' }, full('other')).prepare(), {
      failure: { kind: 'notAFile' },
      path: '/folder/b.txt',
    });
  });

  it('that is taken is asked about at once, and once', async () => {
    const names = new Names(name => (name === 'a.txt' ? 'file' : 'nothing'));
    const name = make(wanted(), names);
    await name.prepare();
    await settled();
    assert.equal(questions, 1);
    assert.equal(await name.publish(), 'a (1).txt');
    assert.deepEqual([questions, stopped], [1, []]);
    assert.deepEqual(names.asked, ['a.txt', 'a (1).txt']);
  });

  it('that is skipped stops the transfer at once', async () => {
    const name = make(wanted('skip'), full());
    await name.prepare();
    await settled();
    assert.equal(stopped.length, 1);
    assert.ok(stopped[0] instanceof Skipped);
    await assert.rejects(name.publish(), { name: 'Skipped' });
  });

  it('that a folder has cannot be overwritten: the transfer stops at once', async () => {
    const name = make(wanted('overwrite'), full('other'));
    await name.prepare();
    await settled();
    assert.ok(stopped[0] instanceof FileError);
    assert.deepEqual(stopped[0].failure, { kind: 'notAFile' });
    const file = make(wanted('overwrite'), full());
    await file.prepare();
    await settled();
    assert.equal(stopped.length, 1);
    assert.equal(await file.publish(), 'a.txt');
  });

  it('whose question fails stops the transfer', async () => {
    const error = new Error('no window');
    const name = make(wanted(error), full());
    await name.prepare();
    await settled();
    assert.deepEqual(stopped, [error]);
  });

  it('that was taken meanwhile is asked about in the end', async () => {
    let taken = false;
    const names = new Names(name => (taken && name === 'a.txt' ? 'file' : 'nothing'));
    const name = make(wanted('overwrite'), names);
    await name.prepare();
    taken = true;
    assert.equal(await name.publish(), 'a.txt');
    assert.deepEqual([questions, names.replaced], [1, ['a.txt']]);
  });

  it('gives up after ten thousand copies', async () => {
    const names = full();
    const name = make(wanted(), names);
    await assert.rejects(name.publish(), {
      failure: { kind: 'unwritable', code: 'EEXIST' },
      path: '/folder/a.txt',
    });
    assert.equal(names.asked.at(-1), 'a (9999).txt');
  });

  it('that is too long for the disk is tried once more, much shorter', async () => {
    const long = `${'x'.repeat(150)}.txt`;
    const tooLong = (name: string): Error | undefined =>
      name.length > 100 ? new FileError({ kind: 'nameTooLong' }, name) : undefined;
    const name = make(wanted('keepBoth', long), new Names(() => 'nothing', tooLong));
    await name.prepare();
    assert.equal(await name.publish(), `${'x'.repeat(60)}.txt`);
    const chosen = make({ replace: long }, new Names(() => 'nothing', tooLong));
    await assert.rejects(chosen.prepare(), { failure: { kind: 'nameTooLong' } });
  });

  it('that cannot be looked up for another reason is not tried again', async () => {
    for (const error of [new FileError({ kind: 'noPermission' }, 'x'), new Error('odd')]) {
      let looks = 0;
      const names = new Names(
        () => 'nothing',
        () => (looks++ === 0 ? error : undefined),
      );
      await assert.rejects(make(wanted(), names).prepare(), error);
      assert.equal(looks, 1);
    }
  });
});
