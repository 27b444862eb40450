import { isRecord } from '../pyrus/wire';
import { ToolError } from './toolError';

/** Files of one call: as many as a person can read in the question. */
export const MOST_FILES = 20;

/** Ids are 32-bit in the official clients. */
const LARGEST_ID = 2_147_483_647;

/** All of it is shown in the question: nobody agrees to words unseen. */
const LONGEST_COMMENT = 2000;

const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * What a model passed to a tool. The schema in package.json says the same, but nothing says that
 * whoever called has kept to it. Every reader throws a ToolError.
 */
export class Input {
  readonly #values: Readonly<Record<string, unknown>>;

  constructor(input: unknown) {
    this.#values = isRecord(input) ? input : {};
  }

  id(name: string): number {
    return id(this.#values[name], `"${name}"`);
  }

  optionalId(name: string): number | undefined {
    return this.#has(name) ? this.id(name) : undefined;
  }

  /** Each once, at least one. */
  ids(name: string): number[] {
    return this.#list(name, value => id(value, `each of "${name}"`));
  }

  /** Each once, at least one. */
  paths(name: string): string[] {
    return this.#list(name, value => text(value, `each of "${name}"`));
  }

  optionalPaths(name: string): string[] {
    return this.#isEmpty(name) ? [] : this.paths(name);
  }

  /** Lower-case, each once. */
  optionalGuids(name: string): string[] {
    return this.#isEmpty(name)
      ? []
      : this.#list(name, value => {
          if (typeof value !== 'string' || !GUID.test(value)) {
            throw new ToolError(
              `Each of "${name}" must be a GUID as pyrus_upload_file answers them, such as "17b5c1ba-5dcd-4d19-a4c1-3d4f7b7b6a0f".`,
            );
          }
          return value.toLowerCase();
        });
  }

  optionalText(name: string): string | undefined {
    return this.#has(name) ? text(this.#values[name], `"${name}"`) : undefined;
  }

  /** The words of a comment, or none. */
  comment(name: string): string {
    const comment = this.optionalText(name) ?? '';
    if (comment.length > LONGEST_COMMENT) {
      throw new ToolError(`"${name}" has more than ${LONGEST_COMMENT} characters. Shorten it.`);
    }
    return comment;
  }

  /** Models like to fill in what they leave out. */
  #has(name: string): boolean {
    const value = this.#values[name];
    return value !== undefined && value !== null && value !== '';
  }

  #isEmpty(name: string): boolean {
    const value = this.#values[name];
    return !this.#has(name) || (Array.isArray(value) && value.length === 0);
  }

  #list<T>(name: string, read: (value: unknown) => T): T[] {
    const value = this.#values[name];
    if (!Array.isArray(value) || value.length === 0) {
      throw new ToolError(`"${name}" must be a list with at least one element.`);
    }
    if (value.length > MOST_FILES) {
      throw new ToolError(
        `"${name}" has ${value.length} elements; one call takes up to ${MOST_FILES}. Make several calls.`,
      );
    }
    return [...new Set(value.map(read))];
  }
}

function id(value: unknown, what: string): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 1 || value > LARGEST_ID) {
    throw new ToolError(`${what} must be a whole number: an id as Pyrus gives them.`);
  }
  return value;
}

function text(value: unknown, what: string): string {
  if (typeof value !== 'string' || value === '') {
    throw new ToolError(`${what} must be a text that is not empty.`);
  }
  return value;
}
