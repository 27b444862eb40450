import * as vscode from 'vscode';
import { removeMark } from './markRanges';
import { isOpen } from '../editor/openDocuments';
import { SHOWN_MARKS } from './shownMarks';
import { bytesWithout } from './uploadMark';

/** A mark, and the document that shows it. */
export interface ShownMark {
  readonly mark: string;
  /** As `Uri.toString()` writes it. */
  readonly uri: string;
}

/**
 * The marks that documents show now, noted where they survive the window: it may be closed, or the
 * extension host killed, before they are taken out.
 */
export class LeftMarks {
  constructor(private readonly state: vscode.Memento) {}

  /** Those of before, when this is asked first. */
  get all(): readonly ShownMark[] {
    const noted = this.state.get<unknown>(SHOWN_MARKS);
    return Array.isArray(noted) ? noted.filter(isShownMark) : [];
  }

  async note(mark: string, { uri }: vscode.TextDocument): Promise<void> {
    const others = this.all.filter(shown => shown.mark !== mark);
    await this.state.update(SHOWN_MARKS, [...others, { mark, uri: uri.toString() }]);
  }

  async forget(mark: string): Promise<void> {
    const others = this.all.filter(shown => shown.mark !== mark);
    await this.state.update(SHOWN_MARKS, others.length === 0 ? undefined : others);
  }
}

/**
 * Takes a mark out of its document, or out of the file that was saved with it. What is in memory of
 * a document that nobody has open is not looked at: it may be just what the user did not want saved.
 */
export async function removeLeft({ mark, uri }: ShownMark): Promise<void> {
  const open = vscode.workspace.textDocuments.find(
    document => document.uri.toString() === uri && isOpen(document),
  );
  if (open === undefined) {
    await removeFromFile(mark, vscode.Uri.parse(uri));
    return;
  }
  const { isDirty } = open;
  if ((await removeMark(mark, open)) && !isDirty) {
    await open.save();
  }
}

async function removeFromFile(mark: string, uri: vscode.Uri): Promise<void> {
  if (uri.scheme === 'untitled') {
    return;
  }
  let bytes: Uint8Array;
  try {
    bytes = await vscode.workspace.fs.readFile(uri);
  } catch {
    // Deleted meanwhile, or renamed: it cannot be found by what is known of it.
    return;
  }
  const without = bytesWithout(mark, bytes);
  if (without !== undefined) {
    await vscode.workspace.fs.writeFile(uri, without);
  }
}

function isShownMark(value: unknown): value is ShownMark {
  return (
    typeof value === 'object' &&
    value !== null &&
    'mark' in value &&
    typeof value.mark === 'string' &&
    'uri' in value &&
    typeof value.uri === 'string'
  );
}
