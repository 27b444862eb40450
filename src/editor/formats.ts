import { BUILT_IN, GUID } from './builtInFormats';
import type { Format } from './format';

/** Every format, in the order to offer them: first those of the language, its default first of all. */
export function formatsFor(languageId: string, users: readonly Format[] = []): Format[] {
  const isOwn = ({ languages }: Format): boolean => languages.includes(languageId);
  const isForAll = ({ languages }: Format): boolean => languages.includes('*');
  const own = [...users.filter(isOwn), ...BUILT_IN.filter(isOwn)];
  const first = own.length > 0 ? [...own, ...users.filter(isForAll)] : users.filter(isForAll);
  const others = [GUID, ...BUILT_IN, ...users].filter(format => !first.includes(format));
  const all = [...first, ...new Set(others)];
  return languageId === 'jsonl' ? all.map(inOneLine) : all;
}

function inOneLine(format: Format): Format {
  const { oneLine } = format;
  return oneLine === undefined ? format : { ...format, template: oneLine, separator: ', ' };
}

/** What is inserted into plain code of a language; the GUID alone where there is nothing for it. */
export function defaultFormat(languageId: string, users: readonly Format[] = []): Format {
  return formatsFor(languageId, users)[0] ?? GUID;
}

export { GUID };
