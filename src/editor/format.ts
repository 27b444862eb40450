/** One way to write uploaded files down: built in, or a template of the user. */
export interface Format {
  /** Stable; built-in ones have their names in `formatLabels.ts`, users' begin with `user:`. */
  readonly id: string;
  /** What the user calls it; undefined for what is built in. */
  readonly label?: string;
  /** VS Code's language ids it is offered first for; `*` is any. */
  readonly languages: readonly string[];
  /** What it is written in, so that names are escaped as that needs; undefined: as the document. */
  readonly language?: string;
  /** Text, placeholders and tab stops: see `template.ts`. Levels of indentation are tabs. */
  readonly template: string;
  /** For each file, where the template says `${items}`; without it the template is for each file. */
  readonly item?: string;
  readonly separator?: string;
  /** In place of the template where a line break would end what is written: in JSON Lines. */
  readonly oneLine?: string;
  /** In place of the template when there is just one file. */
  readonly one?: string;
  /** One level, where no editor knows better. */
  readonly indent?: string;
}

/** The templates of the user, as the setting has them whenever they are asked for. */
export type UserFormats = () => Promise<readonly Format[]>;
