import * as vscode from 'vscode';

/**
 * What the user set. Everything that can widen what is sent is read from the user's own settings
 * only, so that no workspace, trusted or not, has a say.
 */
export function userSetting<T>(name: string, isValid: (value: unknown) => value is T): T {
  const inspected = vscode.workspace.getConfiguration('pyrus').inspect<unknown>(name);
  const value = inspected?.globalValue;
  const fallback = inspected?.defaultValue;
  if (isValid(value)) {
    return value;
  }
  if (isValid(fallback)) {
    return fallback;
  }
  throw new Error(`package.json has no valid default for pyrus.${name}`);
}

export function isStringList(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every(item => typeof item === 'string');
}

/** True when `name` is one of the patterns; `*` stands for anything, case does not matter. */
export function matchesAny(name: string, patterns: readonly string[]): boolean {
  return patterns.some(pattern => {
    const source = pattern.split('*').map(part => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
    return new RegExp(`^${source.join('.*')}$`, 'iu').test(name);
  });
}

export function isBoolean(value: unknown): value is boolean {
  return typeof value === 'boolean';
}

export function isWholeNumber(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}
