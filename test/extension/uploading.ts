import { strict as assert } from 'node:assert';
import { createHash } from 'node:crypto';
import * as path from 'node:path';
import * as vscode from 'vscode';
import type { UploadedFile } from '../../src/commands/upload';
import type { Scene } from './scene';

/** Runs `pyrus.upload`. @returns what it answers to other extensions */
export async function upload(...args: readonly unknown[]): Promise<readonly UploadedFile[]> {
  const answer = await uploadIfAllowed(...args);
  assert.ok(answer, 'the command answered nothing: it failed, or asked something');
  return answer;
}

/** The same where it may well refuse. */
export function uploadIfAllowed(
  ...args: readonly unknown[]
): Thenable<readonly UploadedFile[] | undefined> {
  return vscode.commands.executeCommand('pyrus.upload', ...args);
}

export function md5(content: string | Uint8Array): string {
  return createHash('md5').update(content).digest('hex');
}

/**
 * Asserts that exactly these files are in Pyrus, that the command answers them in this order, and
 * that the clipboard holds their GUIDs, one per line, in this order.
 */
export async function assertUploaded(
  { pyrus }: Scene,
  answer: readonly UploadedFile[],
  expected: readonly { readonly uri: vscode.Uri; readonly content: string | Uint8Array }[],
): Promise<void> {
  assert.deepEqual(
    answer.map(({ uri, name, md5: digest, size }) => ({ uri: uri, name, digest, size })),
    expected.map(({ uri, content }) => ({
      uri: uri.toString(),
      name: path.posix.basename(uri.path),
      digest: md5(content),
      size: Buffer.from(content).length,
    })),
  );
  const stored = answer.map(({ guid }) => pyrus.uploads.find(upload => upload.guid === guid));
  assert.deepEqual(
    stored.map(upload => ({ name: upload?.name, digest: upload?.md5 })),
    answer.map(({ name, md5: digest }) => ({ name, digest })),
  );
  assert.equal(pyrus.uploads.length, expected.length);
  assert.equal(await vscode.env.clipboard.readText(), answer.map(({ guid }) => guid).join('\n'));
}
