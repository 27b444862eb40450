/**
 * Templates: text with named placeholders and the tab stops of VS Code's snippets. Anything else
 * that snippets know (`${CLIPBOARD}`, choices, transforms) is just text here: nothing is evaluated.
 */

/** What users' templates may name. */
export const FIELDS = ['guid', 'name', 'md5', 'size', 'taskId'] as const;
/** Ours may name the names of all files, and the list of items, too. */
const OWN_FIELDS = [...FIELDS, 'names', 'items'] as const;
export type Field = (typeof OWN_FIELDS)[number];

export type TemplatePart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'field'; readonly field: Field }
  /** `$1`, `${1}`, `${1:text}`, `$0`. */
  | { readonly kind: 'stop'; readonly number: number; readonly initial: readonly TemplatePart[] };

/** So that templates of nothing but beginnings are read in no time, too. */
const LONGEST_INITIAL = 500;
const STOP = /\$(\d{1,4})|\$\{(\d{1,4})(\}|:)/y;
const FIELD = /\$\{(\w+)\}/y;

/**
 * Never fails: what is no placeholder and no tab stop is text.
 * @param isOwn one of ours, which may name more
 */
export function parseTemplate(template: string, isOwn = false): TemplatePart[] {
  return new TemplateReader(template, isOwn ? OWN_FIELDS : FIELDS).whole();
}

class TemplateReader {
  #at = 0;

  constructor(
    private readonly template: string,
    private readonly fields: readonly Field[],
  ) {}

  whole(): TemplatePart[] {
    const parts: TemplatePart[] = [];
    while (this.#at < this.template.length) {
      add(parts, this.#field() ?? this.#stop() ?? this.#character());
    }
    return parts;
  }

  #field(): TemplatePart | undefined {
    const from = this.#at;
    const word = this.#match(FIELD)?.[1];
    const field = this.fields.find(known => known === word);
    if (field === undefined) {
      this.#at = from;
      return undefined;
    }
    return { kind: 'field', field };
  }

  #stop(): TemplatePart | undefined {
    const from = this.#at;
    const found = this.#match(STOP);
    if (found === undefined) {
      return undefined;
    }
    const initial = found[3] === ':' ? this.#initial() : [];
    if (initial === undefined) {
      this.#at = from;
      return undefined;
    }
    return { kind: 'stop', number: Number(found[1] ?? found[2]), initial };
  }

  /** Text and placeholders up to the brace that ends it. @returns undefined when there is none */
  #initial(): TemplatePart[] | undefined {
    const parts: TemplatePart[] = [];
    const end = Math.min(this.template.length, this.#at + LONGEST_INITIAL);
    while (this.#at < end) {
      if (this.template.charAt(this.#at) === '}') {
        this.#at++;
        return parts;
      }
      add(parts, this.#field() ?? this.#foreign() ?? this.#character());
    }
    return undefined;
  }

  /** `${…}` that is none of ours, so that its brace is not taken for the end. */
  #foreign(): TemplatePart | undefined {
    const text = this.#match(/\$\{[^{}\n]*\}/y)?.[0];
    return text === undefined ? undefined : { kind: 'text', text };
  }

  /** One character; a backslash takes the meaning from `$`, `}` and itself. */
  #character(): TemplatePart {
    const escaped = this.#match(/\\([\\$}])/y)?.[1];
    return { kind: 'text', text: escaped ?? this.template.charAt(this.#at++) };
  }

  #match(rule: RegExp): RegExpExecArray | undefined {
    rule.lastIndex = this.#at;
    const found = rule.exec(this.template);
    if (found === null) {
      return undefined;
    }
    this.#at = rule.lastIndex;
    return found;
  }
}

function add(parts: TemplatePart[], part: TemplatePart): void {
  const last = parts.at(-1);
  if (part.kind === 'text' && last?.kind === 'text') {
    parts[parts.length - 1] = { kind: 'text', text: last.text + part.text };
  } else {
    parts.push(part);
  }
}
