import { mkdir, readFile, writeFile } from 'node:fs/promises';
import * as path from 'node:path';
import { russianWords } from './russianWords';

/**
 * Makes a server started with `--locale ru` report Russian to extensions, so that their own Russian
 * words are used. Of the editor's own texts those are Russian that stand around ours; the real pack comes
 * from a store, which tests do not ask. Write it after installing extensions, which rewrites the list of
 * packs.
 * @param editorFolder where the editor is, whose texts are translated
 */
export async function writeRussianPack(userDataDir: string, editorFolder: string): Promise<void> {
  const translations = path.join(userDataDir, 'russian', 'main.i18n.json');
  await mkdir(path.dirname(translations), { recursive: true });
  const contents = translated(await messagesOf(editorFolder));
  await writeFile(translations, JSON.stringify({ '': [''], version: '1.0.0', contents }));
  const pack = {
    hash: 'none',
    extensions: [{ extensionIdentifier: { id: 'none.russian' }, version: '1.0.0' }],
    translations: { vscode: translations },
    label: 'русский',
  };
  await writeFile(path.join(userDataDir, 'languagepacks.json'), JSON.stringify({ ru: pack }));
}

interface Message {
  readonly module: string;
  readonly key: string;
  readonly english: string;
}

/** VS Code lists its texts in the order of its lists of keys, module by module. */
async function messagesOf(editorFolder: string): Promise<Message[]> {
  const read = async (name: string): Promise<unknown> =>
    JSON.parse(await readFile(path.join(editorFolder, 'out', name), 'utf8'));
  const keys = (await read('nls.keys.json')) as readonly [string, readonly string[]][];
  const texts = (await read('nls.messages.json')) as readonly string[];
  return keys
    .flatMap(([module, ofModule]) => ofModule.map(key => ({ module, key })))
    .map((place, index) => ({ ...place, english: texts[index] ?? '' }));
}

function translated(messages: readonly Message[]): Record<string, Record<string, string>> {
  const russian = new Map(Object.entries(russianWords));
  const contents: Record<string, Record<string, string>> = {};
  for (const { module, key, english } of messages) {
    const text = russian.get(english.replaceAll('&&', ''));
    if (text !== undefined) {
      (contents[module] ??= {})[key] = text;
    }
  }
  return contents;
}
