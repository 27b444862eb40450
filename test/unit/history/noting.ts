import { open, rename } from 'node:fs/promises';
import { UploadHistory } from '../../../src/history/uploadHistory';
import { newUpload } from './uploads';

/** A window of its own: notes uploads one by one and says each GUID when it is noted. */
async function main(): Promise<void> {
  const [folder = '', first = '', count = '', every = '', platform = ''] = process.argv.slice(2);
  const history = new UploadHistory(
    folder,
    {
      limit: () => 10_000,
      isRecording: () => true,
      onError: error => {
        throw error;
      },
    },
    { open, rename, platform: platform as NodeJS.Platform },
  );
  for (let index = Number(first); index < Number(first) + Number(count); index += 1) {
    const upload = newUpload(index);
    await history.add([upload]);
    process.stdout.write(`${upload.guid}\n`);
    if (Number(every) > 0 && index % Number(every) === 0) {
      // Writes the file anew under the pens of the others.
      await history.forget([]);
    }
  }
}

void main();
