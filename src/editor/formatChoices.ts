import type { Format } from './format';
import { formatLabel } from './formatLabels';
import { formatsFor } from './formats';
import type { InsertableFile } from './insertableFile';
import { render } from './render';

/** A way of writing files down, to choose from. */
export interface FormatChoice {
  readonly id: string;
  readonly label: string;
  /** Made for the language that was asked for. */
  readonly isForLanguage: boolean;
  /** The files as the clipboard is to hold them. */
  readonly written: (files: readonly InsertableFile[]) => string;
}

/** @param users the templates of the user */
export function formatChoices(users: readonly Format[], languageId = 'plaintext'): FormatChoice[] {
  return formatsFor(languageId, users).map(format => ({
    id: format.id,
    label: formatLabel(format),
    isForLanguage: format.languages.some(id => id === languageId || id === '*'),
    written: files => render(format, files, { as: 'plain', languageId }),
  }));
}
