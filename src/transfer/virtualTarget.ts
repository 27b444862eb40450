import { isKept } from './confirmation';
import { FinalName, wantedName } from './finalName';
import { allBytes } from './inMemory';
import { newPartName } from './partName';
import { assertNoToolFolder } from './toolFolders';
import { runSaving } from './saving';
import type { Saving } from './saving';
import type { Incoming, Placed, Placement } from './saveRequest';
import { assertFolder, childOf, VirtualPublisher } from './virtualPublisher';
import type { Place, WritingFileSystem } from './virtualPublisher';
import { writeError } from './writeErrors';

/**
 * Saves a file from Pyrus into a folder only VS Code can write (remote, virtual, in memory). Such
 * files go whole: nothing is written before all bytes are here and checked.
 * @throws FileError; what the body or `assertComplete` fails with; the signal's reason on cancel
 */
export function saveVirtually<P extends Place<P>>(
  folder: P,
  placement: Placement,
  incoming: Incoming,
  files: WritingFileSystem<P>,
): Promise<Placed> {
  const path = childOf(folder, wantedName(placement)).toString(true);
  return runSaving(incoming, path, async saving => {
    assertNoToolFolder(folder.path.split('/'), folder.toString(true));
    const part = childOf(folder, newPartName());
    const publisher = new VirtualPublisher(folder, part, files, saving.signal);
    const name = new FinalName(placement, publisher, saving.signal, saving.stop);
    await name.prepare();
    const bytes = await allBytes(saving);
    if (!(await isKept(saving, bytes.length))) {
      return { outcome: 'discarded' };
    }
    await assertFolder(folder, files);
    try {
      await write(part, bytes, files, saving);
      return { outcome: 'saved', name: await name.publish(), size: bytes.length };
    } catch (error) {
      // What failed says more than a failure to tidy up, and often nothing is there yet.
      await Promise.resolve(files.delete(part, { useTrash: false })).catch(() => undefined);
      throw error;
    }
  });
}

async function write<P>(
  part: P,
  bytes: Buffer,
  files: WritingFileSystem<P>,
  { path, signal }: Saving,
): Promise<void> {
  signal.throwIfAborted();
  try {
    await files.writeFile(part, bytes);
  } catch (error) {
    throw writeError(error, path);
  }
  signal.throwIfAborted();
}
