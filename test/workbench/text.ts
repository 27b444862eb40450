/** A pattern for exactly this text; patterns stay as they are. For Playwright's `hasText`. */
export function exactly(text: string | RegExp): RegExp {
  return typeof text === 'string'
    ? new RegExp(
        `^\\s*${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll(' ', '\\s')}\\s*$`,
        'u',
      )
    : text;
}
