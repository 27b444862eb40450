/**
 * Rows of the fault catalogue that are tested in another place, and where: a line of each test, with its
 * whole title as it is written there; of a title made from a table, behind an arrow, the row of the table.
 */
export const elsewhere: Readonly<Record<string, string>> = {
  F2: 'test/unit/transfer/localTargetDisk.test.ts: says ${expected} for ${code} on ${call}',
  F3: [
    'test/unit/transfer/localTargetDisk.test.ts: says ${expected} for ${code} on ${call}',
    'test/extension/words.test.ts: are there for every failure, and say it once in whole sentences',
  ].join('\n'),
  F5: [
    'test/unit/transfer/localTargetFolder.test.ts: ${what} while the bytes come ← is removed',
    'test/unit/transfer/virtualTarget.test.ts: does not bring back a folder that has gone',
  ].join('\n'),
  F6: [
    'test/unit/transfer/localTarget.test.ts: keeps both under the next free number',
    'test/unit/transfer/localTarget.test.ts: serves two files that want one name at the same time',
  ].join('\n'),
  F7: 'test/unit/transfer/localTargetFolder.test.ts: asks then, and does ${choice}',
  F8: [
    'test/unit/transfer/localTarget.test.ts: does not follow ${what}, keeping both',
    'test/unit/transfer/localTarget.test.ts: replaces ${what} itself, overwriting',
  ].join('\n'),
  F9: 'test/unit/transfer/localTargetDisk.test.ts: does not follow a link planted under the temporary name, and tries another',
  F10: [
    'test/unit/transfer/localTargetFolder.test.ts: ${what} while the bytes come ← is replaced by a link to elsewhere',
    'test/unit/transfer/localTargetFolder.test.ts: is swapped for a link just before it is opened',
  ].join('\n'),
  F11: [
    'test/unit/transfer/localTarget.test.ts: does not overwrite ${what}',
    'test/unit/transfer/source.test.ts: a folder, a pipe, a socket, a device',
    'test/unit/transfer/source.test.ts: what has become something else before it is opened, without waiting for it',
  ].join('\n'),
  F12: [
    'test/unit/transfer/localTargetDisk.test.ts: waits until it lets go',
    'test/unit/transfer/localTargetDisk.test.ts: can be cancelled meanwhile',
  ].join('\n'),
  F13: 'test/unit/transfer/localTargetDisk.test.ts: shortens a name that is too long for the disk, once',
  F17: [
    'test/unit/transfer/sourceChanges.test.ts: shrank (${size} bytes), at once',
    "test/unit/transfer/sourceOnTheWire.test.ts: fails at once with the file's own failure when it shrinks (${size} MiB)",
  ].join('\n'),
  F19: [
    'test/unit/transfer/sourceChanges.test.ts: ${what} (${size} bytes) ← was saved by renaming',
    'test/unit/transfer/sourceChanges.test.ts: ${what} (${size} bytes) ← was deleted',
  ].join('\n'),
  F21: [
    'test/extension/uploadFiles.test.ts: the bytes on the screen: an unsaved editor is saved first',
    'test/workbench/upload.test.ts: saves unsaved changes first and sends what is on the screen',
  ].join('\n'),
  F22: 'test/unit/transfer/localTarget.test.ts: makes an ordinary file by the umask, never one to be run',
  F23: [
    'test/extension/uploadFiles.test.ts: small and large files, and names as they are',
    'test/extension/download.test.ts: puts files, and nothing beside them',
  ].join('\n'),
  B1: [
    'test/unit/transfer/source.test.ts: nothing at all',
    'test/extension/uploadFiles.test.ts: what is fine beside what is empty, missing, a dangling link, or refused',
  ].join('\n'),
  B2: [
    'test/unit/transfer/source.test.ts: one byte more than Pyrus takes, and not that many',
    'test/unit/pyrus/multipart.test.ts: is refused from one byte above 2 GiB',
  ].join('\n'),
  B3: 'test/extension/uploadFiles.test.ts: what is fine beside what is empty, missing, a dangling link, or refused',
  B5: [
    'test/unit/pyrus/multipart.test.ts: has one disposition line and two header lines for each of ${names.length} hostile names',
    'test/unit/pyrus/multipart.test.ts: carries a cleaned name unchanged',
  ].join('\n'),
  B6: [
    'test/extension/uploadArguments.test.ts: a file selected twice, once',
    'test/extension/download.test.ts: fetches several, each once, in the order given',
  ].join('\n'),
  B9: [
    'test/unit/pyrus/servers.test.ts: refuses ${JSON.stringify(typed)}',
    'test/unit/pyrus/servers.test.ts: refuses ${JSON.stringify(url)} from ${authUrl(server).host}',
  ].join('\n'),
  N7: [
    'test/unit/transfer/fileNameFuzz.test.ts: holds for ${rounds} random names (SEED=${seed})',
    'test/unit/transfer/fileNameFuzz.test.ts: takes no longer than in proportion to the length: ${what}',
  ].join('\n'),
  L4: [
    'test/unit/transfer/batch.test.ts: reports ten times a second at the most',
    'test/unit/transfer/batch.test.ts: reports bytes of the whole batch, not above the whole, and falls back with a new try',
  ].join('\n'),
};
