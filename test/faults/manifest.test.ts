import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

interface Setting {
  readonly scope?: string;
}

interface Manifest {
  readonly activationEvents: readonly string[];
  readonly contributes: Readonly<Record<string, unknown>> & {
    readonly configuration: { readonly properties: Readonly<Record<string, Setting>> };
    readonly configurationDefaults?: unknown;
  };
  readonly capabilities: {
    readonly untrustedWorkspaces: {
      readonly supported: unknown;
      readonly description?: string;
      readonly restrictedConfigurations?: readonly string[];
    };
  };
}

/** Settings that a workspace may have a say in, each with the reason why that harms nobody. */
const HARMLESS: Readonly<Record<string, string>> = {};

describe('faults: what the manifest lets a workspace do', () => {
  const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest;
  const { properties } = manifest.contributes.configuration;
  const names = Object.keys(properties);

  it('W4 every setting is the user’s or the machine’s, or listed as harmless with a reason', () => {
    assert.ok(names.length > 0);
    const open = names.filter(name => {
      const { scope = 'window' } = properties[name] ?? {};
      return !['application', 'machine'].includes(scope) && HARMLESS[name] === undefined;
    });
    assert.deepEqual(open, []);
    assert.deepEqual(
      Object.keys(HARMLESS).filter(name => !names.includes(name)),
      [],
    );
  });

  it('W5 no setting says where files or credentials go', () => {
    const telling = /url|host|server|address|folder(?!Excludes)|path|proxy|token|key|login/i;
    assert.deepEqual(
      names.filter(name => telling.test(name)),
      [],
    );
  });

  it('W10 no vscode:// address of ours is answered', () => {
    assert.deepEqual(
      manifest.activationEvents.filter(event => event.startsWith('onUri')),
      [],
    );
  });

  it('W13 Restricted Mode is declared, and every setting is withheld in it', () => {
    const { supported, description, restrictedConfigurations } =
      manifest.capabilities.untrustedWorkspaces;
    assert.equal(supported, 'limited');
    assert.equal(description, '%trust%');
    assert.deepEqual([...(restrictedConfigurations ?? [])].sort(), [...names].sort());
  });
});
