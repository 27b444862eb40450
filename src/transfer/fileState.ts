import { finished } from 'node:stream/promises';
import { Uri, workspace } from 'vscode';
import { FileError } from './errors';
import { sourceFor } from './source';

/** What is known of a file as it was uploaded. */
export interface UploadedBytes {
  /** As `Uri.toString()` writes it; absent when there never was a file. */
  readonly uri?: string;
  /** Bytes. */
  readonly size: number;
  /** 32 lower-case hex digits. */
  readonly md5: string;
  /** When the file had last been changed, in milliseconds since 1970. */
  readonly modifiedAt?: number;
}

/** How a file here stands to what was uploaded. */
export type FileState = 'unchanged' | 'changed' | 'missing';

/**
 * Compares by MD5.
 * @throws FileError when the file is there but cannot be read; `signal.reason` on cancel
 */
export async function compareWithUpload(
  uploaded: UploadedBytes,
  signal: AbortSignal,
): Promise<FileState> {
  return (await sizeAndTime(uploaded)) === 'missing' ? 'missing' : byMd5(uploaded, signal);
}

/**
 * The same for where nobody waits: a file with the time and size of then is taken for unchanged
 * without reading it.
 * @throws as {@link compareWithUpload}
 */
export async function glanceAtUpload(
  uploaded: UploadedBytes,
  signal: AbortSignal,
): Promise<FileState> {
  const glance = await sizeAndTime(uploaded);
  return glance === 'unknown' ? byMd5(uploaded, signal) : glance;
}

/** The MD5 of a file's bytes. @throws FileError; `signal.reason` on cancel */
export async function md5Of(uri: Uri, signal: AbortSignal): Promise<string> {
  const source = await sourceFor(uri);
  const open = await source.open(signal, () => undefined);
  try {
    if (!Buffer.isBuffer(open.content)) {
      // What is read is hashed on its way; nobody else wants it.
      open.content.resume();
      await finished(open.content, { cleanup: true });
    }
    return await open.verify();
  } finally {
    await open.close();
  }
}

async function sizeAndTime({
  uri,
  size,
  modifiedAt,
}: UploadedBytes): Promise<FileState | 'unknown'> {
  if (uri === undefined) {
    return 'missing';
  }
  try {
    const now = await workspace.fs.stat(Uri.parse(uri));
    if (now.size !== size) {
      return 'changed';
    }
    return now.mtime === modifiedAt ? 'unchanged' : 'unknown';
  } catch {
    return 'missing';
  }
}

async function byMd5({ uri = '', md5 }: UploadedBytes, signal: AbortSignal): Promise<FileState> {
  try {
    return (await md5Of(Uri.parse(uri), signal)) === md5 ? 'unchanged' : 'changed';
  } catch (error) {
    if (error instanceof FileError) {
      switch (error.failure.kind) {
        case 'notFound':
          return 'missing';
        case 'empty':
        case 'tooLarge':
        case 'changed':
          return 'changed';
        default:
      }
    }
    throw error;
  }
}
