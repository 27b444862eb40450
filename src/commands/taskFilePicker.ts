import * as vscode from 'vscode';
import { versionsOf } from '../pyrus/fileVersions';
import { filesOf } from '../pyrus/taskFiles';
import type { Origin, TaskFile, TaskLink } from '../pyrus/taskFiles';
import type { Task } from '../pyrus/taskWire';
import { byteSize } from '../words/numbers';
import { fileNameText, plainText } from '../words/plainText';
import { Cancelled } from './command';
import type { WantedFile } from './wantedFile';

/** A row of the list: a file, a link, or a heading. */
interface FileRow extends vscode.QuickPickItem {
  readonly buttons?: readonly LookButton[];
  readonly file?: TaskFile;
  readonly link?: TaskLink;
}

const TEXT = 80;

/** What files of a task are asked for. */
export interface FileQuestion {
  readonly placeholder: string;
  /** Whether several may be chosen; else one, and `likely` is offered first. */
  readonly many: boolean;
  /** A name: its newest version is meant most likely. */
  readonly likely?: string;
  /** Buttons of each file; the list stays. */
  readonly looks?: readonly Look[];
}

/** Something to be done with a file before choosing. */
export interface Look {
  readonly icon: string;
  readonly tooltip: string;
  readonly run: (file: WantedFile) => Promise<void>;
}

interface LookButton extends vscode.QuickInputButton {
  readonly run?: Look['run'];
}

/**
 * Asks which files of a task are meant. The newest version of each is ticked, unless it was removed;
 * links are opened in the browser, by their button or with their tick.
 * @throws Cancelled, also when the task has no files
 */
export async function askForTaskFiles(
  task: Task,
  question: FileQuestion,
): Promise<readonly WantedFile[]> {
  const { files, links } = filesOf(task);
  const name = plainText(task.title ?? '', 60) || vscode.l10n.t('#{0}', String(task.id));
  if (files.length + links.length === 0) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('Task “{0}” (#{1}) has no files.', name, task.id),
    );
    throw new Cancelled();
  }
  const rows = [...fileRows(files, question), ...linkRows(links)];
  const title = vscode.l10n.t('Files of “{0}” (#{1})', name, task.id);
  const chosen = await pickRows(title, rows, question);
  for (const { link } of chosen) {
    await openLink(link);
  }
  const wanted = chosen.flatMap(({ file }) => file ?? []);
  if (wanted.length === 0) {
    throw new Cancelled();
  }
  return wanted;
}

function pickRows(
  title: string,
  rows: readonly FileRow[],
  { placeholder, many, likely }: FileQuestion,
): Promise<readonly FileRow[]> {
  const pick = vscode.window.createQuickPick<FileRow>();
  pick.title = title;
  pick.placeholder = placeholder;
  pick.canSelectMany = many;
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  pick.ignoreFocusOut = true;
  pick.items = rows;
  if (many) {
    pick.selectedItems = rows.filter(({ picked }) => picked === true);
  } else {
    pick.activeItems = rows.filter(({ picked, file }) => picked === true && file?.name === likely);
  }
  let looks = 0;
  const look = async (file: TaskFile, run: Look['run']): Promise<void> => {
    const ticked = pick.selectedItems;
    looks += 1;
    await run(file);
    looks -= 1;
    // Whatever it asked took the list away.
    pick.items = rows;
    pick.selectedItems = ticked;
    pick.show();
  };
  return new Promise<readonly FileRow[]>((resolve, reject) => {
    pick.onDidTriggerItemButton(({ button, item: { file, link } }) => {
      const { run }: LookButton = button;
      (file === undefined || run === undefined ? openLink(link) : look(file, run)).catch(reject);
    });
    pick.onDidAccept(() => resolve(pick.selectedItems));
    pick.onDidHide(() => {
      if (looks === 0) {
        reject(new Cancelled());
      }
    });
    pick.show();
  }).finally(() => pick.dispose());
}

/** VS Code asks before it opens an address nobody has allowed, and shows it. */
async function openLink(link: TaskLink | undefined): Promise<void> {
  if (link?.url !== undefined) {
    await vscode.env.openExternal(vscode.Uri.parse(link.url, true));
  }
}

function fileRows(files: readonly TaskFile[], { looks = [] }: FileQuestion): FileRow[] {
  const buttons = looks.map(({ icon, tooltip, run }) => ({
    iconPath: new vscode.ThemeIcon(icon),
    tooltip,
    run,
  }));
  return versionsOf(files).flatMap(({ versions }) => {
    const newest = versions.find(({ removed }) => !removed);
    return versions.map(file => ({
      ...fileRow(file, file === newest, versions.length),
      buttons: file.removed ? [] : buttons,
    }));
  });
}

function fileRow(file: TaskFile, isNewest: boolean, versionCount: number): FileRow {
  const { name, size, version, removed } = file;
  const about = [
    ...(size === undefined ? [] : [byteSize(size)]),
    ...(versionCount > 1 && version !== undefined ? [vscode.l10n.t('version {0}', version)] : []),
    ...(removed ? [vscode.l10n.t('removed from the task')] : []),
  ];
  return {
    file,
    label: fileNameText(name, 120),
    iconPath: new vscode.ThemeIcon(removed ? 'trash' : isNewest ? 'file' : 'history'),
    description: about.join(' · '),
    detail: originText(file),
    picked: isNewest,
  };
}

function linkRows(links: readonly TaskLink[]): FileRow[] {
  if (links.length === 0) {
    return [];
  }
  const open = {
    iconPath: new vscode.ThemeIcon('link-external'),
    tooltip: vscode.l10n.t('Open in the Browser'),
  };
  return [
    { kind: vscode.QuickPickItemKind.Separator, label: vscode.l10n.t('links') },
    ...links.map(link => ({
      link,
      label: fileNameText(link.name, 120),
      iconPath: new vscode.ThemeIcon('link'),
      description: plainText(link.url ?? '', TEXT),
      detail: originText(link),
      buttons: link.url === undefined ? [] : [open],
    })),
  ];
}

/** "Bob Smith · 17 August 2017 · see file", or the field it is in */
function originText({ author, date, comment, place }: Origin): string {
  const day = date === undefined ? undefined : dayText(date);
  const parts = [
    place.kind === 'field' ? plainText(place.name, TEXT) : '',
    plainText(author?.name ?? '', TEXT),
    day ?? '',
    plainText(comment?.text ?? '', TEXT),
  ];
  return parts.filter(part => part !== '').join(' · ');
}

let dayFormat: Intl.DateTimeFormat | undefined;

function dayText(date: string): string | undefined {
  const time = Date.parse(date);
  dayFormat ??= new Intl.DateTimeFormat(vscode.env.language, { dateStyle: 'long' });
  return Number.isNaN(time) ? undefined : dayFormat.format(time);
}
