import * as vscode from 'vscode';
import { replaceInWindow } from './waiting';

/** A modal question of the extension under test. */
export interface Modal {
  readonly text: string;
  readonly detail: string;
  readonly buttons: readonly string[];
}

type Show = (text: string, ...rest: readonly unknown[]) => unknown;

/** Answers modal questions, which VS Code refuses to show while a suite runs; other messages it shows. */
export class Modals {
  readonly asked: Modal[] = [];
  readonly #watching: vscode.Disposable;

  /** @param answer which button is pressed; undefined is Esc */
  constructor(private readonly answer: (modal: Modal) => string | undefined) {
    const watch = (name: 'showWarningMessage' | 'showInformationMessage'): vscode.Disposable =>
      replaceInWindow(name, (real: Show) => this.#watched(real));
    this.#watching = vscode.Disposable.from(
      watch('showWarningMessage'),
      watch('showInformationMessage'),
    );
  }

  dispose(): void {
    this.#watching.dispose();
  }

  #watched(show: Show): Show {
    return (text, ...rest) => {
      const [options, ...items] = rest;
      if (!isModal(options)) {
        return show(text, ...rest);
      }
      const modal = { text, detail: options.detail ?? '', buttons: items.map(titleOf) };
      this.asked.push(modal);
      const answer = this.answer(modal);
      return Promise.resolve(items.find(item => titleOf(item) === answer));
    };
  }
}

function isModal(options: unknown): options is vscode.MessageOptions {
  return (
    typeof options === 'object' && options !== null && 'modal' in options && options.modal === true
  );
}

function titleOf(item: unknown): string {
  return typeof item === 'object' && item !== null && 'title' in item
    ? String(item.title)
    : String(item);
}
