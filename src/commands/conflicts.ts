import * as vscode from 'vscode';
import { safeFileName } from '../transfer/fileName';
import type { ConflictChoice } from '../transfer/target';
import { byteSize } from '../words/numbers';
import { fileNameText } from '../words/plainText';
import type { Destination } from './destination';
import { exists } from './exists';
import type { WantedFile } from './wantedFile';

/** What somebody may say about a taken name: as `transfer` knows it, or to look at both first. */
export type ConflictAnswer = ConflictChoice | 'compare';

interface Answer extends vscode.MessageItem {
  readonly choice: ConflictAnswer;
}

/** More comparisons at once than this are of no use to anybody. */
const MOST_COMPARED = 10;
/** A question has room for this many names. */
const MOST_NAMES = 12;

/**
 * What to do about names that are taken in one folder, asked once for all files of a download, while
 * the bytes keep flowing. Esc skips: nothing there is touched. Overwriting files of a task holds for
 * the names that were shown: there may be more than its reader has looked at.
 */
export class Conflicts {
  /** Which file of this download has, or is about to have, a name. */
  readonly #claims = new Map<string, number>();
  readonly #taken: Promise<readonly string[]>;
  #answer: { readonly choice: ConflictAnswer; readonly shown: readonly string[] } | undefined;
  /** Questions take turns: the answer to one may be that to the next. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly files: readonly WantedFile[],
    place: Destination,
  ) {
    this.#taken = place.kind === 'folder' ? takenNames(files, place.folder) : Promise.resolve([]);
  }

  /** A file is about to come under this name, as Pyrus tells it. */
  claim(id: number, name: string): void {
    const key = keyOf(nameInFolder(id, name));
    if (!this.#claims.has(key)) {
      this.#claims.set(key, id);
    }
  }

  /** What to do about a name of the folder that a file should have had. */
  answer(id: number, name: string): Promise<ConflictAnswer> {
    if ((this.#claims.get(keyOf(name)) ?? id) !== id) {
      // Files of one download do not replace each other.
      return Promise.resolve('keepBoth');
    }
    const answer = this.#turn.then(() => this.#ask(id, name));
    this.#turn = answer.catch(() => undefined);
    return answer;
  }

  async #ask(id: number, name: string): Promise<ConflictAnswer> {
    const known = this.#answer;
    const isCovered =
      known?.choice !== 'overwrite' || known.shown.includes(name) || !this.#isNamed(id);
    if (known !== undefined && isCovered) {
      return known.choice;
    }
    const others = (await this.#taken).filter(taken => taken !== name).slice(0, MOST_NAMES);
    const areNamed = this.files.some(file => this.#isNamed(file.id));
    const detail = this.files.length > 1 ? detailFor(others, areNamed) : undefined;
    const choice = await ask(name, this.files.length, detail);
    this.#answer = { choice, shown: [name, ...others] };
    return choice;
  }

  /** Whether the name was known before: who asks for files by their ids says so without any. */
  #isNamed(id: number): boolean {
    return this.files.some(file => file.id === id && file.name !== undefined);
  }
}

/** Names of which it is known beforehand that they are taken. */
async function takenNames(files: readonly WantedFile[], folder: vscode.Uri): Promise<string[]> {
  const names = new Set(
    files.flatMap(({ id, name }) => (name === undefined ? [] : nameInFolder(id, name))),
  );
  const there = await Promise.all(
    Array.from(names, async name =>
      (await exists(vscode.Uri.joinPath(folder, name))) ? name : [],
    ),
  );
  return there.flat();
}

function nameInFolder(id: number, name: string): string {
  return safeFileName(name, fallbackName(id));
}

/** What a file is called of which nobody tells a name. */
export function fallbackName(id: number): string {
  return `file-${id}`;
}

/** As file systems that know no case, and those that know no forms of Unicode, tell names apart. */
function keyOf(name: string): string {
  return name.normalize('NFC').toLowerCase();
}

async function ask(
  name: string,
  count: number,
  detail: string | undefined,
): Promise<ConflictAnswer> {
  const answers: Answer[] = [
    { title: vscode.l10n.t('Keep Both'), choice: 'keepBoth' },
    { title: vscode.l10n.t('Overwrite'), choice: 'overwrite' },
    ...(count > MOST_COMPARED
      ? []
      : [{ title: vscode.l10n.t('Compare'), choice: 'compare' } as const]),
    { title: vscode.l10n.t('Skip'), choice: 'skip', isCloseAffordance: true },
  ];
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t('“{0}” is already there.', fileNameText(name)),
    { modal: true, ...(detail === undefined ? {} : { detail }) },
    ...answers,
  );
  return answer?.choice ?? 'skip';
}

function detailFor(others: readonly string[], areNamed: boolean): string {
  return [
    ...(others.length === 0
      ? []
      : [vscode.l10n.t('So are these:'), ...others.map(other => fileNameText(other, 120)), '']),
    areNamed
      ? vscode.l10n.t(
          'The answer holds for all files of this download. Before a file that is not named here is overwritten, you are asked again.',
        )
      : vscode.l10n.t('The answer holds for all files of this download.'),
  ].join('\n');
}

/** Whether to keep a file that came without its size, when nothing else tells either. Esc: no. */
export async function keepUnconfirmed(name: string, size: number): Promise<boolean> {
  const keep = vscode.l10n.t('Keep');
  const discard: vscode.MessageItem = {
    title: vscode.l10n.t('Discard'),
    isCloseAffordance: true,
  };
  const answer = await vscode.window.showWarningMessage<vscode.MessageItem>(
    vscode.l10n.t(
      'Size not confirmed: “{0}” came without its size, so nobody can tell whether it is complete. {1} came.',
      fileNameText(name),
      byteSize(size),
    ),
    { modal: true },
    { title: keep },
    discard,
  );
  return answer?.title === keep;
}
