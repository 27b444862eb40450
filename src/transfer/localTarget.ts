import { join } from 'node:path';
import { bodyHash } from './bodyHash';
import { isKept } from './confirmation';
import type { Disk } from './disk';
import { localDisk } from './disk';
import { FinalName, wantedName } from './finalName';
import { assertRoom } from './freeSpace';
import { LocalPublisher } from './localPublisher';
import { openFolders } from './openFolders';
import { PartFile } from './partFile';
import { runSaving } from './saving';
import type { Saving } from './saving';
import type { Incoming, Placed, Placement } from './saveRequest';
import type { TargetFolder } from './targetFolder';
import { writeBody } from './writeBody';

/**
 * Saves a file from Pyrus into a folder of this machine's disk: written under a temporary name,
 * checked, then named in one step. On any failure, skip or cancel the folder is as it was.
 * @param folder absolute path
 * @throws FileError; what the body or `assertComplete` fails with; the signal's reason on cancel
 */
export function saveLocally(
  folder: string,
  placement: Placement,
  incoming: Incoming,
  disk: Disk = localDisk,
): Promise<Placed> {
  const path = join(folder, wantedName(placement));
  return runSaving(incoming, path, saving =>
    openFolders(disk).use(folder, saving.signal, target =>
      saveInto(target, placement, saving, disk),
    ),
  );
}

async function saveInto(
  folder: TargetFolder,
  placement: Placement,
  saving: Saving,
  disk: Disk,
): Promise<Placed> {
  const { signal, stop } = saving;
  const part = await PartFile.create(folder, disk, signal, saving.incoming.parts);
  try {
    const publisher = new LocalPublisher(folder, part, disk, signal);
    const name = new FinalName(placement, publisher, signal, stop);
    await Promise.all([
      folder.assertHeld(),
      assertRoom(folder.file('.'), saving.expectations.size, saving.path, disk),
    ]);
    await name.prepare();
    const size = await receive(part, saving, disk);
    if (!(await isKept(saving, size))) {
      return { outcome: 'discarded' };
    }
    await Promise.all([part.complete(saving.path), folder.assertInPlace()]);
    return { outcome: 'saved', name: await name.publish(), size };
  } finally {
    // A saved file is saved, and what failed before says more than a failure to tidy up.
    await part.remove().catch(() => undefined);
  }
}

/** @returns bytes, all of them in the file and as expected */
async function receive(
  part: PartFile,
  { incoming, path, expectations, signal }: Saving,
  disk: Disk,
): Promise<number> {
  const { file, expected, onBytes } = incoming;
  const hash =
    expected?.md5 === undefined ? undefined : bodyHash(part.path, expectations.size, path);
  try {
    let received = 0;
    const onChunk = (chunk: Buffer, written: number): void => {
      expectations.assertBelowLimit((received += chunk.length));
      hash?.update(chunk, written);
      onBytes(chunk.length);
    };
    const size = await writeBody(file.body, part.handle, { disk, path, signal, onChunk });
    expectations.assertComplete(size);
    if (hash !== undefined) {
      expectations.assertMd5(await hash.digest(size));
    }
    return size;
  } finally {
    hash?.cancel();
  }
}
