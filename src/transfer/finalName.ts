import { ConflictQuestion } from './conflictQuestion';
import { FileError } from './errors';
import { numbered, safeFileName, shortened } from './fileName';
import type { Occupant, Publisher } from './publisher';
import { Skipped } from './saveRequest';
import type { Placement } from './saveRequest';

/** Bytes of a name that every file system takes; for the second try with a name too long. */
const shortName = 64;

/** Numbered names to try; more copies than this are a mistake somewhere. */
const mostCopies = 9999;

/** The final name of a file in a folder: found, asked for, and given. */
export class FinalName {
  #wanted: string;
  readonly #question: ConflictQuestion | undefined;

  /** @param stop ends the transfer: its file is not wanted, or cannot be saved */
  constructor(
    private readonly placement: Placement,
    private readonly publisher: Publisher,
    signal: AbortSignal,
    private readonly stop: (reason: unknown) => void,
  ) {
    this.#wanted = wantedName(placement);
    if (!('replace' in placement)) {
      this.#question = new ConflictQuestion(placement.onConflict, signal);
    }
  }

  /**
   * Looks whether the name is taken, and if so asks, but does not wait for the answer.
   * @throws FileError `notAFile` when a chosen target cannot be replaced, `nameTooLong`
   */
  async prepare(): Promise<void> {
    const occupant = await this.#lookUp();
    if (this.#question === undefined) {
      if (occupant === 'other') {
        throw this.#notAFile();
      }
    } else if (occupant !== 'nothing') {
      void this.#heed(this.#question, occupant);
    }
  }

  /**
   * Gives the finished file its name.
   * @returns the name
   * @throws Skipped when the user leaves things as they are; FileError `notAFile`
   */
  async publish(): Promise<string> {
    const { publisher } = this;
    const question = this.#question;
    if (question === undefined) {
      return this.#replace();
    }
    if (question.answer === undefined && (await publisher.publishUnlessTaken(this.#wanted))) {
      return this.#wanted;
    }
    switch (await question.ask(this.#wanted)) {
      case 'keepBoth':
        return this.#keepBoth();
      case 'overwrite':
        return this.#replace();
      case 'skip':
        throw new Skipped();
    }
  }

  /** Some file systems allow less than the usual 255 bytes: one more try, much shorter. */
  async #lookUp(): Promise<Occupant> {
    try {
      return await this.publisher.occupant(this.#wanted);
    } catch (error) {
      const tooLong = error instanceof FileError && error.failure.kind === 'nameTooLong';
      if (!tooLong || 'replace' in this.placement) {
        throw error;
      }
      this.#wanted = safeFileName(shortened(this.#wanted, shortName), this.placement.fallbackName);
      return this.publisher.occupant(this.#wanted);
    }
  }

  /** An answer that makes the bytes useless ends them at once. */
  async #heed(question: ConflictQuestion, occupant: Occupant): Promise<void> {
    try {
      const choice = await question.ask(this.#wanted);
      if (choice === 'skip') {
        this.stop(new Skipped());
      } else if (choice === 'overwrite' && occupant === 'other') {
        this.stop(this.#notAFile());
      }
    } catch (error) {
      this.stop(error);
    }
  }

  async #keepBoth(): Promise<string> {
    for (let count = 0; count <= mostCopies; count++) {
      const name = count === 0 ? this.#wanted : numbered(this.#wanted, count);
      if (await this.publisher.publishUnlessTaken(name)) {
        return name;
      }
    }
    const path = this.publisher.display(this.#wanted);
    throw new FileError({ kind: 'unwritable', code: 'EEXIST' }, path);
  }

  async #replace(): Promise<string> {
    await this.publisher.publishReplacing(this.#wanted);
    return this.#wanted;
  }

  #notAFile(): FileError {
    return new FileError({ kind: 'notAFile' }, this.publisher.display(this.#wanted));
  }
}

/** The name a file has unless that is taken. */
export function wantedName(placement: Placement): string {
  return 'replace' in placement
    ? placement.replace
    : safeFileName(placement.name, placement.fallbackName);
}
