import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { bundledExtension } from '../host/extensionBundle';

const root = join(__dirname, '../../..');
/** Modules of Node that have no business in a program that moves files. */
const UNWANTED = ['child_process', 'cluster', 'vm', 'inspector', 'repl', 'module', 'tls', 'dgram'];

/** What is published: the files as they are packed, not minified, so that names are seen. */
describe('faults: what the published code could do', () => {
  let text: string;
  let modules: readonly string[];

  const found = (pattern: RegExp): string[] => text.match(pattern) ?? [];

  before(async () => {
    const built = await bundledExtension({ minifyWhitespace: true, legalComments: 'none' });
    const files = built.flatMap(({ outputFiles }) => outputFiles);
    assert.ok(files.length > 10);
    text = files.map(file => file.text).join('\n');
    modules = built
      .flatMap(({ metafile }) => Object.values(metafile.outputs))
      .flatMap(({ imports }) => imports.filter(({ external }) => external))
      .map(({ path }) => path.replace(/^node:/, ''));
  });

  it('W7 starts no program: of Node it takes what moves bytes, and evaluates no text', () => {
    assert.ok(modules.includes('https') && modules.includes('vscode'));
    assert.deepEqual(
      modules.filter(name => UNWANTED.includes(name)),
      [],
    );
    const known = [...builtinModules, 'vscode', './onFirstUse.js'];
    assert.deepEqual(
      modules.filter(name => !known.includes(name)),
      [],
    );
    assert.deepEqual(found(/\beval\(|\bnew Function\b|\bFunction\(['"`]|process\.binding/g), []);
    assert.deepEqual(
      found(/\b(createTerminal|executeTask|ShellExecution|ProcessExecution)\b/g),
      [],
    );
  });

  it('takes the API of VS Code as it is: no module makes a copy of it', () => {
    const taken = found(/\w*\(?require\("vscode"\)/g);
    assert.ok(taken.length > 50);
    assert.deepEqual([...new Set(taken)], ['require("vscode")']);
  });

  it('W10 there is no handler of vscode:// addresses', () => {
    assert.deepEqual(found(/registerUriHandler/g), []);
  });

  it('W11 certificates are checked as VS Code checks them, and its proxy is not overridden', () => {
    assert.deepEqual(found(/rejectUnauthorized|checkServerIdentity/g), []);
    // Read, and said in a sentence; set nowhere.
    assert.deepEqual(found(/.{10}NODE_TLS_REJECT_UNAUTHORIZED.{5}/g), [
      'variable("NODE_TLS_REJECT_UNAUTHORIZED")===',
      ' is sent: NODE_TLS_REJECT_UNAUTHORIZED is 0',
    ]);
    const read = [...text.matchAll(/getConfiguration\(([^)]*)\)/g)].map(([, section]) => section);
    // Ours; what a search leaves out; whether a refactoring is shown first; whose setting prefers our
    // drop or paste; what a check of the connection shows of proxies and certificates.
    const known = new Set([
      '"http"',
      '"pyrus"',
      'section,folder',
      '"files.refactoring"',
      '"editor",document.uri',
    ]);
    assert.deepEqual(
      read.filter(section => !known.has(section ?? '')),
      [],
    );
  });

  it('W12 no variable of the environment is read, but those that a check of the connection names', () => {
    // Code that people may insert into theirs reads variables; to us it is text.
    const ofOthers = /\.PYRUS_(API_URL|TOKEN|LOGIN|SECURITY_KEY)\b/.source;
    const read = new RegExp(`.{0,30}\\bprocess\\w*\\.env\\b(?!${ofOthers})|.{0,30}\\.env\\[`, 'g');
    assert.deepEqual(found(read), ['function variable(key){return process.env']);
    assert.deepEqual(found(/loadEnvFile|dotenv/g), []);
    const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' });
    assert.deepEqual(
      sources.filter(
        file =>
          file.endsWith('.ts') &&
          readFileSync(join(root, 'src', file), 'utf8').includes('process.env'),
      ),
      [join('commands', 'connectionHost.ts'), join('editor', 'builtInFormats.ts')],
    );
  });

  it('H7 only the hover and the uploads view show Markdown, no HTML, and commands by name only', () => {
    // What they show of names and titles: test/extension/hover.test.ts and uploadsView.test.ts.
    assert.deepEqual(
      found(/register\w*(Webview|CustomEditor|CodeLens)\w*\(|createWebview|supportHtml/g),
      [],
    );
    assert.deepEqual(
      [...new Set(found(/register\w*(?:Hover|TreeData)\w*\(|createTreeView/g))].sort(),
      ['createTreeView', 'registerHoverProvider('],
    );
    const trusting = found(/\bisTrusted[=:](?!=).{0,30}/g);
    assert.deepEqual(
      trusting.filter(use => !use.startsWith('isTrusted={enabledCommands:COMMANDS}')),
      [],
    );
    assert.equal(trusting.length, 1);
  });
});
