import type { Uri } from 'vscode';
import type { Services } from './services';
import { upload } from './upload';
import type { UploadedFile } from './upload';

/** What was dropped on the uploads view: as from the Explorer's menu, with the same questions. */
export async function uploadDropped(
  services: Services,
  uris: readonly Uri[],
): Promise<readonly UploadedFile[]> {
  // Without files the command would ask for some.
  return uris.length === 0 ? [] : upload(services, [uris[0], uris]);
}
