import type { StringRule } from './syntax';

/** The next place inside a string that matters to its reader. */
export interface Stop {
  /** `cut` where the text or the line ends too early. */
  readonly kind: 'close' | 'cut' | 'hole';
  readonly start: number;
  readonly end: number;
}

/** The next line goes on with a string of 1C: `|`, maybe behind empty lines and comments. */
const BAR = /\r?\n(?:[ \t]{0,200}(?:\/\/.{0,200})?\r?\n){0,9}[ \t]{0,200}\|/y;

/** Where a string ends that is open at `from`, or where code begins in it. */
export function nextStop(text: string, rule: StringRule, close: string, from: number): Stop {
  const hasBackslashes = rule.escape !== 'doubled' && rule.escape !== 'none';
  for (let at = from; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === '\\' && hasBackslashes) {
      at++;
    } else if (character === close.charAt(0) && text.startsWith(close, at)) {
      if (rule.escape !== 'doubled' || !text.startsWith(close, at + 1)) {
        return { kind: 'close', start: at, end: at + close.length };
      }
      at++;
    } else if (character === '\n' && endsAtLine(text, rule, at)) {
      return { kind: 'cut', start: at, end: at };
    } else {
      const hole = rule.hole && matchAt(rule.hole, text, at);
      if (hole !== undefined) {
        return { kind: 'hole', start: at, end: hole };
      }
    }
  }
  return { kind: 'cut', start: text.length, end: text.length };
}

function endsAtLine(text: string, rule: StringRule, at: number): boolean {
  return rule.lines === 'one' || (rule.lines === 'bar' && matchAt(BAR, text, at) === undefined);
}

/** @returns where a sticky expression that matches at `at` ends */
export function matchAt(rule: RegExp, text: string, at: number): number | undefined {
  rule.lastIndex = at;
  return rule.test(text) ? rule.lastIndex : undefined;
}
