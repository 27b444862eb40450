/** Rows of the fault catalogue that no test covers yet. Printed by every run; to be empty one day. */
export const notYet: readonly string[] = [];
