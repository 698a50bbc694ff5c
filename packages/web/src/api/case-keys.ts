/** Everything that shows cases hangs below this key. */
export const CASES = ['cases'] as const;
