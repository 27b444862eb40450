/** What lies under a name: links are not followed, and count as files. */
export type Occupant = 'nothing' | 'file' | 'other';

/** A folder in which finished files get their names. */
export interface Publisher {
  /** The path of a name, for people. */
  display(name: string): string;
  /** @throws FileError `nameTooLong` */
  occupant(name: string): Promise<Occupant>;
  /**
   * Gives the finished file its name unless the name is taken: nothing is ever overwritten, and
   * the name never shows a part of the file.
   * @returns whether it has the name now; the temporary one may still be there, too
   */
  publishUnlessTaken(name: string): Promise<boolean>;
  /**
   * Puts the finished file in the place of what has the name, in one step. A link is replaced, what
   * it points to is not touched.
   * @throws FileError `notAFile` for a folder, a pipe, a device
   */
  publishReplacing(name: string): Promise<void>;
}
