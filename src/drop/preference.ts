import * as vscode from 'vscode';

/** Whose setting says that our edit comes first; undefined when nobody's does. */
export type Preference = 'user' | 'workspace' | undefined;

/** VS Code's settings of that name; both list kinds of edits, the preferred ones. */
export type PreferenceSetting = 'dropIntoEditor.preferences' | 'pasteAs.preferences';

/**
 * Whether our kind of edit is preferred to all others, and by whom: a workspace has no say in what
 * is uploaded, not even through a setting of VS Code.
 */
export function preferenceFor(
  setting: PreferenceSetting,
  kind: vscode.DocumentDropOrPasteEditKind,
  document: vscode.TextDocument,
): Preference {
  const inspected = vscode.workspace
    .getConfiguration('editor', document.uri)
    .inspect<unknown>(setting);
  if (names(inspected?.globalValue, kind)) {
    return 'user';
  }
  const isNamed = [inspected?.workspaceValue, inspected?.workspaceFolderValue].some(value =>
    names(value, kind),
  );
  return isNamed ? 'workspace' : undefined;
}

function names(setting: unknown, { value }: vscode.DocumentDropOrPasteEditKind): boolean {
  return (
    Array.isArray(setting) &&
    setting.some(
      (name: unknown) =>
        typeof name === 'string' &&
        // The empty kind is everybody's: what comes first by itself stays first.
        name !== '' &&
        (name === value || value.startsWith(`${name}.`)),
    )
  );
}
