import { isRecord } from '../pyrus/wire';
import type { Format } from './format';

/** Why an entry of `pyrus.insert.templates` is not used. */
export interface TemplateProblem {
  /** Where it is, as a person would look for it: `python[0]`. */
  readonly at: string;
  readonly kind: 'notAnObject' | 'notAList' | 'noLabel' | 'noTemplate' | 'tooLong' | 'tooMany';
}

export interface UserTemplates {
  readonly formats: readonly Format[];
  readonly problems: readonly TemplateProblem[];
}

/** What fits into a snippet that somebody still wants to read. */
const LONGEST = 20_000;
/** As many as a person can choose from. */
const MOST = 200;

/**
 * Reads the setting: `{ "python": [{ "label": "…", "template": "…" }], "*": […] }`; a template may
 * be a list of lines. Never throws: what is wrong is told and left out.
 */
export function userTemplates(value: unknown): UserTemplates {
  if (value === undefined || value === null) {
    return { formats: [], problems: [] };
  }
  if (!isRecord(value)) {
    return { formats: [], problems: [{ at: '', kind: 'notAnObject' }] };
  }
  const formats: Format[] = [];
  const problems: TemplateProblem[] = [];
  for (const [languageId, entries] of Object.entries(value)) {
    if (!Array.isArray(entries)) {
      problems.push({ at: languageId, kind: 'notAList' });
      continue;
    }
    for (const [index, entry] of entries.entries()) {
      const read = template(languageId, index, entry);
      if ('kind' in read) {
        problems.push(read);
      } else {
        formats.push(read);
      }
    }
  }
  return formats.length <= MOST
    ? { formats, problems }
    : { formats: formats.slice(0, MOST), problems: [...problems, { at: '', kind: 'tooMany' }] };
}

function template(languageId: string, index: number, entry: unknown): Format | TemplateProblem {
  const at = `${languageId}[${index}]`;
  if (!isRecord(entry)) {
    return { at, kind: 'notAnObject' };
  }
  const { label, template: source } = entry;
  const text = isLines(source) ? source.join('\n') : source;
  if (typeof label !== 'string' || label.trim() === '') {
    return { at, kind: 'noLabel' };
  }
  if (typeof text !== 'string' || text.trim() === '') {
    return { at, kind: 'noTemplate' };
  }
  return text.length > LONGEST
    ? { at, kind: 'tooLong' }
    : {
        id: `user:${languageId}:${label}`,
        label,
        languages: [languageId],
        ...(languageId === '*' ? {} : { language: languageId }),
        template: text,
      };
}

function isLines(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every(line => typeof line === 'string');
}
