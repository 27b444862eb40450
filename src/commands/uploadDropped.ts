import type { Uri } from 'vscode';
import type { Services } from './services';
import { upload } from './upload';
import type { UploadedFile } from './upload';

/** A file that was dropped on the uploads view. */
export type DroppedFile =
  { readonly uri: Uri } | { readonly name: string; readonly bytes: Uint8Array };

/** As `pyrus.upload` from the Explorer, with the same questions. */
export async function uploadDropped(
  services: Services,
  files: readonly DroppedFile[],
): Promise<readonly UploadedFile[]> {
  const uris = files.flatMap(file => ('uri' in file ? file.uri : []));
  return uris.length === 0 ? [] : upload(services, [uris[0], uris]);
}
