import { createHash, randomUUID } from 'node:crypto';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { HistoryDisk } from '../../../src/history/historyFile';
import type { HistoryOptions } from '../../../src/history/uploadHistory';
import { UploadHistory } from '../../../src/history/uploadHistory';
import type { NewUpload } from '../../../src/history/uploadRecord';

/** An upload as it has just been verified; `index` orders it in time. */
export function newUpload(index: number, more: Partial<NewUpload> = {}): NewUpload {
  const name = more.name ?? `Отчёт ${index}.pdf`;
  return {
    guid: randomUUID(),
    name,
    uri: `file:///projects/${encodeURIComponent(name)}`,
    size: 1000 + index,
    md5: createHash('md5').update(String(index)).digest('hex'),
    uploadedAt: Date.UTC(2026, 10, 24) + index * 1000,
    modifiedAt: Date.UTC(2026, 10, 23),
    account: { id: 'pyrus.com/1731', label: 'bob@example.com (pyrus.com)' },
    ...more,
  };
}

/** A folder, and histories in it as several windows have them. */
export class HistoryScene {
  readonly errors: unknown[] = [];
  readonly #windows: UploadHistory[] = [];

  private constructor(readonly folder: string) {}

  static async open(): Promise<HistoryScene> {
    return new HistoryScene(await mkdtemp(join(await realpath(tmpdir()), 'pyrus-history-')));
  }

  get file(): string {
    return join(this.folder, 'uploads.jsonl');
  }

  window(
    options: Partial<HistoryOptions> = {},
    folder = this.folder,
    disk?: HistoryDisk,
  ): UploadHistory {
    const history = new UploadHistory(
      folder,
      {
        limit: () => 1000,
        isRecording: () => true,
        onError: error => this.errors.push(error),
        ...options,
      },
      disk,
    );
    this.#windows.push(history);
    return history;
  }

  async close(): Promise<void> {
    this.#windows.forEach(window => window.close());
    await rm(this.folder, { recursive: true, force: true });
  }
}
