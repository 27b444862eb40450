import { mkdir, writeFile } from 'node:fs/promises';
import * as path from 'node:path';

/**
 * Makes a server started with `--locale ru` report Russian to extensions, so that their own Russian
 * words are used. The editor's own texts stay English: the pack has none. Write it after installing
 * extensions, which rewrites the list of packs.
 */
export async function writeRussianPack(userDataDir: string): Promise<void> {
  const translations = path.join(userDataDir, 'russian', 'main.i18n.json');
  await mkdir(path.dirname(translations), { recursive: true });
  await writeFile(translations, JSON.stringify({ '': [''], version: '1.0.0', contents: {} }));
  const pack = {
    hash: 'none',
    extensions: [{ extensionIdentifier: { id: 'none.russian' }, version: '1.0.0' }],
    translations: { vscode: translations },
    label: 'русский',
  };
  await writeFile(path.join(userDataDir, 'languagepacks.json'), JSON.stringify({ ru: pack }));
}
