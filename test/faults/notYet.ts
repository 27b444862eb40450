/** Rows of the fault catalogue that no test covers yet. Printed by every run; to be empty one day. */
export const notYet: readonly string[] = [
  ...rows('C', 7),
  'C11',
  'C13',
  'L5',
];

function rows(section: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${section}${index + 1}`);
}
