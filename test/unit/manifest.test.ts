import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '../../..');

interface MenuItem {
  readonly command: string;
  readonly when?: string;
  readonly group?: string;
}
interface Setting {
  readonly type?: string;
  readonly default?: unknown;
  readonly scope?: string;
  readonly order?: number;
  readonly markdownDescription?: string;
  readonly enum?: readonly string[];
  readonly markdownEnumDescriptions?: readonly string[];
}
interface Manifest {
  readonly [key: string]: unknown;
  readonly engines: { readonly vscode: string };
  readonly activationEvents: readonly string[];
  readonly keywords: readonly string[];
  readonly icon: string;
  readonly capabilities: {
    readonly untrustedWorkspaces: { readonly restrictedConfigurations: readonly string[] };
  };
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly contributes: {
    readonly commands: readonly {
      readonly command: string;
      readonly title: string;
      readonly category: string;
      readonly icon?: string;
    }[];
    readonly menus: Readonly<Record<string, readonly MenuItem[]>>;
    readonly keybindings: readonly { readonly when?: string }[];
    readonly configuration: {
      readonly title: string;
      readonly properties: Readonly<Record<string, Setting>>;
    };
  };
}

const read = (file: string): unknown => JSON.parse(readFileSync(join(root, file), 'utf8'));
const manifest = read('package.json') as Manifest;
const english = read('package.nls.json') as Readonly<Record<string, string>>;
const { commands, menus, keybindings, configuration } = manifest.contributes;
const settings = Object.entries(configuration.properties);
const text = (placeholder: string): string => english[placeholder.slice(1, -1)] ?? '';

/** What VS Code's Extension Authoring, the stores and the user's eye ask of package.json. */
describe('the manifest', () => {
  it('names commands as VS Code does: our prefix, a phrase with a verb, the category apart', () => {
    for (const { command, title, category } of commands) {
      assert.match(command, /^pyrus\.([a-z]+\.)?[a-z][A-Za-z]*$/);
      assert.match(title, /^%[\w.]+%$/, command);
      assert.equal(category, 'Pyrus', command);
      assert.match(text(title), /^[A-Z][\w“” ]+…?$/, `${command}: no prefix, no sign but …`);
    }
  });

  it('puts only commands that exist into menus, each into a group of its own name or VS Code’s', () => {
    const known = new Set(commands.map(({ command }) => command));
    for (const [menu, items] of Object.entries(menus)) {
      for (const { command, group } of items) {
        assert.ok(known.has(command), `${menu}: ${command}`);
        if (/^(explorer|editor|scm)\//.test(menu)) {
          assert.match(group ?? '', /^(z|6)_pyrus@\d$/, `${menu}: ${command}`);
        }
      }
    }
  });

  it('offers at most three items on anything', () => {
    const among = (menu: string, excluded: RegExp): number =>
      (menus[menu] ?? []).filter(({ when = '' }) => !excluded.test(when)).length;
    const onFile = /(^|&& )explorerResourceIsFolder/;
    const onFolder = /!explorerResourceIsFolder/;
    assert.ok(among('explorer/context', onFile) <= 3);
    assert.ok(among('explorer/context', onFolder) <= 3);
    for (const menu of ['editor/context', 'editor/title/context', 'scm/resourceState/context']) {
      assert.ok(among(menu, /^$/) <= 3, menu);
    }
    const inline = (menus['view/item/context'] ?? []).filter(({ group }) =>
      group?.startsWith('inline'),
    );
    assert.ok(new Set(inline.map(({ group }) => group)).size <= 3);
  });

  it('gives everything with a place in a row or a title an icon', () => {
    const icons = new Map(commands.map(({ command, icon }) => [command, icon]));
    for (const { command, group } of Object.values(menus).flat()) {
      if (/^(inline|navigation)/.test(group ?? '')) {
        assert.match(icons.get(command) ?? '', /^\$\([a-z-]+\)$/, command);
      }
    }
  });

  it('keeps out of the palette what needs a row to work on', () => {
    const hidden = (menus['commandPalette'] ?? [])
      .filter(({ when }) => when === 'false')
      .map(({ command }) => command);
    const ofRows = commands
      .map(({ command }) => command)
      .filter(command => command.startsWith('pyrus.uploads.') && command !== 'pyrus.uploads.clear');
    assert.deepEqual(hidden.sort(), ofRows.sort());
  });

  it('takes no key of the user but in its own view', () => {
    for (const { when } of keybindings) {
      assert.match(when ?? '', /^focusedView == pyrus\.uploads && /);
    }
  });

  it('describes every setting: type, default, place in the list, and that no workspace has a say', () => {
    assert.equal(configuration.title, 'Pyrus');
    for (const [name, setting] of settings) {
      assert.notEqual(setting.type, undefined, name);
      assert.notEqual(setting.default, undefined, name);
      assert.equal(setting.scope, 'application', name);
      assert.match(setting.markdownDescription ?? '', /^%[\w.]+%$/, name);
      assert.equal(setting.markdownEnumDescriptions?.length, setting.enum?.length, name);
    }
    const orders = settings.map(([, { order }]) => order);
    assert.equal(new Set(orders).size, orders.length, 'every order once');
  });

  it('says of every setting that Restricted Mode leaves it alone', () => {
    const { restrictedConfigurations } = manifest.capabilities.untrustedWorkspaces;
    assert.deepEqual([...restrictedConfigurations].sort(), settings.map(([name]) => name).sort());
  });

  it('has no setting that says where credentials or bytes go', () => {
    for (const [name] of settings) {
      assert.doesNotMatch(name, /url|host|server|address|proxy|token|key$/i);
    }
  });

  it('is activated by nothing that VS Code sees by itself', () => {
    for (const event of manifest.activationEvents) {
      assert.doesNotMatch(
        event,
        /^(\*|on(Command|View|AuthenticationRequest|LanguageModelTool|Walkthrough):)/,
      );
    }
  });

  it('compiles against the oldest editor it promises to run in', () => {
    const [, minor] = /^\^1\.(\d+)\.0$/.exec(manifest.engines.vscode) ?? [];
    assert.match(manifest.devDependencies['@types/vscode'] ?? '', new RegExp(`^~?1\\.${minor}\\.`));
  });

  it('asks for nothing that stores refuse or users distrust', () => {
    for (const key of ['enabledApiProposals', 'extensionDependencies', 'browser', 'sponsor']) {
      assert.equal(manifest[key], undefined, key);
    }
    const scripts = Object.keys(manifest['scripts'] as object);
    assert.deepEqual(
      scripts.filter(script => /^(pre|post)?install$|^vscode:uninstall$/.test(script)),
      [],
    );
    assert.ok(manifest.keywords.length <= 5);
    assert.match(text('%description%'), /unofficial/i);
  });

  it('has an icon that stores show: a square PNG of at least 128 pixels', () => {
    const png = readFileSync(join(root, manifest.icon));
    assert.equal(png.toString('latin1', 1, 4), 'PNG');
    assert.equal(png.readUInt32BE(16), png.readUInt32BE(20));
    assert.ok(png.readUInt32BE(16) >= 128);
  });
});
