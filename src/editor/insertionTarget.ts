import { isDeepStrictEqual } from 'node:util';
import * as vscode from 'vscode';
import type { Format, UserFormats } from './format';
import type { InsertableFile } from './insertableFile';
import type { Insertion, InsertionRequest } from './insertion';
import type { Wish } from './insertionsAs';
import { movedRange, placesBehind, rangesMade } from './movedRange';
import type { Place, PlaceRange } from './movedRange';
import { CELL, isOpen } from './openDocuments';
import { indentBefore, indentedSnippet, withoutTabStops } from './snippetText';
import { writeInEditor, writeSnippet, writeUnseen } from './writeDocument';
import type { Change } from './writeDocument';

/** What became of an insertion. */
export type InsertionOutcome =
  | 'inserted'
  /** The document is not open any more: its tab was closed. */
  | 'closed'
  /** The document, or the only editor that shows it, cannot be written to. */
  | 'refused';

export interface InsertOptions extends Wish {
  /** The user pressed a button: whoever does that wants to go on typing behind what it inserted. */
  readonly focus?: boolean;
}

/** What is asked of an editor; a document that is in none has just itself. */
export interface EditorState {
  readonly document: vscode.TextDocument;
  readonly selections: readonly vscode.Selection[];
  readonly options: vscode.TextEditorOptions;
  readonly viewColumn: vscode.ViewColumn | undefined;
}

/** How often somebody may be faster and type between reading the document and writing to it. */
const MOST_TRIES = 10;

/**
 * A place in a document where files are to be inserted: the selections of an editor when this was
 * made, wherever the user has gone and whatever has been typed meanwhile.
 */
export class InsertionTarget implements vscode.Disposable {
  readonly document: vscode.TextDocument;
  readonly #editor: EditorState;
  readonly #indentUnit: string;
  readonly #listening: vscode.Disposable;
  #ranges: readonly PlaceRange[];
  /** What stands at the ranges when it was inserted by this; undefined before. */
  #inserted: readonly string[] | undefined;

  /**
   * @param users the templates of the user
   * @param ranges in document order; the selections when left out
   */
  constructor(
    editor: EditorState,
    private readonly users: UserFormats,
    ranges: readonly PlaceRange[] = rangesOf(editor),
  ) {
    this.document = editor.document;
    this.#editor = editor;
    this.#indentUnit = indentUnit(editor);
    this.#ranges = ranges.map(plain);
    this.#listening = vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (document === this.document) {
        this.#ranges = this.#ranges.map(range => contentChanges.reduce(movedRange, range));
      }
    });
  }

  dispose(): void {
    this.#listening.dispose();
  }

  /** False when somebody has changed what was inserted; else inserting again replaces it. */
  get isUntouched(): boolean {
    return this.#inserted?.every((text, index) => this.#stands(text, this.#rangeAt(index))) ?? true;
  }

  /**
   * Puts files in there, by what is around each cursor now: one at each of as many cursors, else all
   * of them at every one. One undo takes it back.
   */
  async insert(
    files: readonly InsertableFile[],
    { focus = false, ...how }: InsertOptions = {},
  ): Promise<InsertionOutcome> {
    // Loaded before the document is read: nothing may come between reading and writing.
    const [{ insertionsAs }, formats] = await Promise.all([
      import('./insertionsAs.js'),
      this.users(),
    ]);
    for (let tries = 0; tries < MOST_TRIES && isOpen(this.document); tries++) {
      const editor = focus ? await this.#show() : this.#visibleEditor();
      const { version } = this.document;
      const made = insertionsAs(how, this.#request(files, formats));
      if (await this.#write(made, editor, focus)) {
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
    return (
      visibleTextEditors.find(editor => editor === this.#editor) ??
      visibleTextEditors.find(({ document }) => document === this.document)
    );
  }

  async #show(): Promise<vscode.TextEditor | undefined> {
    const visible = this.#visibleEditor();
    // The cells of a notebook have no tabs of their own.
    return this.document.uri.scheme === CELL
      ? visible
      : vscode.window.showTextDocument(this.document, (visible ?? this.#editor).viewColumn);
  }

  /** The document and the places in it as they are now. */
  #request(files: readonly InsertableFile[], formats: readonly Format[]): InsertionRequest {
    return {
      text: this.document.getText(),
      languageId: this.document.languageId,
      selections: this.#ranges.map(({ start, end }) => ({
        start: this.#offset(start),
        end: this.#offset(end),
      })),
      files,
      indentUnit: this.#indentUnit,
      formats,
    };
  }

  #offset({ line, character }: Place): number {
    return this.document.offsetAt(new vscode.Position(line, character));
  }

  #rangeAt(index: number): vscode.Range | undefined {
    const range = this.#ranges[index];
    return (
      range &&
      new vscode.Range(range.start.line, range.start.character, range.end.line, range.end.character)
    );
  }

  /** Whatever its line ends: a document turns those of all that is put in into its own. */
  #stands(text: string, range: vscode.Range | undefined): boolean {
    return withLineFeeds(this.document.getText(range)) === withLineFeeds(text);
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
    if (changes.every(({ range, text }) => this.#stands(text, range))) {
      return true;
    }
    if (editor === undefined) {
      return (await writeUnseen(document, changes)) && this.#remember(changes);
    }
    const goesOn = focus || this.#isAsItWas(editor);
    const snippet = goesOn ? commonSnippet(indented) : undefined;
    if (snippet !== undefined) {
      return (await writeSnippet(editor, snippet, changes)) && this.#remember(changes);
    }
    const cursors = goesOn ? placesBehind(changes) : undefined;
    return (await writeInEditor(editor, changes, cursors)) && this.#remember(changes);
  }

  /** What was put in may be put in once more, with more of it. */
  #remember(changes: readonly Change[]): true {
    this.#ranges = rangesMade(changes);
    this.#inserted = changes.map(({ text }) => text);
    return true;
  }

  #indented(insertions: readonly Insertion[]): Insertion[] {
    const all = this.document.getText();
    return insertions.map(insertion => {
      const { text, start, isSnippet } = insertion;
      return isSnippet
        ? { ...insertion, text: indentedSnippet(text, indentBefore(all, start), this.#indentUnit) }
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
function rangesOf({ selections }: EditorState): PlaceRange[] {
  return [...selections].sort((a, b) => a.start.compareTo(b.start)).map(plain);
}

function withLineFeeds(text: string): string {
  return text.replace(/\r\n?/g, '\n');
}

function plain({ start, end }: PlaceRange): PlaceRange {
  return {
    start: { line: start.line, character: start.character },
    end: { line: end.line, character: end.character },
  };
}

function indentUnit({ options }: EditorState): string {
  const { insertSpaces, indentSize, tabSize } = options;
  const size = typeof indentSize === 'number' ? indentSize : tabSize;
  return insertSpaces === true && typeof size === 'number' ? ' '.repeat(size) : '\t';
}
