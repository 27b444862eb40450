import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { compileFunction } from 'node:vm';
import * as vscode from 'vscode';
import type { MemorySecrets } from '../unit/account/memorySecrets';
import { MemoryState } from './memoryState';
import { builtFile, extensionUnderTest } from './signedIn';

interface Entry {
  activate(context: unknown): unknown;
  deactivate(): Promise<void>;
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
  /** What it warned of; nobody presses a button. */
  readonly warnings: readonly string[];
  /** What it offers editors. */
  readonly editors: EditorProviders;
  /** To load and to activate, in milliseconds. */
  readonly milliseconds: number;
  /** Runs one of its commands. */
  run(id: string, ...args: readonly unknown[]): Promise<unknown>;
  /** As VS Code does when the window closes. */
  deactivate(): Promise<void>;
  dispose(): void;
}

/** What an instance would have registered with VS Code. */
export interface EditorProviders {
  readonly drop: vscode.DocumentDropEditProvider;
  readonly paste: vscode.DocumentPasteEditProvider;
}

/** Takes a message and its buttons; answers the button that is pressed. */
export type Answer = (text: string, buttons: readonly string[]) => Promise<string | undefined>;

/**
 * Loads and activates dist/extension.js once more, in the real API, but with secrets of its own,
 * and without what there can be only once: its command ids, its authentication provider, its view, its
 * log.
 * @param storage where it may keep files, when it is to run commands
 * @param onFailure presses a button of a message of failure; nobody does when left out
 * @param workspaceState what an earlier window has noted
 */
export function activateSecondInstance(
  secrets: MemorySecrets,
  storage?: vscode.Uri,
  onFailure: Answer = () => Promise.resolve(undefined),
  workspaceState: vscode.Memento = new MemoryState(),
): SecondInstance {
  const commands = new Map<string, Command>();
  const warnings: string[] = [];
  const modules: string[] = [];
  const signedIn: unknown[] = [];
  const errors: string[] = [];
  const providers: vscode.AuthenticationProvider[] = [];
  const editors: Partial<Mutable<EditorProviders>> = {};
  const file = builtFile('extension.js');
  const load = createRequire(file);
  const api = watchedApi(
    (id, command) => commands.set(id, command),
    value => signedIn.push(value),
    provider => providers.push(provider),
    text => warnings.push(text),
    onFailure,
    editors,
    logOf(text => errors.push(text)),
  );
  const started = performance.now();
  const built = new Map<string, { exports: unknown }>();
  const runBuilt = (filename: string): unknown => {
    const known = built.get(filename);
    if (known !== undefined) {
      return known.exports;
    }
    const module = { exports: {} };
    built.set(filename, module);
    const parameters = ['require', 'module', 'exports', '__dirname'];
    const body = compileFunction(readFileSync(filename, 'utf8'), parameters, { filename });
    const requireHere = (name: string): unknown => watchedRequire(name, dirname(filename));
    body.call(undefined, requireHere, module, module.exports, dirname(filename));
    return module.exports;
  };
  const watchedRequire = (name: string, folder: string): unknown => {
    modules.push(name);
    if (name.startsWith('.')) {
      return runBuilt(join(folder, name));
    }
    return name === 'vscode' ? api : load(name);
  };
  const entry = runBuilt(file) as Entry;
  const subscriptions: vscode.Disposable[] = [];
  entry.activate({
    subscriptions,
    secrets,
    globalStorageUri: storage,
    globalState: new MemoryState(),
    workspaceState,
    extension: extensionUnderTest(),
    extensionMode: vscode.ExtensionMode.Production,
  });
  const milliseconds = performance.now() - started;
  const [provider] = providers;
  assert.ok(provider, 'it registered no authentication provider');
  const { drop, paste } = editors;
  assert.ok(drop && paste, 'it offers editors nothing');
  return {
    commands: [...commands.keys()],
    modules,
    signedIn,
    errors,
    warnings,
    editors: { drop, paste },
    provider,
    milliseconds,
    run: (id, ...args) => Promise.resolve(commands.get(id)?.(...args)),
    deactivate: () => entry.deactivate(),
    dispose: () => subscriptions.forEach(subscription => void subscription.dispose()),
  };
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Commands of VS Code that an instance may run. */
const PASSED_ON = ['undo', 'redo'];

type Command = (...args: readonly unknown[]) => unknown;

const ignore = (): void => undefined;

function logOf(onError: (text: string) => void): object {
  return { error: onError, warn: ignore, info: ignore, show: ignore, dispose: ignore };
}

function watchedApi(
  onCommand: (id: string, command: Command) => void,
  onSignedIn: (value: unknown) => void,
  onProvider: (provider: vscode.AuthenticationProvider) => void,
  onWarning: (text: string) => void,
  onFailure: Answer,
  editors: Partial<Mutable<EditorProviders>>,
  log: object,
): typeof vscode {
  const commands = Object.create(vscode.commands, {
    registerCommand: {
      value: (id: string, command: Command) => {
        onCommand(id, command);
        return new vscode.Disposable(() => undefined);
      },
    },
    executeCommand: {
      value: (id: string, key: unknown, value: unknown) => {
        if (id === 'setContext' && key === 'pyrus.signedIn') {
          onSignedIn(value);
        }
        return PASSED_ON.includes(id) ? vscode.commands.executeCommand(id) : Promise.resolve();
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
    // A second one would take the view away from the first.
    createTreeView: { value: () => ({ onDidChangeVisibility: ignore, dispose: ignore }) },
    showWarningMessage: {
      value: (text: string) => {
        onWarning(text);
        return Promise.resolve(undefined);
      },
    },
    showErrorMessage: { value: (text: string, ...buttons: string[]) => onFailure(text, buttons) },
  }) as typeof vscode.window;
  const nothing = new vscode.Disposable(() => undefined);
  const languages = Object.create(vscode.languages, {
    registerDocumentDropEditProvider: {
      value: (_selector: unknown, provider: vscode.DocumentDropEditProvider) => {
        editors.drop = provider;
        return nothing;
      },
    },
    registerDocumentPasteEditProvider: {
      value: (_selector: unknown, provider: vscode.DocumentPasteEditProvider) => {
        editors.paste = provider;
        return nothing;
      },
    },
  }) as typeof vscode.languages;
  const workspace = Object.create(vscode.workspace, {
    // A scheme has one provider: the one of the first.
    registerFileSystemProvider: { value: () => nothing },
  }) as typeof vscode.workspace;
  const lm = Object.create(vscode.lm, {
    // Of each name there is one.
    registerTool: { value: () => nothing },
  }) as typeof vscode.lm;
  return Object.create(vscode, {
    lm: { value: lm },
    commands: { value: commands },
    workspace: { value: workspace },
    languages: { value: languages },
    window: { value: window },
    authentication: { value: authentication },
  }) as typeof vscode;
}
