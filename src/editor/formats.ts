import type { InsertableFile } from './insertableFile';

/** One way to write files down: built in, or a template of the user. */
export interface Format {
  /** Stable; built-in ones are named in `formatLabels.ts`, users' begin with `user:`. */
  readonly id: string;
  /** What the user calls it; undefined for what is built in. */
  readonly label?: string;
  /** VS Code's language ids it is offered first for; `*` is any. */
  readonly languages: readonly string[];
  /** A snippet with `${guid}`, `${name}` …; see `template.ts`. */
  readonly template: string;
}

export interface RenderOptions {
  /** Known task; without one there is a tab stop. */
  readonly taskId?: number;
  /** `snippet` for VS Code's snippet engine, `plain` for the clipboard: tab stops have become text. */
  readonly as: 'snippet' | 'plain';
}

const GUID: Format = { id: 'guid', languages: ['*'], template: '${guid}' };

/** Every format, those for the language first, its default first of all. */
export function formatsFor(languageId: string, users: readonly Format[] = []): Format[] {
  return [...users.filter(({ languages }) => languages.includes(languageId)), GUID];
}

/** The files in a format. */
export function render(
  format: Format,
  files: readonly InsertableFile[],
  options: RenderOptions,
): string {
  const task = options.taskId === undefined ? '' : String(options.taskId);
  return files
    .map(({ guid }) => format.template.replace('${guid}', guid).replace('${taskId}', task))
    .join('\n');
}
