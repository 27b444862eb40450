import * as vscode from 'vscode';
import type { Dropped } from './dropped';
import { marksIn, mayHoldMarks } from './uploadMark';

/** A drop or a paste for which our edit was offered; whether it is chosen, its mark will tell. */
export interface Offer {
  readonly mark: string;
  readonly dropped: Dropped;
}

/** VS Code's button beside what was dropped stays until the cursor moves: any of these may be chosen. */
const MOST_OFFERS = 20;
/** Bytes of a file without an address wait this long to be chosen, in milliseconds. */
const HOLD_BYTES = 2 * 60_000;

/**
 * What was offered and not yet taken. VS Code tells nobody which edit it applies, so every offer has
 * a mark of its own, and is chosen when a document shows it.
 */
export class Offers implements vscode.Disposable {
  readonly #offers = new Map<string, Offer>();
  #watching: vscode.Disposable | undefined;
  #holding: NodeJS.Timeout | undefined;

  /** @param onChosen told of every mark that appears otherwise than by undo and redo */
  constructor(private readonly onChosen: (offer: Offer, document: vscode.TextDocument) => void) {}

  /** Keeps an offer until it is chosen or too old; of bytes just those of the latest one. */
  add(offer: Offer): void {
    // Nothing is watched until there is something to see.
    this.#watching ??= vscode.workspace.onDidChangeTextDocument(change => this.#look(change));
    this.#offers.set(offer.mark, offer);
    for (const [mark] of [...this.#offers].slice(0, -MOST_OFFERS)) {
      this.#offers.delete(mark);
    }
    this.#releaseBytes(offer);
    clearTimeout(this.#holding);
    if (offer.dropped.bytes.length > 0) {
      this.#holding = setTimeout(() => this.#releaseBytes(), HOLD_BYTES);
      this.#holding.unref();
    }
  }

  has(mark: string): boolean {
    return this.#offers.has(mark);
  }

  dispose(): void {
    this.#watching?.dispose();
    clearTimeout(this.#holding);
    this.#releaseBytes();
  }

  #releaseBytes(except?: Offer): void {
    for (const offer of this.#offers.values()) {
      if (offer !== except) {
        offer.dropped.bytes.forEach(held => held.release());
      }
    }
  }

  #look({ document, contentChanges, reason }: vscode.TextDocumentChangeEvent): void {
    if (reason !== undefined) {
      return;
    }
    const inserted = contentChanges.filter(({ text }) => mayHoldMarks(text));
    for (const mark of new Set(inserted.flatMap(({ text }) => marksIn(text)))) {
      const offer = this.#offers.get(mark);
      if (offer !== undefined) {
        this.onChosen(offer, document);
      }
    }
  }
}
