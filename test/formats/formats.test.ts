import assert from 'node:assert/strict';
import { BUILT_IN } from '../../src/editor/builtInFormats';
import { render } from '../../src/editor/render';
import { AttachingScene, TASK } from './attachingScene';
import { runProgram, skipWithout } from './interpreters';
import { PROGRAMS } from './programs';
import { sendRequestFile } from './requestFile';
import { filledIn } from './snippet';

/** What cannot be run here, and what was done instead. */
const BY_REFERENCE: Readonly<Record<string, string>> = {
  csharp: 'needs .NET and the official client; run by hand on Mono 6.8 against its source, 5.1.0',
  'pyrus-api': 'needs the package of that name; run by hand against its source, 3.7.0',
  bsl: 'needs 1C; names and arguments were checked against OneScript, which has the same objects',
};

/** Formats that are no request: in one, they are what a person makes of them. */
const BODIES: Readonly<Record<string, (written: string) => string>> = {
  guid: written => JSON.stringify({ attachments: written.split('\n') }),
  'json-item': written => `{ "attachments": [${written}] }`,
  json: written => written,
};

describe('formats send what Pyrus takes', () => {
  let scene: AttachingScene;

  beforeEach(async () => {
    scene = await AttachingScene.open();
  });
  afterEach(() => scene.close());

  /** The format as a snippet, its first tab stop (the task) filled in. */
  const code = (id: string): string => {
    const format = BUILT_IN.find(one => one.id === id) ?? assert.fail(id);
    return filledIn(render(format, scene.files, { as: 'snippet' }), { 1: String(TASK) });
  };

  for (const { format, interpreter, around } of PROGRAMS) {
    it(`${format} as ${interpreter.file}`, async function () {
      await skipWithout(this, interpreter);
      await runProgram(interpreter, around(code(format)), scene.folder, scene.environment);
      scene.assertAttached();
    });
  }

  for (const [id, body] of Object.entries(BODIES)) {
    it(`${id} in a request`, async () => {
      const { PYRUS_API_URL, PYRUS_TOKEN } = scene.environment;
      const answer = await fetch(`${PYRUS_API_URL}tasks/${TASK}/comments`, {
        method: 'POST',
        headers: { Authorization: `Bearer ${PYRUS_TOKEN}`, 'Content-Type': 'application/json' },
        body: body(code(id)),
      });
      assert.equal(answer.status, 200, await answer.text());
      scene.assertAttached();
    });
  }

  it('http', async () => {
    const { PYRUS_API_URL = '', PYRUS_TOKEN = '' } = scene.environment;
    const variables = { api: PYRUS_API_URL.replace(/\/$/, ''), token: PYRUS_TOKEN };
    const answer = await sendRequestFile(code('http'), variables);
    assert.equal(answer.status, 200, await answer.text());
    scene.assertAttached();
  });

  for (const [id, reason] of Object.entries(BY_REFERENCE)) {
    it(`${id} (not run here: ${reason})`);
  }

  it('all are accounted for', () => {
    const texts = ['http', 'markdown', 'text'];
    const run = new Set(PROGRAMS.map(({ format }) => format));
    const ids = [...run, ...Object.keys(BODIES), ...Object.keys(BY_REFERENCE), ...texts];
    assert.deepEqual(ids.sort(), BUILT_IN.map(({ id }) => id).sort());
  });
});
