import { strict as assert } from 'node:assert';
import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileIds } from '../pyrus-server/fixtures';
import { json } from '../pyrus-server/replies';
import type { Toast } from './notifications';
import { openScene, signIn } from './signedIn';
import type { Scene } from './signedIn';

const UPLOAD = 'Upload to Pyrus and Copy GUID';
/** A label that VS Code would make a button that runs a command, an icon, and markup. */
const TRAP = '[click](command:workbench.action.openSettings) $(alert)';
const TRAP_SHOWN = '[click] (command:workbench.action.openSettings) $ (alert)';

/** What a workspace would like to set. */
const settings = {
  'pyrus.upload.askBefore': [],
  'pyrus.upload.folderExcludes': [],
  'pyrus.apiUrl': 'http://127.0.0.1:1/',
  'pyrus.download.folder': '../..',
  'http.proxy': 'http://127.0.0.1:1/',
  'http.proxyStrictSSL': false,
};

async function hostileFolder(folder: string): Promise<string> {
  await mkdir(join(folder, '.vscode'), { recursive: true });
  await writeFile(join(folder, '.vscode', 'settings.json'), withLanguage(settings));
  await writeFile(join(folder, '.env'), 'KEY=1');
  await writeFile(join(folder, `${TRAP}.txt`), 'content');
  return folder;
}

function withLanguage(own: object): string {
  return JSON.stringify({ ...own, '[dotenv]': own, '[plaintext]': own });
}

/** Nothing in it can be clicked but its buttons. */
async function assertPlain(toast: Toast): Promise<void> {
  const message = toast.element.locator('.notification-list-item-message');
  assert.equal(await message.locator('a, .codicon, b, img').count(), 0);
}

describe('a hostile workspace', () => {
  let temporary: string;
  let scene: Scene;

  const asksBeforeSecrets = async (): Promise<void> => {
    const { explorer, dialog } = scene.workbench;
    const before = scene.pyrus.uploads.length;
    await (await explorer.contextMenu('.env')).choose(UPLOAD);
    assert.match(await dialog.shown('passwords or keys'), /\.env/);
    await dialog.click('Cancel');
    assert.equal(scene.pyrus.uploads.length, before);
  };

  const isRestricted = async (): Promise<boolean> =>
    scene.workbench.page.getByText('Restricted Mode', { exact: true }).first().isVisible();
  const downloads = async (): Promise<void> => {
    const { palette, quickInput, notifications, workspaceFolder } = scene.workbench;
    assert.equal(await isRestricted(), true);
    await palette.run('Pyrus: Download Pyrus File…');
    await quickInput.shown('Download Pyrus Files');
    await quickInput.answer(String(fileIds.plain));
    await (await notifications.toast('“test.txt” is downloaded into')).close();
    assert.equal(await readFile(join(workspaceFolder, 'test.txt'), 'utf8'), 'file content');
  };
  /** As a person does it. */
  const trust = async (): Promise<void> => {
    const { palette, page } = scene.workbench;
    await palette.run('Workspaces: Manage Workspace Trust');
    await page.locator('.workspace-trust-editor').waitFor();
    const button = page.locator('.workspace-trust-editor .monaco-button', { hasText: /^Trust$/ });
    await button.first().click();
    await page.getByText('You trust this folder').first().waitFor();
    // Newer editors show it in front of everything.
    const inFront = page.locator('.monaco-modal-editor-block');
    if (await inFront.isVisible()) {
      await inFront.locator('.codicon-close').last().click();
      await inFront.waitFor({ state: 'hidden' });
    }
  };

  beforeEach(async () => {
    temporary = await mkdtemp(join(await realpath(tmpdir()), 'pyrus-hostile-'));
  });
  afterEach(async () => {
    await scene.close();
    await rm(temporary, { recursive: true });
    assert.deepEqual(scene.pyrus.foreignRequests, []);
  });

  it('W1 that is not trusted: its settings change nothing; H6 W7 names and sentences stay text', async () => {
    scene = await openScene({ workspaceFolder: await hostileFolder(temporary), trust: false });
    await signIn(scene);
    const { explorer, notifications } = scene.workbench;
    await asksBeforeSecrets();
    await (await explorer.contextMenu(`${TRAP}.txt`)).choose(UPLOAD);
    const done = await notifications.toast('is in Pyrus, verified.');
    assert.equal(
      await done.text(),
      '“[click] (command:workbench.action.openS…tings) $ (alert).txt” is in Pyrus, verified. Its GUID is on the clipboard.',
    );
    await assertPlain(done);
    await done.close();
    assert.equal(scene.pyrus.uploads.at(-1)?.name, `${TRAP}.txt`);

    const error = `${TRAP} <b>bold</b> <img src=x>`;
    scene.pyrus.script({
      match: /files\/upload/,
      answer: json({ error, error_code: 'unheard_of' }, 400),
    });
    await (await explorer.contextMenu(`${TRAP}.txt`)).choose(UPLOAD);
    const refused = await notifications.toast('Pyrus refused:');
    assert.ok((await refused.text()).includes(`${TRAP_SHOWN} <b>bold</b> <img src=x>`));
    await assertPlain(refused);
    await refused.close();

    await downloads();
    await trust();
    assert.equal(await isRestricted(), false);
    await asksBeforeSecrets();
  });

  it('W3 of several folders: neither its file nor a folder changes a setting; W8 its task uploads nothing unasked', async () => {
    const workspaceFile = join(temporary, 'all.code-workspace');
    const one = await hostileFolder(join(temporary, 'one'));
    await mkdir(join(temporary, 'two'));
    const passed = {
      version: '2.0.0',
      tasks: [{ label: 'trap', type: 'shell', command: 'echo ${input:file}', problemMatcher: [] }],
      inputs: [
        {
          id: 'file',
          type: 'command',
          command: 'pyrus.upload',
          args: { resourceUri: { $mid: 1, scheme: 'file', path: join(one, `${TRAP}.txt`) } },
        },
      ],
    };
    await writeFile(join(one, '.vscode', 'tasks.json'), JSON.stringify(passed));
    await writeFile(
      workspaceFile,
      JSON.stringify({
        folders: [{ path: 'one' }, { path: 'two' }],
        settings: JSON.parse(withLanguage(settings)) as unknown,
      }),
    );
    scene = await openScene({ workspaceFolder: one, workspaceFile });
    await signIn(scene);
    const { explorer, palette, quickInput, dialog } = scene.workbench;
    await explorer.expand('one');
    await explorer.row('.env').waitFor();
    await asksBeforeSecrets();

    await palette.run('Tasks: Run Task');
    await quickInput.pick(/^trap/);
    const question = await dialog.shown('Upload 1 file to Pyrus as bob.smith@example.com');
    assert.ok(question.includes(`${TRAP_SHOWN}.txt`), question);
    await dialog.click('Cancel');
    assert.deepEqual(scene.pyrus.uploads, []);
  });
});
