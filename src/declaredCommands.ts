import { commands } from 'vscode';
import type { Disposable, ExtensionContext } from 'vscode';

/** Runs one command with what its caller passed. */
export type Run = (id: string, args: readonly unknown[]) => Promise<unknown>;

/**
 * Registers what package.json declares, which is the only list of our commands.
 * @param others are registered elsewhere: they need nothing of what `run` has built
 */
export function registerDeclaredCommands(
  { extension }: ExtensionContext,
  run: Run,
  others: readonly string[],
): Disposable[] {
  const { contributes } = extension.packageJSON as {
    readonly contributes: { readonly commands: readonly { readonly command: string }[] };
  };
  return contributes.commands
    .map(({ command }) => command)
    .filter(id => !others.includes(id))
    .map(id => commands.registerCommand(id, (...args: unknown[]) => run(id, args)));
}
