import * as vscode from 'vscode';

/** Sets one of the user's settings. @returns puts back what it was */
export async function setUserSetting(
  name: string,
  value: unknown,
): Promise<() => PromiseLike<void>> {
  const configuration = vscode.workspace.getConfiguration('pyrus');
  const before: unknown = configuration.inspect(name)?.globalValue;
  const { Global } = vscode.ConfigurationTarget;
  await configuration.update(name, value, Global);
  return () => vscode.workspace.getConfiguration('pyrus').update(name, before, Global);
}

/** Runs something with one of the user's settings set, and puts back what it was, even if that fails. */
export async function withUserSetting<T>(
  name: string,
  value: unknown,
  run: () => PromiseLike<T>,
): Promise<T> {
  const undo = await setUserSetting(name, value);
  try {
    return await run();
  } finally {
    await undo();
  }
}
