import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startPyrus, type PyrusServer } from './pyrus';

const run = promisify(execFile);

async function curl(...options: string[]): Promise<string> {
  const { stdout } = await run('curl', ['--silent', '--show-error', ...options]);
  return stdout;
}

async function hasCurl(): Promise<boolean> {
  try {
    await run('curl', ['--version']);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      return false;
    }
    throw error;
  }
}

describe('stand-in Pyrus: curl as the help page writes it', () => {
  let pyrus: PyrusServer;
  let folder: string;

  before(async function () {
    if (!(await hasCurl())) {
      this.test?.parent?.tests.forEach(test => (test.title += ' (skipped: curl is not installed)'));
      this.skip();
    }
  });
  beforeEach(async () => {
    pyrus = await startPyrus();
    folder = await mkdtemp(join(tmpdir(), 'pyrus-curl-'));
  });
  afterEach(async () => {
    await pyrus.close();
    await rm(folder, { recursive: true });
  });

  /** The documented command: the field is named after the file. */
  const upload = (field: string, path: string): Promise<string> =>
    curl(
      ...['-X', 'POST', `${pyrus.origins.api}/v4/files/upload`],
      ...['-H', `Authorization: Bearer ${pyrus.issueToken()}`],
      ...['-F', `${field}=@${path}`],
    );

  it('E16 uploads', async () => {
    const path = join(folder, 'filename.jpg');
    await writeFile(path, 'file content');
    const answer: unknown = JSON.parse(await upload('filename.jpg', path));
    const [stored] = pyrus.uploads;
    assert.deepEqual(answer, {
      guid: stored?.guid,
      md5_hash: 'd10b4c3ff123b26dc068d43a8bef2d23',
    });
    assert.deepEqual([stored?.name, stored?.partName], ['filename.jpg', 'filename.jpg']);
  });

  it('uploads 5 MiB under a Cyrillic name with a quote, asking for 100 Continue', async () => {
    const path = join(folder, 'Отчёт "март".bin');
    await writeFile(path, Buffer.alloc(5 * 1024 * 1024, '\r\n--'));
    await upload('file', `"${path.replaceAll('"', '\\"')}"`);
    const [stored] = pyrus.uploads;
    assert.deepEqual([stored?.name, stored?.size], ['Отчёт "март".bin', 5 * 1024 * 1024]);
    assert.equal(pyrus.requests[0]?.headers.expect, '100-continue');
  });

  it('signs in and downloads', async () => {
    const credentials = { login: pyrus.login, security_key: pyrus.securityKey };
    const signedIn: unknown = JSON.parse(
      await curl(
        ...['-H', 'Content-Type: application/json', '-d', JSON.stringify(credentials)],
        `${pyrus.origins.accounts}/api/v4/auth`,
      ),
    );
    assert.ok(typeof signedIn === 'object' && signedIn !== null && 'access_token' in signedIn);
    const authorization = `Authorization: Bearer ${String(signedIn.access_token)}`;
    const url = `${pyrus.origins.files}/v4/files/download/1334`;
    assert.equal(await curl('-H', authorization, url), 'file content');
  });
});
