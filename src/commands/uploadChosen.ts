import { signedIn } from './command';
import type { Services } from './services';
import { chooseFiles, sendAndReport } from './upload';
import type { UploadedFile } from './upload';

/** `pyrus.uploads.upload`: files chosen in a dialog, whatever is open in an editor. */
export async function uploadChosen(services: Services): Promise<readonly UploadedFile[]> {
  const account = await signedIn(services);
  return sendAndReport(services, account, await chooseFiles());
}
