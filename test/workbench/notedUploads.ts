import { createHash, randomUUID } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import * as path from 'node:path';
import { pathToFileURL } from 'node:url';
import { UploadHistory } from '../../src/history/uploadHistory';
import type { NewUpload } from '../../src/history/uploadRecord';
import { bob } from '../pyrus-server/fixtures';
import type { Scene } from './signedIn';

/** The upload history of a scene's editor, as another of its windows has it. */
export function historyOf({ workbench }: Scene): UploadHistory {
  const user = path.join(path.dirname(workbench.workspaceFolder), 'user', 'User');
  const storage = path.join(user, 'globalStorage', 'pyrus-tools.pyrus-attachments');
  return new UploadHistory(path.join(storage, 'history'), {
    limit: () => 1000,
    isRecording: () => true,
    onError: error => {
      throw error;
    },
  });
}

/** An upload of a file of the workspace, as it is now, with nothing of it in Pyrus. */
export async function uploadOf(
  { pyrus, workbench }: Scene,
  file: string,
  own: Partial<NewUpload> = {},
): Promise<NewUpload> {
  const place = path.join(workbench.workspaceFolder, file);
  const bytes = await readFile(place);
  const { host } = new URL(pyrus.origins.accounts);
  return {
    guid: randomUUID(),
    name: path.basename(file),
    uri: pathToFileURL(place).href,
    size: bytes.length,
    md5: createHash('md5').update(bytes).digest('hex'),
    uploadedAt: Date.now() - 90 * 60_000,
    modifiedAt: (await stat(place)).mtimeMs,
    account: { id: `${host}/${bob.person.id}`, label: `${pyrus.login} (${host})` },
    ...own,
  };
}
