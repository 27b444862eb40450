import { isDeepStrictEqual } from 'node:util';
import * as vscode from 'vscode';
import { withAttachmentIds } from './attachmentIds';
import type { Format } from './format';
import { formatsFor } from './formats';
import type { InsertableFile } from './insertableFile';
import { insertions } from './insertion';
import type { Insertion } from './insertion';
import { movedRange, placesBehind } from './movedRange';
import type { Place, PlaceRange } from './movedRange';
import { CELL, isOpen } from './openDocuments';
import { indentAt, indentedSnippet, withoutTabStops } from './snippetText';
import { writeInEditor, writeSnippet, writeUnseen } from './writeDocument';

/** What became of an insertion. */
export type InsertionOutcome =
  | 'inserted'
  /** The document is not open any more: its tab was closed. */
  | 'closed'
  /** The document, or the only editor that shows it, cannot be written to. */
  | 'refused';

export interface InsertOptions {
  /** The id of a format: to be written like this, whatever the cursors are in. */
  readonly format?: string;
  /** Refer to the files as they are attached already, by these ids, one for each. */
  readonly fileIds?: readonly (number | undefined)[];
  /** The user pressed a button: whoever does that wants to go on typing behind what it inserted. */
  readonly focus?: boolean;
}

/** How often somebody may be faster and type between reading the document and writing to it. */
const MOST_TRIES = 10;

/**
 * A place in a document where files are to be inserted: the selections of an editor when this was
 * made, wherever the user has gone and whatever has been typed meanwhile.
 */
export class InsertionTarget implements vscode.Disposable {
  readonly document: vscode.TextDocument;
  readonly #editor: vscode.TextEditor;
  readonly #indentUnit: string;
  readonly #listening: vscode.Disposable;
  #ranges: readonly PlaceRange[];

  /** @param users the templates of the user, asked for every time */
  constructor(
    editor: vscode.TextEditor,
    private readonly users: () => readonly Format[],
  ) {
    this.document = editor.document;
    this.#editor = editor;
    this.#indentUnit = indentUnit(editor);
    this.#ranges = rangesOf(editor);
    this.#listening = vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (document === this.document) {
        this.#ranges = this.#ranges.map(range => contentChanges.reduce(movedRange, range));
      }
    });
  }

  dispose(): void {
    this.#listening.dispose();
  }

  /**
   * Puts files in there, by what is around each cursor now: one at each of as many cursors, else all
   * of them at every one. One undo takes it back.
   */
  async insert(
    files: readonly InsertableFile[],
    { focus = false, ...how }: InsertOptions = {},
  ): Promise<InsertionOutcome> {
    for (let tries = 0; tries < MOST_TRIES && isOpen(this.document); tries++) {
      const editor = focus ? await this.#show() : this.#visibleEditor();
      const { version } = this.document;
      if (await this.#write(this.#insertions(files, how), editor, focus)) {
        return 'inserted';
      }
      // Unless somebody typed, or went to another tab, at the same moment.
      if (this.document.version === version && editor === this.#visibleEditor()) {
        break;
      }
    }
    return isOpen(this.document) ? 'refused' : 'closed';
  }

  #visibleEditor(): vscode.TextEditor | undefined {
    const { visibleTextEditors } = vscode.window;
    return visibleTextEditors.includes(this.#editor)
      ? this.#editor
      : visibleTextEditors.find(({ document }) => document === this.document);
  }

  async #show(): Promise<vscode.TextEditor | undefined> {
    const visible = this.#visibleEditor();
    // The cells of a notebook have no tabs of their own.
    return this.document.uri.scheme === CELL
      ? visible
      : vscode.window.showTextDocument(this.document, (visible ?? this.#editor).viewColumn);
  }

  #insertions(
    files: readonly InsertableFile[],
    { format: id, fileIds }: InsertOptions,
  ): Insertion[] {
    const text = this.document.getText();
    const { languageId } = this.document;
    const formats = this.users();
    const format = formatsFor(languageId, formats).find(known => known.id === id);
    const made = insertions({
      text,
      languageId,
      selections: this.#ranges.map(({ start, end }) => ({
        start: this.#offset(start),
        end: this.#offset(end),
      })),
      files,
      indentUnit: this.#indentUnit,
      formats,
      ...(format === undefined ? {} : { format }),
    });
    const attached = files.map(({ guid }, index) => ({ guid, fileId: fileIds?.[index] }));
    return fileIds === undefined ? made : withAttachmentIds(made, attached, { text, languageId });
  }

  #offset({ line, character }: Place): number {
    return this.document.offsetAt(new vscode.Position(line, character));
  }

  /** @returns false when nothing was written */
  async #write(
    insertions: readonly Insertion[],
    editor: vscode.TextEditor | undefined,
    focus: boolean,
  ): Promise<boolean> {
    const { document } = this;
    const indented = this.#indented(insertions);
    const changes = indented.map(({ start, end, text, isSnippet }) => ({
      range: new vscode.Range(document.positionAt(start), document.positionAt(end)),
      text: isSnippet ? withoutTabStops(text) : text,
    }));
    if (changes.every(({ range, text }) => document.getText(range) === text)) {
      return true;
    }
    if (editor === undefined) {
      return writeUnseen(document, changes);
    }
    const goesOn = focus || this.#isAsItWas(editor);
    const snippet = goesOn ? commonSnippet(indented) : undefined;
    return snippet === undefined
      ? writeInEditor(editor, changes, goesOn ? placesBehind(changes) : undefined)
      : writeSnippet(
          editor,
          snippet,
          changes.map(({ range }) => range),
        );
  }

  #indented(insertions: readonly Insertion[]): Insertion[] {
    const all = this.document.getText();
    return insertions.map(insertion => {
      const { text, start, isSnippet } = insertion;
      return isSnippet
        ? { ...insertion, text: indentedSnippet(text, indentAt(all, start), this.#indentUnit) }
        : insertion;
    });
  }

  /** The user has neither gone elsewhere nor moved a cursor. */
  #isAsItWas(editor: vscode.TextEditor): boolean {
    return (
      editor === vscode.window.activeTextEditor && isDeepStrictEqual(rangesOf(editor), this.#ranges)
    );
  }
}

/** The snippet that goes in at every cursor: only then the tab stops of all are one. */
function commonSnippet(insertions: readonly Insertion[]): string | undefined {
  const [first] = insertions;
  return first?.isSnippet === true &&
    insertions.every(({ isSnippet, text }) => isSnippet && text === first.text)
    ? first.text
    : undefined;
}

/** The selections in document order, as plain values. */
function rangesOf({ selections }: vscode.TextEditor): PlaceRange[] {
  return [...selections]
    .sort((a, b) => a.start.compareTo(b.start))
    .map(({ start, end }) => ({
      start: { line: start.line, character: start.character },
      end: { line: end.line, character: end.character },
    }));
}

function indentUnit({ options }: vscode.TextEditor): string {
  const { insertSpaces, indentSize, tabSize } = options;
  const size = typeof indentSize === 'number' ? indentSize : tabSize;
  return insertSpaces === true && typeof size === 'number' ? ' '.repeat(size) : '\t';
}
