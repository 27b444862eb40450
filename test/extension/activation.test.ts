import { strict as assert } from 'node:assert';
import { createRequire } from 'node:module';
import { basename, dirname } from 'node:path';
import * as vscode from 'vscode';
import { startPyrus } from '../pyrus-server/pyrus';
import { Accounts } from '../../src/account/accounts';
import { MemorySecrets } from '../unit/account/memorySecrets';
import { measuredActivation } from './measuredActivation';
import { activateSecondInstance } from './secondInstance';
import { accountOf, builtFile, extensionUnderTest } from './signedIn';

describe('activation', () => {
  it('happens by itself after start-up', async () => {
    // VS Code tells nobody when it activates an extension, and to ask it to would spoil the test.
    for (let waited = 0; !extensionUnderTest().isActive && waited < 200; waited++) {
      await new Promise(resolve => setTimeout(resolve, 50));
    }
    assert.ok(extensionUnderTest().isActive);
    const { event, loadCode, callActivate } = await measuredActivation();
    assert.equal(event, 'onStartupFinished');
    console.log(`      activation: ${loadCode + callActivate} ms of the extension's own code`);
    console.log(`      (VS Code's figures: load code ${loadCode}, call activate ${callActivate})`);
  });

  it('registers every command of the manifest', async () => {
    await extensionUnderTest().activate();
    const { contributes } = extensionUnderTest().packageJSON as {
      contributes: { commands: { command: string }[] };
    };
    const declared = contributes.commands.map(({ command }) => command);
    assert.ok(declared.includes('pyrus.upload'));
    const known = new Set(await vscode.commands.getCommands(true));
    assert.deepEqual(
      declared.filter(id => !known.has(id)),
      [],
    );
  });

  it('asks no server anything and loads no network code, also when signed in', async () => {
    const pyrus = await startPyrus();
    const secrets = new MemorySecrets();
    await new Accounts(secrets).signIn(await accountOf(pyrus));
    const { requests, connections } = pyrus;
    const before = requests.length;
    const instance = activateSecondInstance(secrets);
    try {
      assert.deepEqual([...new Set(instance.modules)], ['vscode']);
      assert.ok(instance.commands.includes('pyrus.upload'));
      // Tells the menus after reading the accounts: the last thing start-up does.
      while (instance.signedIn.length === 0) {
        await new Promise(resolve => setImmediate(resolve));
      }
      assert.deepEqual(instance.signedIn, [true]);
      assert.deepEqual(instance.errors, []);
      assert.equal(pyrus.requests.length, before);
      assert.equal(pyrus.connections, connections);
      console.log(`      activation again: ${instance.milliseconds.toFixed(1)} ms`);
    } finally {
      instance.dispose();
      await pyrus.close();
    }
  });

  it('leaves the rest to the first use', () => {
    const entry = builtFile('extension.js');
    const load = createRequire(entry);
    const isPart = (file: string): boolean => file.startsWith(dirname(entry)) && file !== entry;
    const loaded = Object.entries(load.cache).filter(([file]) => isPart(file));
    const forget = (): void =>
      Object.keys(load.cache)
        .filter(isPart)
        .forEach(file => Reflect.deleteProperty(load.cache, file));
    forget();
    // The suite has stacks mapped; what a user has need not read a source map.
    process.setSourceMapsEnabled(false);
    try {
      const started = performance.now();
      const onFirstUse = load('./onFirstUse.js') as { build: unknown };
      const elapsed = performance.now() - started;
      assert.equal(typeof onFirstUse.build, 'function');
      console.log(`      first use: ${elapsed.toFixed(1)} ms to load the rest`);
      // What a first upload does not need waits until it is asked for.
      const names = Object.keys(load.cache)
        .filter(isPart)
        .map(file => basename(file));
      assert.equal(names.length, 2);
      assert.deepEqual(
        names.filter(name => !/^(onFirstUse|chunk-\w+)\.js$/.test(name)),
        [],
      );
    } finally {
      process.setSourceMapsEnabled(true);
      forget();
      loaded.forEach(([file, module]) => (load.cache[file] = module));
    }
  });

  it('tells the menus who comes and goes', async () => {
    const pyrus = await startPyrus();
    const secrets = new MemorySecrets();
    const instance = activateSecondInstance(secrets);
    const told = async (values: readonly boolean[]): Promise<void> => {
      while (instance.signedIn.length < values.length) {
        await new Promise(resolve => setImmediate(resolve));
      }
      assert.deepEqual(instance.signedIn, values);
    };
    try {
      await told([false]);
      const account = await accountOf(pyrus);
      const otherWindow = new Accounts(secrets.otherWindow());
      await otherWindow.signIn(account);
      await told([false, true]);
      await otherWindow.signOut(account.id);
      await told([false, true, false]);
    } finally {
      instance.dispose();
      await pyrus.close();
    }
  });
});
