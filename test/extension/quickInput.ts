import * as vscode from 'vscode';

/** VS Code tells nobody that an input box is up: Enter is pressed until the command is over. */
export function accepting<T>(command: Thenable<T>): Promise<T> {
  return pressing('workbench.action.acceptSelectedQuickOpenItem', command);
}

/** The same with Esc. */
export function leaving<T>(command: Thenable<T>): Promise<T> {
  return pressing('workbench.action.closeQuickOpen', command);
}

async function pressing<T>(key: string, command: Thenable<T>): Promise<T> {
  const timer = setInterval(() => void vscode.commands.executeCommand(key), 50);
  try {
    return await command;
  } finally {
    clearInterval(timer);
  }
}
