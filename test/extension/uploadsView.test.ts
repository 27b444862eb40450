import { strict as assert } from 'node:assert';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { UploadsTree } from '../../src/views/uploadsTree';
import { FileItem, items as itemsOf, uriList } from './dropping';
import { Scene } from './scene';
import { upload, md5 } from './uploading';
import { withUserSetting } from './userSettings';
import { newUpload, ViewUnderTest } from './uploadsView';

const DAY = 24 * 60 * 60 * 1000;
const HOSTILE = '[x](command:workbench.action.quit) $(alert)\u202egnp <b>http://evil.example</b>';

describe('the uploads view', () => {
  let scene: Scene;
  let shown: ViewUnderTest;
  beforeEach(async () => {
    scene = await Scene.open();
    shown = await ViewUnderTest.open();
  });
  afterEach(async () => {
    await shown.close();
    await scene.close();
  });

  it('has a row for an upload as soon as there is one', async () => {
    assert.ok(shown.view.visible, 'the view is not open');
    assert.deepEqual(await shown.days(), []);
    const uri = await scene.file('Договор.txt', 'договор');
    await shown.changesBy(() => upload(uri, [uri]));
    const [row, ...others] = await shown.uploads();
    assert.ok(row && others.length === 0);
    assert.equal(row.guid, scene.pyrus.uploads[0]?.guid);
    const item = await shown.item(row);
    assert.equal(item.label, 'Договор.txt');
    assert.equal(item.description, '14 bytes · now · not attached yet');
    assert.equal(item.contextValue, 'upload.unattached.local');
    assert.deepEqual(item.accessibilityInformation, {
      label: 'Договор.txt, 14 bytes, now, not attached yet',
    });
  });

  it('follows what another window notes, and what becomes of it', async () => {
    const { guid } = await shown.noted();
    const state = async (): Promise<unknown> => {
      const [row] = await shown.uploads();
      assert.ok(row);
      const { description, contextValue, iconPath } = await shown.item(row);
      assert.ok(iconPath instanceof vscode.ThemeIcon);
      return [String(description).split(' · ').at(-1), contextValue, iconPath.id];
    };
    assert.deepEqual(await state(), ['not attached yet', 'upload.unattached', 'file-pdf']);
    await shown.changesBy(() =>
      shown.history.attached(guid, {
        taskId: 11613,
        fileId: 17,
        taskTitle: '[x](command:y) $(alert)\u202e',
      }),
    );
    assert.deepEqual(await state(), [
      'attached to task 11613 “[x] (command:y) $ (alert)”',
      'upload.attached',
      'attach',
    ]);
    await shown.changesBy(() => shown.history.lost(guid));
    assert.deepEqual(await state(), ['no longer taken by Pyrus', 'upload.lost', 'warning']);
    await shown.changesBy(() => shown.history.forget([guid]));
    assert.deepEqual(await shown.days(), []);
  });

  it('is told once of many changes at a time', async () => {
    let told = 0;
    const listening = shown.provider.onDidChangeTreeData?.(() => (told += 1));
    await shown.days();
    const started = performance.now();
    await shown.changesBy(async () => {
      for (let count = 0; count < 50; count++) {
        await shown.history.add([newUpload()]);
      }
    });
    assert.equal((await shown.uploads()).length, 50);
    listening?.dispose();
    assert.ok(told <= 1 + (performance.now() - started) / 100, `${told} times`);
  });

  it('has days, the newest one open, with their uploads, newest first', async () => {
    const now = Date.now();
    const times = [now - 40 * DAY, now, now - DAY, now - 2];
    await shown.history.add(times.map(uploadedAt => newUpload({ uploadedAt })));
    const items = await Promise.all((await shown.days()).map(day => shown.item(day)));
    const { Expanded, Collapsed } = vscode.TreeItemCollapsibleState;
    assert.deepEqual(
      items.map(({ label, description, collapsibleState }) => [
        label,
        description,
        collapsibleState,
      ]),
      [
        ['Today', '2', Expanded],
        ['Yesterday', '1', Collapsed],
        [items[2]?.label, '1', Collapsed],
      ],
    );
    assert.deepEqual(items[0]?.accessibilityInformation, { label: 'Today, 2 uploads' });
    assert.deepEqual(
      (await shown.uploads()).map(({ uploadedAt }) => uploadedAt),
      [...times].sort((a, b) => b - a),
    );
  });

  it('shows the time of day, not an age, under an earlier date', async () => {
    const row = await shown.noted({ uploadedAt: new Date(2026, 0, 2, 14, 5).getTime() });
    const { description } = await shown.item(row);
    assert.match(String(description), /^1.5 kB · 2:05\sPM · not attached yet$/);
  });

  it('tells all that is known when the mouse rests on a row, none of it a link or a command', async () => {
    const record = await shown.noted({
      name: HOSTILE,
      uri: vscode.Uri.file(join(scene.folder, HOSTILE)).toString(),
      account: { id: 'x', label: HOSTILE },
    });
    await shown.history.attached(record.guid, { taskId: 5, fileId: 17, taskTitle: HOSTILE });
    const [row] = await shown.uploads();
    assert.ok(row);
    const item = await shown.item(row);
    const { token } = new vscode.CancellationTokenSource();
    const resolved = await shown.provider.resolveTreeItem?.(item, row, token);
    assert.ok(resolved?.tooltip instanceof vscode.MarkdownString);
    const { value, isTrusted, supportHtml, supportThemeIcons } = resolved.tooltip;
    assert.deepEqual([isTrusted, supportHtml, supportThemeIcons], [undefined, false, false]);
    assert.doesNotMatch(value, /\]\(|\$\(|https?:|<|\u202e/);
    const text = value.replace(/&#(\d+);/g, (_, code: string) =>
      String.fromCodePoint(Number(code)),
    );
    for (const fact of [row.guid, row.md5, '1.5 kB', 'File id 17', 'attached to task 5', 'now (']) {
      assert.ok(text.includes(fact), `${fact} is not in ${text}`);
    }
  });

  it('shows ages that grow and days that end, as long as somebody looks', async () => {
    const { uploadedAt } = await shown.noted({
      uploadedAt: new Date(2026, 10, 24, 23, 57).getTime(),
    });
    let now = uploadedAt;
    const tree = new UploadsTree(shown.history, () => new Date(now));
    const told: string[] = [];
    tree.onDidChangeTreeData(row => told.push(row === undefined ? 'all' : row.date));
    const texts = async (): Promise<unknown[]> => {
      const [day] = await tree.getChildren();
      assert.ok(day);
      const [row] = await tree.getChildren(day);
      assert.ok(row);
      return [tree.getTreeItem(day).label, String(tree.getTreeItem(row).description)];
    };
    try {
      tree.tick();
      assert.deepEqual(await texts(), ['Today', '1.5 kB · now · not attached yet']);
      now += 59_000;
      tree.tick();
      assert.deepEqual(told, []);
      now += 1000;
      tree.tick();
      tree.tick();
      assert.deepEqual(told, ['2026-11-24']);
      assert.deepEqual(await texts(), ['Today', '1.5 kB · 1 minute ago · not attached yet']);
      now += 2 * 60_000;
      tree.tick();
      assert.deepEqual(told.slice(1), ['all']);
      const [day, row] = await texts();
      assert.equal(day, 'Yesterday');
      assert.match(String(row), /^1.5 kB · 11:57\sPM · not attached yet$/);
    } finally {
      tree.dispose();
    }
  });

  it('has no file behind a row that VS Code could open in place of dropping text', async () => {
    const row = await shown.noted({ uri: (await scene.file('a.txt', 'a')).toString() });
    assert.equal((await shown.item(row)).resourceUri, undefined);
    assert.deepEqual(shown.controller.dragMimeTypes, ['text/plain']);
    assert.deepEqual(shown.controller.dropMimeTypes, ['text/uri-list', 'files']);
  });

  it('gives GUIDs to whatever rows are dropped on, one per line; a day gives those of its uploads', async () => {
    const now = Date.now();
    const uploads = [now, now - 1, now - 40 * DAY].map(uploadedAt => newUpload({ uploadedAt }));
    await shown.history.add(uploads);
    const [today] = await shown.days();
    const last = (await shown.uploads()).at(-1);
    assert.ok(today && last);
    const dragged = new vscode.DataTransfer();
    const { token } = new vscode.CancellationTokenSource();
    await shown.controller.handleDrag?.([last, today], dragged, token);
    const text = await dragged.get('text/plain')?.asString();
    assert.equal(text, [uploads[2], uploads[0], uploads[1]].map(record => record?.guid).join('\n'));
    assert.equal([...dragged].length, 1);
  });

  describe('uploads what is dropped on it:', () => {
    const dropItems = async (transfer: vscode.DataTransfer): Promise<void> => {
      const { token } = new vscode.CancellationTokenSource();
      await shown.controller.handleDrop?.(undefined, transfer, token);
    };
    const drop = async (items: Readonly<Record<string, unknown>>): Promise<void> => {
      const transfer = new vscode.DataTransfer();
      for (const [type, value] of Object.entries(items)) {
        transfer.set(type, new vscode.DataTransferItem(value));
      }
      await dropItems(transfer);
    };

    it('files of the Explorer, each once', async () => {
      const uris = [await scene.file('a.txt', 'first'), await scene.file('б.txt', 'second')];
      const list = [...uris, uris[0]?.with({ fragment: 'L3,5' })].join('\r\n');
      await drop({ 'text/uri-list': `# dropped\r\n${list}\r\nno address\r\n` });
      assert.deepEqual(scene.pyrus.uploads.map(({ name, md5: digest }) => [name, digest]).sort(), [
        ['a.txt', md5('first')],
        ['б.txt', md5('second')],
      ]);
    });

    it('files of the system that have no address, each by its bytes, asked for once', async () => {
      const files = [
        new FileItem('скан.txt', Buffer.from('first')),
        new FileItem('b.png', Buffer.from('second')),
      ];
      const [first, second] = files;
      assert.ok(first && second);
      await dropItems(itemsOf({ 'text/plain': first, 'image/png': second }));
      assert.deepEqual(scene.pyrus.uploads.map(({ name, md5: digest }) => [name, digest]).sort(), [
        ['b.png', md5('second')],
        ['скан.txt', md5('first')],
      ]);
      assert.deepEqual(
        files.map(({ asked }) => asked),
        [1, 1],
      );
      const rows = await shown.uploads();
      assert.deepEqual(rows.map(({ name, uri }) => [name, uri]).sort(), [
        ['b.png', undefined],
        ['скан.txt', undefined],
      ]);
      const copied = (await vscode.env.clipboard.readText()).split('\n');
      assert.deepEqual(copied.sort(), rows.map(({ guid }) => guid).sort());
    });

    it('files by their addresses, where they have both', async () => {
      const uri = await scene.file('a.txt', 'in the file');
      const file = new FileItem('a.txt', Buffer.from('in the file'), uri);
      const transfer = uriList(uri);
      transfer.set('text/plain', file);
      await dropItems(transfer);
      assert.equal(file.asked, 0);
      const [row] = await shown.uploads();
      assert.equal(row?.uri, uri.toString());
    });

    it('nothing of a drop that carries too much to be held', async () => {
      const huge = new FileItem('huge.bin', Buffer.alloc(65 * 1024 * 1024));
      await dropItems(itemsOf({ 'application/octet-stream': huge }));
      assert.deepEqual(scene.uploadRequests, []);
    });

    it('nothing of what is no file', async () => {
      await drop({ 'text/plain': 'text', 'text/uri-list': '' });
      await drop({ 'application/vnd.code.tree.pyrus.uploads': '{}' });
      assert.deepEqual(scene.uploadRequests, []);
    });
  });

  it('asks no server anything', async () => {
    const before = scene.pyrus.requests.length;
    await shown.item(await shown.noted());
    assert.equal(scene.pyrus.requests.length, before);
  });

  it('shows 10,000 uploads', async () => {
    await withUserSetting('history.limit', 10_000, async () => {
      const now = Date.now();
      await shown.history.add(
        Array.from({ length: 10_000 }, (_, index) =>
          newUpload({ uploadedAt: now - index * 60_000 }),
        ),
      );
      const measured = async <T>(what: string, run: () => Promise<T>): Promise<T> => {
        const started = performance.now();
        const result = await run();
        console.log(`      ${what}: ${(performance.now() - started).toFixed(1)} ms`);
        return result;
      };
      await measured('reading the history and grouping it', () => shown.days());
      const days = await measured('grouping it again', () => shown.days());
      const rows = await measured('the rows of all days', () => shown.uploads());
      assert.ok(days.length >= 7);
      assert.equal(rows.length, 10_000);
      await measured('all items', () => Promise.all(rows.map(row => shown.item(row))));
    });
  });
});
