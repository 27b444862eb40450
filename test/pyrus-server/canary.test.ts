import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { canaryIn, CANARY_KEY, TOKEN_MARK } from './canary';
import { assertNoCanaryBelow } from './canaryFiles';
import { startPyrus } from './pyrus';

describe('stand-in Pyrus: its secrets are canaries', () => {
  const token = `${TOKEN_MARK}9xK-_q`;
  const encoded = (text: string): string => Buffer.from(text).toString('base64');
  // No secret stands in a title: the run is watched for them.
  for (const [form, write] of Object.entries<(secret: string) => string>({
    'as it is': secret => `Bearer ${secret}!`,
    'in JSON': secret => JSON.stringify({ secret }),
    'in an address': secret => `?t=${encodeURIComponent(secret)}&`,
    'in a host name': secret => `https://${secret.toLowerCase()}.example/`,
    'in hex': secret => Buffer.from(secret).toString('hex'),
    'in base64': secret => encoded(`${secret}, and more`),
    'in base64, from the second byte': secret => encoded(`a${secret}, and more`),
    'in base64, from the third byte': secret => encoded(`ab${secret}, and more`),
    'in base64, from the fourth byte': secret => encoded(`abc${secret}, and more`),
  })) {
    it(`are found ${form}`, () => {
      assert.ok(canaryIn(`one line\n${write(token)}\nanother`));
      assert.ok(canaryIn(`one line\n${write(CANARY_KEY)}\nanother`));
    });
  }

  it('are in no other text', () => {
    assert.equal(canaryIn('gAAAAABo, canary, czSHwEAthJKMshQ'), undefined);
  });

  it('are found in a file, in its name, and in a folder that is not left out', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'pyrus-canary-'));
    try {
      await mkdir(join(folder, 'a', 'b'), { recursive: true });
      await writeFile(join(folder, 'a', 'b', 'settings.json'), `{"key": "${CANARY_KEY}"}`);
      await assert.rejects(assertNoCanaryBelow(folder), /a secret in settings\.json: /);
      await assertNoCanaryBelow(folder, ['b']);
      await writeFile(join(folder, `${token}.txt`), '');
      await assert.rejects(assertNoCanaryBelow(folder, ['b']), /a secret in gAAAAA/);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  for (const [where, path, headers] of [
    ['an address', `/v4/profile?token=${token}`, {}],
    ['a header of its own', '/v4/profile', { 'X-Token': token }],
  ] as const) {
    it(`fails the test that has sent one in ${where}`, async () => {
      const pyrus = await startPyrus();
      await (await fetch(pyrus.origins.api + path, { headers })).text();
      await assert.rejects(pyrus.close(), /a secret where none belongs: GET api\/v4\/profile/);
    });
  }

  it('fails the test that has sent one to a foreign origin', async () => {
    const pyrus = await startPyrus();
    const headers = { Authorization: `Bearer ${token}` };
    await (await fetch(`${pyrus.origins.foreign}/`, { headers })).text();
    await assert.rejects(pyrus.close(), /a secret where none belongs: GET foreign\//);
  });
});
