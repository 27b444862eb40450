import * as vscode from 'vscode';
import { isRecord } from '../pyrus/wire';
import { plainText } from '../words/plainText';
import { Cancelled } from './command';
import type { FormatChoice, InsertableFile } from './insertion';
import { pickRow } from './pickRow';
import type { Services } from './services';

/** Where the format used last is kept, by language. */
const LAST_USED = 'formats.lastUsed';
/** A line of what would be written shows which format is which. */
const PREVIEW_LENGTH = 120;

/** What it takes of what commands are given. */
type FormatServices = Pick<Services, 'insertion' | 'state'>;

interface FormatItem extends vscode.QuickPickItem {
  readonly format?: FormatChoice;
}

/**
 * Asks for a format and puts the files on the clipboard like that.
 * @param languageId the formats for it come first; by default that of the active editor
 * @throws Cancelled
 */
export async function copyAs(
  services: FormatServices,
  files: readonly InsertableFile[],
  languageId = vscode.window.activeTextEditor?.document.languageId,
): Promise<void> {
  const format = await askForFormat(services, files, vscode.l10n.t('Copy As'), languageId);
  await vscode.env.clipboard.writeText(format.written(files));
  vscode.window.setStatusBarMessage(vscode.l10n.t('$(check) Copied: {0}', format.label), 3000);
}

/**
 * Which way of writing files down is meant: the one used last for the language comes first.
 * @throws Cancelled
 */
export async function askForFormat(
  { insertion, state }: FormatServices,
  files: readonly InsertableFile[],
  title: string,
  languageId: string | undefined,
): Promise<FormatChoice> {
  const stored = state.get<unknown>(LAST_USED);
  const lastUsed = isRecord(stored) ? stored : {};
  const language = languageId ?? '';
  const items = formatItems(await insertion.formats(languageId), files, lastUsed[language]);
  const picked = await pickRow(items, {
    title,
    placeholder: vscode.l10n.t('How shall the GUIDs be written?'),
    matchOnDetail: true,
  });
  if (picked.format === undefined) {
    throw new Cancelled();
  }
  await state.update(LAST_USED, { ...lastUsed, [language]: picked.format.id });
  return picked.format;
}

function formatItems(
  formats: readonly FormatChoice[],
  files: readonly InsertableFile[],
  lastUsed: unknown,
): FormatItem[] {
  const item = (format: FormatChoice): FormatItem => ({
    label: format.label,
    detail: plainText(format.written(files), PREVIEW_LENGTH),
    format,
  });
  const group = (label: string, members: readonly FormatChoice[]): FormatItem[] =>
    members.length === 0
      ? []
      : [{ label, kind: vscode.QuickPickItemKind.Separator }, ...members.map(item)];
  const others = formats.filter(({ id }) => id !== lastUsed);
  return [
    ...group(
      vscode.l10n.t('used last'),
      formats.filter(({ id }) => id === lastUsed),
    ),
    ...group(
      vscode.l10n.t('for this language'),
      others.filter(({ isForLanguage }) => isForLanguage),
    ),
    ...group(
      vscode.l10n.t('others'),
      others.filter(({ isForLanguage }) => !isForLanguage),
    ),
  ];
}
