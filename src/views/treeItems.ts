import { env, ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState } from 'vscode';
import type { UploadRecord } from '../history/uploadRecord';
import { age } from '../words/age';
import { fileIcon } from '../words/fileIcon';
import { byteSize, uploadCount } from '../words/numbers';
import { fileNameText } from '../words/plainText';
import { uploadStateText } from '../words/uploadState';
import { dateOf, dayName, fullDate } from './days';
import type { Day } from './days';

/** @param isOpen whether a day that the view has not shown yet shows its uploads at once */
export function dayItem({ date, records }: Day, now: Date, isOpen: boolean): TreeItem {
  const { Expanded, Collapsed } = TreeItemCollapsibleState;
  const name = dayName(date, now, env.language);
  const item = new TreeItem(name, isOpen ? Expanded : Collapsed);
  item.id = date;
  item.description = String(records.length);
  item.tooltip = fullDate(date, env.language);
  item.contextValue = 'day';
  item.accessibilityInformation = { label: `${name}, ${uploadCount(records.length)}` };
  return item;
}

/**
 * Without `resourceUri`, which would bring the icons of the user's theme: with it VS Code opens the
 * file of a row that is dragged into an editor, instead of dropping our text there.
 */
export function uploadItem(record: UploadRecord, now: Date): TreeItem {
  const { guid, name, uri, size, state } = record;
  const label = fileNameText(name, 120);
  const facts = [byteSize(size), timeText(record, now), uploadStateText(state)];
  const item = new TreeItem(label);
  item.id = guid;
  item.iconPath = iconOf(record);
  item.description = facts.join(' · ');
  item.contextValue = ['upload', state.kind, ...(uri === undefined ? [] : ['local'])].join('.');
  item.accessibilityInformation = { label: [label, ...facts].join(', ') };
  return item;
}

/** How long ago today's uploads were; the time of day under any other date. */
export function timeText({ uploadedAt }: UploadRecord, now: Date): string {
  return dateOf(new Date(uploadedAt)) === dateOf(now)
    ? age(uploadedAt, now.getTime())
    : timeOfDay(uploadedAt);
}

let timeFormat: Intl.DateTimeFormat | undefined;

function timeOfDay(time: number): string {
  // Made once: a list of thousands of uploads asks for as many times.
  timeFormat ??= new Intl.DateTimeFormat(env.language, { timeStyle: 'short' });
  return timeFormat.format(time);
}

/** What became of it, once there is something to say; the words beside it say the same. */
function iconOf({ name, state }: UploadRecord): ThemeIcon {
  switch (state.kind) {
    case 'unattached':
      return new ThemeIcon(fileIcon(name));
    case 'attached':
      return new ThemeIcon('attach', new ThemeColor('charts.green'));
    case 'lost':
      return new ThemeIcon('warning', new ThemeColor('list.warningForeground'));
  }
}
