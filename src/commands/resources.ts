import * as vscode from 'vscode';

/** What a menu, a keybinding or another extension passed to a command. */
export interface Resources {
  readonly uris: readonly vscode.Uri[];
  /**
   * True when the user pointed at them in VS Code. A keybinding, a task or another extension passes
   * one argument and may name any file: those are confirmed first.
   */
  readonly pointedAt: boolean;
}

/**
 * Reads command arguments, all of which are distrusted. Shapes: Explorer `(Uri, Uri[])`, its empty
 * area `(Uri, [])` or, with several folders, `({}, [])`, a tab `(Uri, {groupId})`, Source Control `(state, state, …)`, palette `()`.
 */
export function resourcesFrom(args: readonly unknown[]): Resources {
  const [first, second] = args;
  const selected = Array.isArray(second) ? uris(second) : [];
  if (selected.length > 0) {
    return { uris: selected, pointedAt: true };
  }
  const states = uris(args.map(resourceUri));
  if (states.length > 0) {
    return { uris: states, pointedAt: args.length > 1 || !isPlain(first) };
  }
  return { uris: uris(Array.isArray(first) ? first : [first]), pointedAt: args.length > 1 };
}

/** The file in the active tab: text, notebook, picture or any custom editor. */
export function activeResource(): vscode.Uri | undefined {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  if (
    input instanceof vscode.TabInputText ||
    input instanceof vscode.TabInputCustom ||
    input instanceof vscode.TabInputNotebook
  ) {
    return input.uri;
  }
  return input instanceof vscode.TabInputTextDiff ? input.modified : undefined;
}

function uris(values: readonly unknown[]): vscode.Uri[] {
  return values.flatMap(value => asUri(value) ?? []);
}

/** Commands that cross extension hosts carry plain objects instead of Uris. */
export function asUri(value: unknown): vscode.Uri | undefined {
  if (value instanceof vscode.Uri) {
    return value;
  }
  if (typeof value !== 'object' || value === null || !('scheme' in value && 'path' in value)) {
    return undefined;
  }
  const { scheme, path } = value;
  const authority = 'authority' in value ? value.authority : '';
  const query = 'query' in value ? value.query : '';
  return typeof scheme === 'string' &&
    typeof path === 'string' &&
    typeof authority === 'string' &&
    typeof query === 'string'
    ? vscode.Uri.from({ scheme, path, authority, query })
    : undefined;
}

/** Source Control hands over objects of classes; what was written down somewhere is plain. */
function isPlain(value: unknown): boolean {
  return value instanceof Object && Object.getPrototypeOf(value) === Object.prototype;
}

function resourceUri(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'resourceUri' in value
    ? value.resourceUri
    : undefined;
}
