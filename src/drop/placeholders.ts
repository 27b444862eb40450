import * as vscode from 'vscode';
import type { UserFormats } from '../editor/format';
import { LeftMarks, removeLeft } from './leftMarks';
import { MarkStyle } from './markStyle';
import { isOpen } from '../editor/openDocuments';
import { Placeholder } from './placeholder';
import { SpentMarks } from './spentMarks';
import type { MarkEnd } from './spentMarks';

/** What placeholders need of the rest. */
export interface PlaceholdersOptions {
  /** The templates of the user. */
  readonly users: UserFormats;
  /** Where marks are noted that a window may leave. */
  readonly state: vscode.Memento;
  readonly onError: (error: unknown) => void;
}

/** All marks that documents show, those that stand for an upload and those that no longer do. */
export class Placeholders implements vscode.Disposable {
  readonly #shown = new Map<string, Placeholder>();
  readonly #style = new MarkStyle();
  readonly #spent: SpentMarks;
  readonly #left: LeftMarks;
  readonly #listening: vscode.Disposable;

  constructor(private readonly options: PlaceholdersOptions) {
    // Before the spent ones look: what was just taken out is one of them.
    this.#listening = vscode.Disposable.from(
      vscode.workspace.onDidChangeTextDocument(change => this.#look(change)),
      vscode.workspace.onDidCloseTextDocument(() => this.#lookForClosed()),
      // A document outlives its last tab by minutes; the tab may go before its editor, or after it.
      vscode.window.tabGroups.onDidChangeTabs(() => this.#lookForClosed()),
      vscode.window.onDidChangeVisibleTextEditors(() => {
        this.#lookForClosed();
        this.#style.show(this.#marks);
      }),
    );
    this.#spent = new SpentMarks(options.onError);
    this.#left = new LeftMarks(options.state);
  }

  /**
   * Begins to watch over a mark that has just appeared.
   * @returns undefined when it already stands for something, or is gone again
   */
  open(mark: string, document: vscode.TextDocument): Placeholder | undefined {
    if (this.#shown.has(mark) || !this.#spent.revive(mark)) {
      return undefined;
    }
    const { users } = this.options;
    const onEnd = (end: MarkEnd): void => this.#end(mark, end);
    const placeholder = new Placeholder(mark, document, { users, onEnd });
    this.#shown.set(mark, placeholder);
    if (placeholder.isTakenOut) {
      placeholder.takenOut('undone');
      return undefined;
    }
    this.#left.note(mark, document).catch(this.options.onError);
    this.#style.show(this.#marks);
    return placeholder;
  }

  /** Takes out what an earlier window has left. */
  async tidyUp(): Promise<void> {
    for (const left of this.#left.all) {
      this.#spent.add(left.mark, 'passed');
      await removeLeft(left);
      await this.#left.forget(left.mark);
    }
  }

  dispose(): void {
    this.#listening.dispose();
    this.#spent.dispose();
    this.#style.dispose();
  }

  get #marks(): readonly string[] {
    return [...this.#shown.keys()];
  }

  #end(mark: string, end: MarkEnd): void {
    this.#shown.delete(mark);
    this.#spent.add(mark, end);
    this.#style.show(this.#marks);
    this.#left.forget(mark).catch(this.options.onError);
  }

  #look({ document, reason }: vscode.TextDocumentChangeEvent): void {
    for (const placeholder of this.#shown.values()) {
      if (placeholder.document === document && placeholder.isTakenOut) {
        const isUndone = reason === vscode.TextDocumentChangeReason.Undo;
        placeholder.takenOut(isUndone ? 'undone' : 'passed');
      }
    }
  }

  #lookForClosed(): void {
    for (const placeholder of this.#shown.values()) {
      if (!isOpen(placeholder.document)) {
        this.#closeOne(placeholder);
      }
    }
  }

  #closeOne(placeholder: Placeholder): void {
    const { mark, document } = placeholder;
    const { onError } = this.options;
    const heir = heirOf(mark);
    if (heir !== undefined) {
      placeholder.moveTo(heir);
      this.#left.note(mark, heir).catch(onError);
      return;
    }
    placeholder.takenOut('passed');
    removeLeft({ mark, uri: document.uri.toString() }).catch(onError);
  }
}

/** An untitled document that is saved, or a file renamed, is another document from then on. */
function heirOf(mark: string): vscode.TextDocument | undefined {
  return vscode.workspace.textDocuments.find(
    document => document.getText().includes(mark) && isOpen(document),
  );
}
