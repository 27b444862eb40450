import { workspace } from 'vscode';
import type { Uri } from 'vscode';
import type { UploadSource } from '../pyrus/ports';
import { fileSource } from './fileSource';
import { virtualSource } from './virtualSource';

/**
 * Turns what the user chose into bytes that can be sent; below here nobody knows of Uris.
 * @throws FileError `notFound`, `notAFile`, `empty`, `tooLarge`, `unreadable`
 */
export function sourceFor(uri: Uri): Promise<UploadSource> {
  return uri.scheme === 'file' ? fileSource(uri.fsPath) : virtualSource(uri, workspace.fs);
}
