import * as vscode from 'vscode';
import type { UserFormats } from '../editor/format';
import type { InsertableFile } from '../editor/insertableFile';
import { InsertionTarget } from '../editor/insertionTarget';
import type { InsertionOutcome } from '../editor/insertionTarget';
import { rangesOf, removeMark } from './markRanges';
import type { MarkEnd } from './spentMarks';

/** What a placeholder needs of what is around it. */
export interface PlaceholderOptions {
  /** The templates of the user. */
  readonly users: UserFormats;
  /** Told once, when the mark stands for nothing any more. */
  readonly onEnd: (end: MarkEnd) => void;
}

/**
 * A mark in a document, at every cursor it was pasted at, from the moment it is shown until files
 * stand in its place. It is found by its text, so it may be moved about; taken out, it ends the
 * upload.
 */
export class Placeholder implements vscode.Disposable {
  readonly #controller = new AbortController();
  readonly #editor: vscode.TextEditor | undefined;
  #document: vscode.TextDocument;
  /** The document as the mark appeared in it. */
  #version: number;
  #state: 'shown' | 'leaving' | 'ended' = 'shown';
  /** The place, when the mark is no longer there. */
  #target: InsertionTarget | undefined;

  constructor(
    readonly mark: string,
    document: vscode.TextDocument,
    private readonly options: PlaceholderOptions,
  ) {
    this.#document = document;
    this.#version = document.version;
    this.#editor = vscode.window.visibleTextEditors.find(editor => editor.document === document);
  }

  get document(): vscode.TextDocument {
    return this.#document;
  }

  /** Aborted when the user took the mark out of the document, or closed that. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** False once somebody has changed what was put in. */
  get isUntouched(): boolean {
    return this.#target?.isUntouched ?? true;
  }

  /** True when the mark should be in the document and is not. */
  get isTakenOut(): boolean {
    return this.#state === 'shown' && !this.#document.getText().includes(this.mark);
  }

  /** The mark is gone, and not by us. */
  takenOut(end: MarkEnd): void {
    this.#end(end);
    this.#controller.abort();
  }

  /** Another document has the mark now, as a file has it that an untitled document was saved as. */
  moveTo(document: vscode.TextDocument): void {
    this.#document = document;
    this.#version = NaN;
  }

  /**
   * Puts files where the mark is, or was. What was put in before is replaced, so these are all the
   * files there are to be.
   */
  async insert(files: readonly InsertableFile[]): Promise<InsertionOutcome> {
    const isAlone = this.#document.version === this.#version;
    this.#target ??= this.#targetAt(rangesOf(this.mark, this.#document));
    const outcome = await this.#leave(this.#target.insert(files));
    if (outcome === 'inserted') {
      this.#end(isAlone ? 'passed' : 'kept');
    }
    return outcome;
  }

  /** Takes the mark out, if it is still there. */
  async clear(): Promise<void> {
    if (this.#state !== 'ended') {
      const ranges = rangesOf(this.mark, this.#document);
      this.#target ??= this.#targetAt(ranges.map(({ start }) => new vscode.Range(start, start)));
      await this.#leave(removeMark(this.mark, this.#document));
      this.#end('passed');
    }
  }

  dispose(): void {
    this.#target?.dispose();
  }

  #targetAt(ranges: readonly vscode.Range[]): InsertionTarget {
    const document = this.#document;
    const editor =
      this.#editor?.document === document
        ? this.#editor
        : { document, selections: [], options: {}, viewColumn: undefined };
    return new InsertionTarget(editor, this.options.users, ranges);
  }

  /** What happens to the mark meanwhile is our doing. */
  async #leave<T>(leaving: Promise<T>): Promise<T> {
    if (this.#state === 'ended') {
      return leaving;
    }
    this.#state = 'leaving';
    try {
      return await leaving;
    } finally {
      this.#state = 'shown';
    }
  }

  #end(end: MarkEnd): void {
    if (this.#state !== 'ended') {
      this.#state = 'ended';
      this.options.onEnd(end);
    }
  }
}
