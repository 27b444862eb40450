import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { projectFolder } from '../host/project';

/** A language that the extension speaks. */
export type Language = 'en' | 'ru';

const read = (file: string): Readonly<Record<string, string>> =>
  JSON.parse(readFileSync(path.join(projectFolder, file), 'utf8')) as Record<string, string>;

/** The extension's own words in a language, so that one scenario can be played in each. */
export class Words {
  readonly #manifest: Readonly<Record<string, string>>;
  readonly #said: Readonly<Record<string, string>>;

  constructor(readonly language: Language) {
    this.#manifest = read(language === 'en' ? 'package.nls.json' : 'package.nls.ru.json');
    this.#said = language === 'en' ? {} : read('l10n/bundle.l10n.ru.json');
  }

  /** What package.json shows under a key, such as `command.upload`. */
  shown(key: string): string {
    return this.#found(this.#manifest[key], key);
  }

  /** What the palette lists a command as. */
  command(key: string): string {
    return `Pyrus: ${this.shown(key)}`;
  }

  /** What the code says for an English message, its places filled. */
  says(message: string, ...values: readonly (string | number)[]): string {
    const text = this.language === 'en' ? message : this.#found(this.#said[message], message);
    return text.replaceAll(/\{(\d)\}/g, (_, index: string) => String(values[Number(index)]));
  }

  /** The same for the label of a row, whose icon is no text on the screen. */
  label(message: string): RegExp {
    const text = this.says(message).replace(/^\$\([a-z-]+\) /, '');
    return new RegExp(text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  }

  #found(text: string | undefined, key: string): string {
    if (text === undefined) {
      throw new Error(`There are no ${this.language} words for “${key}”`);
    }
    return text;
  }
}

/**
 * The English words of which there is a Russian form, as they would be read on a screen: whatever of them a
 * Russian user sees has been forgotten. Words of one or two words may as well be VS Code's own.
 */
export function englishSentences(): readonly string[] {
  const english = [
    ...Object.entries(read('package.nls.json'))
      .filter(([key]) => !key.endsWith('.light') && !key.endsWith('.dark'))
      .flatMap(([, text]) => text.split('\n')),
    ...Object.keys(read('l10n/bundle.l10n.ru.json')).map(key => key.split('/', 1)[0] ?? ''),
  ];
  return english
    .map(text => text.split(/\{\d\}|\]\(|\*\*/)[0]?.trim() ?? '')
    .filter(text => text.split(' ').length >= 3 && !/^Pyrus Attachments$/.test(text));
}
