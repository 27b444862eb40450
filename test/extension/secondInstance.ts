import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { compileFunction } from 'node:vm';
import * as vscode from 'vscode';
import type { MemorySecrets } from '../unit/account/memorySecrets';
import { builtFile } from './signedIn';

interface Entry {
  activate(context: unknown): unknown;
}

/** What a second instance of the built entry asked for. */
export interface SecondInstance {
  /** Ids of the registered commands, in order. */
  readonly commands: readonly string[];
  /** What it loaded, beside itself, in order. */
  readonly modules: readonly string[];
  /** Values of the context key `pyrus.signedIn` so far. */
  readonly signedIn: readonly unknown[];
  /** What it put into the Accounts menu. */
  readonly provider: vscode.AuthenticationProvider;
  /** What it logged as errors. */
  readonly errors: readonly string[];
  /** To load and to activate, in milliseconds. */
  readonly milliseconds: number;
  dispose(): void;
}

/**
 * Loads and activates dist/extension.js once more, in the real API, but with secrets of its own,
 * and without what there can be only once: its command ids, its authentication provider, its log.
 */
export function activateSecondInstance(secrets: MemorySecrets): SecondInstance {
  const commands: string[] = [];
  const modules: string[] = [];
  const signedIn: unknown[] = [];
  const errors: string[] = [];
  const providers: vscode.AuthenticationProvider[] = [];
  const file = builtFile('extension.js');
  const load = createRequire(file);
  const api = watchedApi(
    id => commands.push(id),
    value => signedIn.push(value),
    provider => providers.push(provider),
    { error: (text: string) => errors.push(text), dispose: () => undefined },
  );
  const source = readFileSync(file, 'utf8');
  const started = performance.now();
  const module = { exports: {} as Entry };
  const body = compileFunction(source, ['require', 'module', 'exports'], { filename: file });
  const watchedRequire = (name: string): unknown => {
    modules.push(name);
    return name === 'vscode' ? api : load(name);
  };
  body.call(undefined, watchedRequire, module, module.exports);
  const subscriptions: vscode.Disposable[] = [];
  module.exports.activate({
    subscriptions,
    secrets,
    extensionMode: vscode.ExtensionMode.Production,
  });
  const milliseconds = performance.now() - started;
  const [provider] = providers;
  assert.ok(provider, 'it registered no authentication provider');
  return {
    commands,
    modules,
    signedIn,
    errors,
    provider,
    milliseconds,
    dispose: () => subscriptions.forEach(subscription => void subscription.dispose()),
  };
}

function watchedApi(
  onCommand: (id: string) => void,
  onSignedIn: (value: unknown) => void,
  onProvider: (provider: vscode.AuthenticationProvider) => void,
  log: object,
): typeof vscode {
  const commands = Object.create(vscode.commands, {
    registerCommand: {
      value: (id: string) => {
        onCommand(id);
        return new vscode.Disposable(() => undefined);
      },
    },
    executeCommand: {
      value: (id: string, key: unknown, value: unknown) => {
        if (id === 'setContext' && key === 'pyrus.signedIn') {
          onSignedIn(value);
        }
        return Promise.resolve();
      },
    },
  }) as typeof vscode.commands;
  const authentication = Object.create(vscode.authentication, {
    registerAuthenticationProvider: {
      value: (_id: string, _label: string, provider: vscode.AuthenticationProvider) => {
        onProvider(provider);
        return new vscode.Disposable(() => undefined);
      },
    },
  }) as typeof vscode.authentication;
  const window = Object.create(vscode.window, {
    createOutputChannel: { value: () => log },
  }) as typeof vscode.window;
  return Object.create(vscode, {
    commands: { value: commands },
    window: { value: window },
    authentication: { value: authentication },
  }) as typeof vscode;
}
