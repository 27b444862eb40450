import * as vscode from 'vscode';
import { versionsNamed, versionsOf } from '../pyrus/fileVersions';
import type { FileVersions } from '../pyrus/fileVersions';
import { filesOf } from '../pyrus/taskFiles';
import type { Task } from '../pyrus/taskWire';
import { plural } from '../words/numbers';
import { fileNameText } from '../words/plainText';
import { withRoot } from './attachItem';
import type { AttachItem } from './attachItem';
import { pickRow } from './pickRow';

interface Answer extends vscode.QuickPickItem {
  readonly asVersions: boolean;
}

/**
 * Asks, when files of these names are in the task already, whether to attach new versions of them;
 * once for all.
 * @returns the items, each new version with the first one's id
 * @throws Cancelled
 */
export async function askAboutVersions(
  task: Task,
  items: readonly AttachItem[],
): Promise<readonly AttachItem[]> {
  const earlier = earlierVersions(task, items);
  const asVersions = earlier.size > 0 && (await ask(earlier, items.length));
  return items.map(item => withRoot(item, asVersions ? earlier.get(item)?.rootId : undefined));
}

/** By item. Two files of one name are two files: neither is a version of what is there. */
function earlierVersions(
  task: Task,
  items: readonly AttachItem[],
): ReadonlyMap<AttachItem, FileVersions> {
  const all = versionsOf(filesOf(task).files);
  const found = new Map<AttachItem, FileVersions>();
  for (const item of items) {
    const isAlone = items.filter(({ name }) => name === item.name).length === 1;
    const [latest] = isAlone ? versionsNamed(all, item.name).toReversed() : [];
    if (latest !== undefined) {
      found.set(item, latest);
    }
  }
  return found;
}

async function ask(
  earlier: ReadonlyMap<AttachItem, FileVersions>,
  count: number,
): Promise<boolean> {
  const picked = await pickRow(answers(earlier), {
    title: titleFor([...earlier.keys()]),
    placeholder:
      count > 1
        ? vscode.l10n.t('How shall they be attached? The answer holds for all of them.')
        : vscode.l10n.t('How shall it be attached?'),
    ignoreFocusOut: true,
  });
  return picked.asVersions;
}

function answers(earlier: ReadonlyMap<AttachItem, FileVersions>): Answer[] {
  const several = earlier.size > 1;
  const names = [...earlier].map(([{ name }, { versions }]) => {
    const next = Math.max(versions.length, ...versions.map(({ version = 0 }) => version)) + 1;
    return vscode.l10n.t('{0}: version {1}', fileNameText(name, 40), next);
  });
  return [
    {
      label: several ? vscode.l10n.t('As New Versions') : vscode.l10n.t('As a New Version'),
      detail: fileNameText(names.join(', '), 120),
      iconPath: new vscode.ThemeIcon('versions'),
      asVersions: true,
    },
    {
      label: several ? vscode.l10n.t('As Separate Files') : vscode.l10n.t('As a Separate File'),
      detail: vscode.l10n.t('The task then has two files of one name.'),
      iconPath: new vscode.ThemeIcon('files'),
      asVersions: false,
    },
  ];
}

function titleFor(items: readonly AttachItem[]): string {
  const [first] = items;
  const count = items.length;
  if (count === 1 && first !== undefined) {
    return vscode.l10n.t('“{0}” is in the task already', fileNameText(first.name, 40));
  }
  return plural(count, {
    one: () =>
      vscode.l10n.t({
        message: '{0} of these files is in the task already',
        args: [count],
        comment: ['one'],
      }),
    few: () =>
      vscode.l10n.t({
        message: '{0} of these files are in the task already',
        args: [count],
        comment: ['few'],
      }),
    many: () =>
      vscode.l10n.t({
        message: '{0} of these files are in the task already',
        args: [count],
        comment: ['many'],
      }),
  });
}
