import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';

export interface MeasuredActivation {
  readonly event: string;
  /** Milliseconds, whole. */
  readonly loadCode: number;
  readonly callActivate: number;
}

/** What VS Code itself measured, from its page "Startup Performance". */
export async function measuredActivation(): Promise<MeasuredActivation> {
  await vscode.commands.executeCommand('perfview.show');
  const page = await new Promise<string>(resolve => {
    const look = (): void => {
      const document = vscode.workspace.textDocuments.find(({ uri }) => uri.scheme === 'perf');
      if (document?.getText().includes('pyrus-tools.pyrus-attachments') === true) {
        watching.dispose();
        resolve(document.getText());
      }
    };
    const watching = vscode.Disposable.from(
      vscode.workspace.onDidOpenTextDocument(look),
      vscode.workspace.onDidChangeTextDocument(look),
    );
    look();
  });
  await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
  const lines = page.split('\n').map(line => line.split('|').map(cell => cell.trim()));
  const heading = lines.find(cells => cells.includes('Load Code')) ?? [];
  const row = lines.find(([, id]) => id === 'pyrus-tools.pyrus-attachments') ?? [];
  const cell = (name: string): string => {
    const text = row[heading.indexOf(name)];
    assert.ok(text, `VS Code no longer tells "${name}":\n${page}`);
    return text;
  };
  return {
    event: cell('Event'),
    loadCode: Number(cell('Load Code')),
    callActivate: Number(cell('Call Activate')),
  };
}
