import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { safeFileName } from '../../src/transfer/fileName';
import type { Placed } from '../../src/transfer/saveRequest';
import { fileNameText, plainText } from '../../src/words/plainText';
import { assertQuick } from '../unit/cost';
import { NamePredicates } from '../unit/transfer/namePredicates';
import { DownloadScene, failureOf } from './downloadScene';

interface Row {
  readonly name: string;
  readonly why: string;
  readonly checks: readonly string[];
  readonly group: string;
}

const rows = JSON.parse(
  readFileSync(join(__dirname, '../../../test/data/hostile-filenames.json'), 'utf8'),
) as readonly Row[];

/** VS Code's grammar of links in messages, and of icons. */
const alive = /\[([^\]]+)\]\(((https?:\/\/|command:|file:)[^)\s]+)|\$\([a-z0-9~-]+\)/i;
const unseen = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/u;

/** What can be put into a header at all. */
function wellFormed(name: string): string {
  return Buffer.from(name, 'utf8').toString('utf8');
}

describe('faults: hostile names', () => {
  const scene = DownloadScene.prepare();
  let predicates: NamePredicates;
  before(async () => (predicates = await NamePredicates.load()));

  /** Every path below the temporary folder: nothing may land beside the chosen folder. */
  const everything = (): string[] =>
    readdirSync(scene.temp.path, { recursive: true, encoding: 'utf8' }).sort();

  const keepBoth = { onConflict: () => Promise.resolve('keepBoth' as const) };

  /** Through a header, and as a task tells it; both in a real folder. */
  const downloads = async ({ name, checks }: Row): Promise<void> => {
    const content = `content of ${JSON.stringify(name)}`;
    const header = `attachment; filename*=UTF-8''${encodeURIComponent(wellFormed(name))}`;
    const headers = { 'Content-Disposition': header };
    const { id } = scene.pyrus.addFile({ name: 'x', content, headers });
    if (header.length < 16_000) {
      judge(await scene.save(id, keepBoth), wellFormed(name), checks, content);
    } else {
      // More than a header may have: no name, but no hang and no crash either.
      assert.equal((await failureOf(scene.save(id))).kind, 'unexpectedAnswer');
    }
    const plain = scene.pyrus.addFile({ name: 'x', content }).id;
    judge(await scene.save(plain, { name, ...keepBoth }), name, checks, content);
  };

  const judge = (
    placed: Placed,
    name: string,
    checks: readonly string[],
    content: string,
  ): void => {
    assert.ok('name' in placed, JSON.stringify(name));
    predicates.assertSafe(placed.name, name);
    // A number is put to a name that is taken; without it the name is as the checks want it.
    predicates.assertHold(checks, placed.name.replace(/ \((?:[1-9]|10)\)(?=\.|$)/, ''), name);
    assert.equal(scene.content(placed.name).toString(), content);
  };

  const displays = ({ name }: Row): void => {
    for (const text of [plainText(name), fileNameText(name)]) {
      assert.ok(!alive.test(text), `${JSON.stringify(text)} would be a link, a command or an icon`);
      assert.ok(!unseen.test(text), `${JSON.stringify(text)} has characters nobody sees`);
      assert.ok([...new Intl.Segmenter().segment(text)].length <= 200);
    }
  };

  const hold = async (groups: readonly string[], least: number): Promise<void> => {
    const chosen = rows.filter(({ group }) => groups.includes(group));
    assert.ok(chosen.length >= least, `${chosen.length} names`);
    for (const row of chosen) {
      await downloads(row);
      displays(row);
    }
    const folder = relative(scene.temp.path, scene.folder);
    assert.deepEqual(
      everything().filter(path => path !== folder && dirname(path) !== folder),
      [],
      'something landed outside the folder, or made a folder',
    );
    assert.ok(scene.names().length >= chosen.length);
  };

  it('N1 traversal, UNC, drive and namespace names stay in the folder', () =>
    hold(['traversal'], 15));
  it('N2 devices, streams and endings of Windows are safe on every system', () =>
    hold(['windows'], 13));
  it('N3 invisible and turning characters, controls and halves go', () =>
    hold(['unicode', 'control'], 14));
  it('N4 long names are cut between graphemes and keep their extension', () => hold(['length'], 5));
  it('N5 configurations, shells and shortcuts are disarmed', () => hold(['special'], 20));
  it('N6 harmless names come out byte for byte', () => hold(['harmless'], 9));

  it('N6 harmless names are shown as they are', () => {
    for (const { name } of rows.filter(({ group }) => group === 'harmless')) {
      assert.equal(plainText(name, 255), name);
    }
  });

  it('N8 two attachments whose names become one are two files, both complete', async () => {
    const ids = ['a?.txt', 'a*.txt', 'a|.txt'].map(
      name => scene.pyrus.addFile({ name, content: name }).id,
    );
    await Promise.all(ids.map(id => scene.save(id, keepBoth)));
    const names = scene.names();
    assert.deepEqual(names, ['a_ (1).txt', 'a_ (2).txt', 'a_.txt']);
    assert.deepEqual(names.map(name => scene.content(name).toString()).sort(), [
      'a*.txt',
      'a?.txt',
      'a|.txt',
    ]);
  });
});

describe('faults: names that take long', () => {
  it('N7 a name of 100 KB is made safe within 20 ms', () => {
    for (const unit of ['a', ' ', '.', '\u0301', '\u200d', '👨‍👩‍👧', '%2e', '. ']) {
      const name = unit.repeat(100_000 / unit.length);
      assertQuick(() => safeFileName(name, 'file'), 20);
    }
  });
});
