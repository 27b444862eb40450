import assert from 'node:assert/strict';
import { HeldBytes, Room } from '../../../src/transfer/heldBytes';
import { kind } from './openSources';

describe('bytes of a file without an address', () => {
  const file = (name: string, size: number): { name: string; data(): Promise<Uint8Array> } => ({
    name,
    data: () => Promise.resolve(new Uint8Array(size)),
  });

  it('are asked for at once, and kept', async () => {
    let asked = 0;
    const data = (): Promise<Uint8Array> => {
      asked++;
      return Promise.resolve(Buffer.from('content'));
    };
    const held = new HeldBytes({ name: 'a.txt', data }, new Room());
    assert.equal(asked, 1);
    assert.equal(Buffer.from(await held.bytes).toString(), 'content');
    assert.equal(Buffer.from(await held.bytes).toString(), 'content');
    assert.equal(asked, 1);
  });

  it('share the room there is: what is too much is refused, the rest is kept', async () => {
    const room = new Room(10);
    const [one, two, three] = [8, 3, 2].map(size => new HeldBytes(file('a', size), room));
    assert.equal((await one?.bytes)?.length, 8);
    await assert.rejects(Promise.resolve(two?.bytes), kind('tooLargeToHold'));
    assert.equal((await three?.bytes)?.length, 2);
  });

  it('are gone once they are released, and that is said', async () => {
    const held = new HeldBytes(file('a', 1), new Room());
    await held.bytes;
    held.release();
    await assert.rejects(held.bytes, kind('notHeld'));
  });

  it('that cannot be had are unreadable, and it harms nobody who never asks', async () => {
    const failing = { name: 'a', data: () => Promise.reject(new Error('no data transfer found')) };
    const held = new HeldBytes(failing, new Room());
    await new Promise(resolve => setImmediate(resolve));
    await assert.rejects(held.bytes, kind('unreadable'));
  });
});
