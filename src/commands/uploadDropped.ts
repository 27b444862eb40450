import type { Uri } from 'vscode';
import type { HeldBytes } from '../transfer/heldBytes';
import { signedIn } from './command';
import { withoutUnwantedSecrets } from './confirm';
import type { Services } from './services';
import { uploadResources } from './upload';
import { outgoingBytes } from './uploading';
import { reportUploads } from './uploadReport';

/** What was dropped on the uploads view: files and folders, or bytes in none. */
export interface DroppedOnView {
  readonly uris: readonly Uri[];
  /** Empty when there are addresses. */
  readonly bytes: readonly HeldBytes[];
}

/** Uploads it as from the Explorer's menu, with the same questions. @throws Cancelled */
export async function uploadDropped(
  services: Services,
  { uris, bytes }: DroppedOnView,
): Promise<void> {
  if (uris.length > 0) {
    await uploadResources(services, { uris, pointedAt: true });
  } else if (bytes.length > 0) {
    await uploadBytes(services, bytes);
  }
}

async function uploadBytes(services: Services, held: readonly HeldBytes[]): Promise<void> {
  // Before anything is waited for: bytes are held for a while only.
  const files = held.map(outgoingBytes);
  const account = await signedIn(services);
  await reportUploads(services, account, await withoutUnwantedSecrets(files));
}
