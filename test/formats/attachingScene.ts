import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { InsertableFile } from '../../src/editor/insertableFile';
import { fileSource } from '../../src/transfer/fileSource';
import { startPyrus } from '../pyrus-server/pyrus';
import type { PyrusServer } from '../pyrus-server/pyrus';
import { signedInClient } from '../unit/pyrus/signedInClient';
import { TempFolder } from '../unit/transfer/filesOnDisk';

/** A simple task of the stand-in. */
export const TASK = 11611;
/** Quotes, backslashes, ends of strings and comments, and what snippets and shells evaluate. */
const NAMES = [
  'Отчёт за март.txt',
  `$1 \${CLIPBOARD} "quote" 'x' \\ } $(exit 7) \`\` {{token}} ?>.txt`,
];

/** A stand-in Pyrus with two files uploaded to it and a folder for the program that attaches them. */
export class AttachingScene {
  private constructor(
    readonly pyrus: PyrusServer,
    private readonly temp: TempFolder,
    readonly files: readonly InsertableFile[],
    private readonly token: string,
  ) {}

  static async open(): Promise<AttachingScene> {
    const pyrus = await startPyrus();
    const temp = await TempFolder.create();
    const { client, grants, signal } = await signedInClient(pyrus);
    const files: InsertableFile[] = [];
    for (const name of NAMES) {
      const path = join(temp.path, name);
      await writeFile(path, name);
      const source = await fileSource(path);
      const { guid, md5, size } = await client.upload(source, { signal });
      files.push({ guid, name: source.name, md5, size });
    }
    const { token } = await grants.current();
    return new AttachingScene(pyrus, temp, files, token);
  }

  get folder(): string {
    return this.temp.path;
  }

  /** What a program finds its address and its credentials in. */
  get environment(): Readonly<Record<string, string>> {
    return {
      PYRUS_API_URL: `${this.pyrus.origins.api}/v4/`,
      PYRUS_TOKEN: this.token,
      PYRUS_LOGIN: this.pyrus.login,
      PYRUS_SECURITY_KEY: this.pyrus.securityKey,
      PYRUS_ACCOUNTS: this.pyrus.origins.accounts,
    };
  }

  /** The task's last comment has exactly these files, and their GUIDs are used up. */
  assertAttached(): void {
    const attached = this.pyrus.task(TASK)?.comments.at(-1)?.attachments;
    assert.deepEqual(
      attached?.map(({ name }) => name),
      this.files.map(({ name }) => name),
    );
    const states = this.files.map(({ guid }) => this.pyrus.uploads.find(one => one.guid === guid));
    assert.deepEqual(
      states.map(upload => upload?.state),
      ['attached', 'attached'],
    );
  }

  async close(): Promise<void> {
    await this.pyrus.close();
    await this.temp.remove();
  }
}
