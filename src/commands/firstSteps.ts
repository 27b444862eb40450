import * as vscode from 'vscode';

/** What the walkthrough ticks off, beside signing in. */
export type FirstStep = 'hasUploaded' | 'hasInserted' | 'hasAttached' | 'hasDownloaded';

/** Ticks off what the user really got done, not what was begun; VS Code remembers it. */
export function tickOff(step: FirstStep): void {
  void vscode.commands.executeCommand('setContext', `pyrus.${step}`, true);
}
