import { createHash } from 'node:crypto';
import type { FileToAttach } from '../../../src/pyrus/attachedFiles';
import type { UploadSource } from '../../../src/pyrus/ports';
import { uploadName } from '../../../src/transfer/uploadName';
import type { SignedInClient } from './signedInClient';

/** Uploads a text under a name. @returns what attaching wants to know of it */
export async function uploadText(
  { client, signal }: SignedInClient,
  name: string,
  text: string,
): Promise<FileToAttach> {
  const source = textSource(uploadName(name), text);
  const { guid, md5, size } = await client.upload(source, { signal });
  return { guid, md5, size, name: source.name };
}

function textSource(name: string, text: string): UploadSource {
  const content = Buffer.from(text);
  const size = content.length;
  const md5 = createHash('md5').update(content).digest('hex');
  return {
    name,
    size,
    open: (_signal, onBytes) => {
      onBytes(size);
      const nothing = (): Promise<void> => Promise.resolve();
      return Promise.resolve({ size, content, verify: () => Promise.resolve(md5), close: nothing });
    },
  };
}
