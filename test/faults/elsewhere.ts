/** Rows of the fault catalogue that are tested in another place, and where. */
export const elsewhere: Readonly<Record<string, string>> = {};
