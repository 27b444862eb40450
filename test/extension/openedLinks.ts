import * as vscode from 'vscode';

/**
 * Keeps what the extension under test opens in the browser, and opens none of it. VS Code leaves
 * `vscode.env` open to this while a suite runs.
 */
export class OpenedLinks {
  readonly links: string[] = [];
  readonly #real = Object.getOwnPropertyDescriptor(vscode.env, 'openExternal');

  constructor() {
    const value = (uri: vscode.Uri): Promise<boolean> => {
      this.links.push(uri.toString(true));
      return Promise.resolve(true);
    };
    Object.defineProperty(vscode.env, 'openExternal', { value, configurable: true });
  }

  dispose(): void {
    Object.defineProperty(vscode.env, 'openExternal', this.#real ?? {});
  }
}
