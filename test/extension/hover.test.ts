import { strict as assert } from 'node:assert';
import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { UploadHistory } from '../../src/history/uploadHistory';
import type { NewUpload } from '../../src/history/uploadRecord';
import { historyOfAnotherWindow, newUpload, uploadOf } from './notedUploads';
import { Scene } from './scene';
import { signOutAll } from './signedIn';

describe('a hover', () => {
  let scene: Scene;
  let history: UploadHistory;
  let requests: number;
  beforeEach(async () => {
    scene = await Scene.open();
    history = await historyOfAnotherWindow();
    requests = scene.pyrus.requests.length;
  });
  afterEach(async () => {
    const { length } = scene.pyrus.requests;
    await history.clear();
    await scene.close();
    assert.equal(length, requests, 'a hover asked the server');
  });

  const noted = async (own: Partial<NewUpload> = {}): Promise<NewUpload> => {
    const upload = newUpload(scene, own);
    await history.add([upload]);
    return upload;
  };

  describe('on a GUID of the history', () => {
    it('tells the file, when and by whom it was uploaded, and that it is not attached yet', async () => {
      const file = await scene.file('отчёт 1.txt', 'content');
      const upload = await uploadOf(scene, file);
      await history.add([upload]);
      const [hover, ...others] = await hoversOn(await textDocument(`x = "${upload.guid}"`), 10);
      assert.ok(hover);
      assert.deepEqual(others, []);
      assert.deepEqual(hover.range, new vscode.Range(0, 5, 0, 41));
      const text = shownText(hover);
      const folder = vscode.workspace.asRelativePath(scene.folderUri);
      assert.match(text, /^отчёт 1\.txt · 7 bytes\nUploaded now \(.*20\d\d.*\) by bob\.smith@/);
      assert.ok(text.includes(scene.account.label));
      assert.match(text, /Not attached yet: .*once\. Pyrus drops unattached files after a while\./);
      assert.match(text, new RegExp(`\\n${folder}/отчёт 1\\.txt\\nMD5 ${upload.md5}\\n`));
    });

    it('offers what it can do, to the document it is shown in', async () => {
      const file = await scene.file('a.txt', 'content');
      const upload = await uploadOf(scene, file);
      await history.add([upload]);
      const document = await textDocument(upload.guid);
      const [hover] = await hoversOn(document, 0);
      assert.deepEqual(commandsOf(hover), [
        ['pyrus.uploads.copy', [upload.guid]],
        ['pyrus.uploads.copyAs', [upload.guid]],
        ['pyrus.attach', [upload.guid]],
        ['pyrus.replaceGuid', [upload.guid, document.uri.toString()]],
        ['pyrus.uploads.reveal', [upload.guid]],
      ]);
    });

    it('tells where it is attached, with links into Pyrus', async () => {
      const { guid } = await noted();
      await history.attached(guid, { taskId: 1001, fileId: 77, taskTitle: 'Договор *5*' });
      const [hover] = await hoversOn(await textDocument(guid), 5);
      assert.match(
        shownText(hover),
        /\nAttached to task 1001 “Договор \*5\*”\nFile id 77\nA GUID attaches once: this one is used up\./,
      );
      const origin = scene.pyrus.origins.accounts;
      assert.deepEqual(
        linksOf(hover).filter(link => !link.startsWith('command:')),
        [`${origin}/t#id1001`, `${origin}/services/attachment?id=77`],
      );
    });

    it('tells the task without a link when the account has signed out', async () => {
      const { guid } = await noted();
      await history.attached(guid, { taskId: 1001 });
      await signOutAll();
      const [hover] = await hoversOn(await textDocument(guid), 5);
      assert.match(shownText(hover), /\nAttached to task 1001\nA GUID attaches once/);
      assert.deepEqual(
        linksOf(hover).filter(link => !link.startsWith('command:')),
        [],
      );
    });

    it('tells that it is lost', async () => {
      const { guid } = await noted();
      await history.lost(guid);
      const [hover] = await hoversOn(await textDocument(guid), 5);
      assert.match(shownText(hover), /Pyrus no longer takes this GUID\./);
    });

    it('tells when the file has changed since, and when it is gone', async () => {
      const file = await scene.file('a.txt', 'content');
      const upload = await uploadOf(scene, file);
      await history.add([upload]);
      const document = await textDocument(upload.guid);
      await vscode.workspace.fs.writeFile(file, Buffer.from('changed'));
      assert.match(shownText((await hoversOn(document, 0))[0]), /a\.txt \(changed since\)/);
      await vscode.workspace.fs.delete(file);
      const [hover] = await hoversOn(document, 0);
      assert.match(shownText(hover), /a\.txt \(no longer there\)/);
      assert.ok(!linksOf(hover).some(link => link.includes('reveal')));
    });

    it('works in any case, at either end, in braces, and in a line of a megabyte', async () => {
      const { guid } = await noted();
      const filler = '{"a":1},'.repeat(65_536);
      const text = `{${guid.toUpperCase()}}\n${filler}"${guid}"${filler}`;
      const document = await textDocument(text);
      for (const position of [1, 37, 38 + 2 + filler.length, 38 + 2 + filler.length + 36]) {
        const [hover, ...others] = await hoversOn(document, position);
        assert.ok(hover, `none at ${position}`);
        assert.deepEqual(others, []);
        assert.equal(document.getText(hover.range).toLowerCase(), guid);
      }
      const long = await milliseconds(() => hoversOn(document, 38 + 2 + filler.length));
      const short = await milliseconds(() => hoversOn(document, 1));
      console.log(`      in a line of a megabyte: ${(long / short).toFixed(1)} × a short one`);
    });

    it('works in cells of notebooks', async () => {
      const { guid } = await noted();
      const notebook = await vscode.workspace.openNotebookDocument(
        'jupyter-notebook',
        new vscode.NotebookData([
          new vscode.NotebookCellData(vscode.NotebookCellKind.Code, `id = "${guid}"`, 'python'),
        ]),
      );
      const { document } = notebook.cellAt(0);
      const [hover] = await hoversOn(document, 10);
      assert.match(shownText(hover), /^report\.txt/);
      assert.deepEqual(commandsOf(hover)[3], [
        'pyrus.replaceGuid',
        [guid, document.uri.toString()],
      ]);
    });

    it('works where a text is only shown: there the file is uploaded again, and nothing replaced', async () => {
      const file = await scene.file('a.txt', 'content');
      const upload = await uploadOf(scene, file);
      const pasted = await noted();
      await history.add([upload]);
      const registration = vscode.workspace.registerTextDocumentContentProvider('shown', {
        provideTextDocumentContent: () => `${upload.guid}\n${pasted.guid}`,
      });
      try {
        const uri = vscode.Uri.parse('shown:/old.txt');
        const document = await vscode.workspace.openTextDocument(uri);
        const [hover] = await hoversOn(document, 10);
        assert.deepEqual(commandsOf(hover), [
          ['pyrus.uploads.copy', [upload.guid]],
          ['pyrus.uploads.copyAs', [upload.guid]],
          ['pyrus.attach', [upload.guid]],
          ['pyrus.uploads.uploadAgain', [upload.guid]],
          ['pyrus.uploads.reveal', [upload.guid]],
        ]);
        const [ofNoFile] = await hoversOn(document, 47);
        assert.deepEqual(commandsOf(ofNoFile), [
          ['pyrus.uploads.copy', [pasted.guid]],
          ['pyrus.uploads.copyAs', [pasted.guid]],
          ['pyrus.attach', [pasted.guid]],
        ]);
      } finally {
        registration.dispose();
      }
    });
  });

  describe('of a hostile name', () => {
    const names = [
      '[click](command:pyrus.signOut)',
      '<command:pyrus.signOut>',
      '[x]: command:pyrus.signOut\n[x]',
      '](command:pyrus.uploads.copy)',
      '![x](https://evil.test/x.png)',
      '<img src=x onerror=alert(1)>',
      'https://evil.test www.evil.test a@evil.test',
      '**bold** `code` $(zap) &lt; \\',
      '# heading\r\n- list\n```\nfence',
    ];
    for (const name of names) {
      it(`${JSON.stringify(name)} has no more than its text`, async () => {
        const label = `${name}2`;
        const { guid } = await noted({ name, account: { id: scene.account.id, label } });
        await history.attached(guid, { taskId: 1, taskTitle: name });
        const document = await textDocument(guid);
        const [hover] = await hoversOn(document, 0);
        const content = markdownOf(hover);
        assert.deepEqual(content.isTrusted, {
          enabledCommands: [
            'pyrus.uploads.copy',
            'pyrus.uploads.copyAs',
            'pyrus.attach',
            'pyrus.uploads.uploadAgain',
            'pyrus.uploads.reveal',
            'pyrus.replaceGuid',
          ],
        });
        assert.ok(content.supportHtml !== true);
        assert.deepEqual(linksOf(hover), [
          `${scene.pyrus.origins.accounts}/t#id1`,
          commandUri('pyrus.uploads.copy', [guid]),
          commandUri('pyrus.uploads.copyAs', [guid]),
          commandUri('pyrus.replaceGuid', [guid, document.uri.toString()]),
        ]);
        // Nothing is left that Markdown could make anything of.
        const ours =
          /\[[^\][]*\]\([^()]*\)|\*\*|&#\d+;|\n\n---\n\n| {2}\n|[\p{L}\p{M}\p{N} ,.·:()“”…\n]/gu;
        assert.equal(content.value.replace(ours, ''), '');
      });
    }
  });

  describe('is silent', () => {
    it('on any other GUID, on what only looks like one, and beside one', async () => {
      const { guid } = await noted();
      const document = await textDocument(
        [randomUUID(), `${guid}0`, `a-${guid}`, guid.replaceAll('-', ''), ` ${guid}`].join('\n'),
      );
      for (const line of [0, 1, 2, 3]) {
        assert.deepEqual(await hoversOn(document, document.offsetAt(at(line, 5))), []);
      }
      assert.deepEqual(await hoversOn(document, document.offsetAt(at(4, 0))), []);
      assert.equal((await hoversOn(document, document.offsetAt(at(4, 1)))).length, 1);
    });

    it('when the user wants none', async () => {
      const { guid } = await noted();
      const document = await textDocument(guid);
      const settings = vscode.workspace.getConfiguration('pyrus');
      await settings.update('hover.enabled', false, vscode.ConfigurationTarget.Global);
      try {
        assert.deepEqual(await hoversOn(document, 0), []);
      } finally {
        await settings.update('hover.enabled', undefined, vscode.ConfigurationTarget.Global);
      }
      assert.equal((await hoversOn(document, 0)).length, 1);
    });
  });
});

function at(line: number, character: number): vscode.Position {
  return new vscode.Position(line, character);
}

async function textDocument(content: string): Promise<vscode.TextDocument> {
  return vscode.workspace.openTextDocument({ content, language: 'plaintext' });
}

async function hoversOn(document: vscode.TextDocument, offset: number): Promise<vscode.Hover[]> {
  return vscode.commands.executeCommand<vscode.Hover[]>(
    'vscode.executeHoverProvider',
    document.uri,
    document.positionAt(offset),
  );
}

async function milliseconds(run: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await run();
  return performance.now() - started;
}

function markdownOf(hover: vscode.Hover | undefined): vscode.MarkdownString {
  const [content] = hover?.contents ?? [];
  assert.ok(content instanceof vscode.MarkdownString);
  return content;
}

/** What a person reads. */
function shownText(hover: vscode.Hover | undefined): string {
  return markdownOf(hover)
    .value.replace(/\[([^\][]*)\]\([^()]*\)/g, '$1')
    .replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))
    .replace(/\*\*(.*)\*\*/, '$1')
    .replace(/ {2}\n/g, '\n');
}

function linksOf(hover: vscode.Hover | undefined): string[] {
  return Array.from(markdownOf(hover).value.matchAll(/\]\(([^()]*)\)/g), ([, link]) => link ?? '');
}

function commandsOf(hover: vscode.Hover | undefined): unknown[] {
  return linksOf(hover).flatMap(link => {
    const { scheme, path, query } = vscode.Uri.parse(link);
    return scheme === 'command' ? [[path, JSON.parse(query)]] : [];
  });
}

function commandUri(command: string, args: readonly unknown[]): string {
  return `command:${command}?${encodeURIComponent(JSON.stringify(args))}`;
}
