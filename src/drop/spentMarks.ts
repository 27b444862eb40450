import * as vscode from 'vscode';
import { removeMark } from './markRanges';
import { marksIn, mayHoldMarks } from './uploadMark';

/** How a mark ended: what has to be done when undo and redo bring it back depends on it. */
export type MarkEnd =
  /** Its insertion was undone, so that nothing that comes after it can be redone. */
  | 'undone'
  /** An edit took it out: going on in the same direction leads past it. */
  | 'passed'
  /** The same, but others have edited meanwhile: the first undo shall not undo that, too. */
  | 'kept';

/** Marks remembered; older ones are not undone any more. */
const MOST_MARKS = 200;
/** Steps that undo or redo may take to be past a mark. */
const MOST_STEPS = 500;

/**
 * Marks that stand for nothing any more. The undo stack still has them, and shall not leave them in
 * anybody's code: undo and redo go on until they are past them.
 */
export class SpentMarks implements vscode.Disposable {
  readonly #ends = new Map<string, MarkEnd>();
  readonly #leaving = new Set<vscode.TextDocument>();
  readonly #listening = vscode.Disposable.from(
    vscode.workspace.onDidChangeTextDocument(change => this.#look(change)),
    vscode.workspace.onDidOpenTextDocument(document => this.#leave(document, undefined)),
  );

  constructor(private readonly onError: (error: unknown) => void) {}

  dispose(): void {
    this.#listening.dispose();
  }

  add(mark: string, end: MarkEnd): void {
    this.#ends.set(mark, end);
    for (const [oldest] of [...this.#ends].slice(0, -MOST_MARKS)) {
      this.#ends.delete(oldest);
    }
  }

  /** It stands for something again. @returns false when it was not undone, so that it cannot */
  revive(mark: string): boolean {
    const end = this.#ends.get(mark);
    return end === undefined || (end === 'undone' && this.#ends.delete(mark));
  }

  #look({ document, contentChanges, reason }: vscode.TextDocumentChangeEvent): void {
    if (reason !== undefined || contentChanges.some(({ text }) => mayHoldMarks(text))) {
      this.#leave(document, reason);
    }
  }

  #leave(document: vscode.TextDocument, reason: vscode.TextDocumentChangeReason | undefined): void {
    if (this.#ends.size === 0 || this.#leaving.has(document) || !this.#spentIn(document)) {
      return;
    }
    this.#leaving.add(document);
    this.#pass(document, reason)
      .catch(this.onError)
      .finally(() => this.#leaving.delete(document));
  }

  /** The first spent mark that a document shows. */
  #spentIn(document: vscode.TextDocument): string | undefined {
    const text = document.getText();
    return mayHoldMarks(text) ? marksIn(text).find(mark => this.#ends.has(mark)) : undefined;
  }

  async #pass(
    document: vscode.TextDocument,
    reason: vscode.TextDocumentChangeReason | undefined,
  ): Promise<void> {
    const isShown = (): boolean => vscode.window.activeTextEditor?.document === document;
    for (let steps = 0, mark; (mark = this.#spentIn(document)) !== undefined; steps++) {
      const { version } = document;
      const command = this.#wayPast(mark, reason);
      if (command !== undefined && isShown() && steps < MOST_STEPS) {
        await vscode.commands.executeCommand(command);
      }
      if (document.version === version && !(await this.#remove(mark, document))) {
        return;
      }
    }
  }

  /** @returns undefined when there is none but to take it out */
  #wayPast(
    mark: string,
    reason: vscode.TextDocumentChangeReason | undefined,
  ): 'undo' | 'redo' | undefined {
    const end = this.#ends.get(mark);
    switch (reason) {
      case vscode.TextDocumentChangeReason.Undo:
        return end === 'kept' ? undefined : 'undo';
      case vscode.TextDocumentChangeReason.Redo:
        return end === 'undone' ? 'undo' : 'redo';
      case undefined:
        return undefined;
    }
  }

  async #remove(mark: string, document: vscode.TextDocument): Promise<boolean> {
    if (this.#ends.get(mark) === 'kept') {
      this.#ends.set(mark, 'passed');
    }
    return removeMark(mark, document);
  }
}
