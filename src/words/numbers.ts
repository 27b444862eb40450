import { env, l10n } from 'vscode';

/** One whole sentence for each form a language may need; English uses `one` and `other` only. */
export interface PluralForms {
  readonly one: () => string;
  readonly few: () => string;
  readonly many: () => string;
}

/**
 * Picks the sentence for a number in the display language: 1 файл, 2 файла, 5 файлов, 21 файл.
 * `l10n.t` has no plurals, so each form is a message of its own, told apart by its comment.
 */
export function plural(count: number, { one, few, many }: PluralForms): string {
  switch (pluralRules(env.language).select(count)) {
    case 'one':
      return one();
    case 'few':
      return few();
    default:
      return many();
  }
}

const rulesMade = new Map<string, Intl.PluralRules>();

/** Made once: a long list asks for them in every row. */
function pluralRules(language: string): Intl.PluralRules {
  const rules = rulesMade.get(language) ?? new Intl.PluralRules(language);
  rulesMade.set(language, rules);
  return rules;
}

/** 5 files · 5 файлов */
export function fileCount(count: number): string {
  return plural(count, {
    one: () => l10n.t({ message: '{0} file', args: [count], comment: ['one'] }),
    few: () => l10n.t({ message: '{0} files', args: [count], comment: ['few'] }),
    many: () => l10n.t({ message: '{0} files', args: [count], comment: ['many'] }),
  });
}

/** 5 uploads · 5 загрузок */
export function uploadCount(count: number): string {
  return plural(count, {
    one: () => l10n.t({ message: '{0} upload', args: [count], comment: ['one'] }),
    few: () => l10n.t({ message: '{0} uploads', args: [count], comment: ['few'] }),
    many: () => l10n.t({ message: '{0} uploads', args: [count], comment: ['many'] }),
  });
}

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;

/** Made once each: a list of thousands of files asks for as many sizes. */
const sizeFormats = new Map<string, Intl.NumberFormat>();

/** 1.5 MB · 1,5 МБ. Thousands are 1024, as file managers show them. */
export function byteSize(bytes: number): string {
  const power = Math.min(UNITS.length - 1, bytes < 1 ? 0 : Math.floor(Math.log2(bytes) / 10));
  const value = bytes / 1024 ** power;
  return sizeFormat(UNITS[power] ?? 'byte', value < 10 && power > 0 ? 1 : 0).format(value);
}

function sizeFormat(unit: string, maximumFractionDigits: number): Intl.NumberFormat {
  const key = `${unit} ${maximumFractionDigits}`;
  const format =
    sizeFormats.get(key) ??
    new Intl.NumberFormat(env.language, {
      style: 'unit',
      unit,
      // "231 bytes" has a plural; "1.5 MB" needs none.
      unitDisplay: unit === 'byte' ? 'long' : 'short',
      maximumFractionDigits,
    });
  sizeFormats.set(key, format);
  return format;
}

/** 12 s · 3 min · 12 с · 3 мин */
export function duration(seconds: number): string {
  const [value, unit] = seconds < 90 ? [seconds, 'second'] : [seconds / 60, 'minute'];
  return new Intl.NumberFormat(env.language, {
    style: 'unit',
    unit,
    unitDisplay: 'short',
  }).format(Math.max(1, Math.round(value)));
}
