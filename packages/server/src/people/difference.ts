/** What has to be given and taken so that one list becomes another. Pure. */
export interface Difference {
  readonly given: readonly string[];
  readonly taken: readonly string[];
}

export const differenceOf = (before: readonly string[], after: readonly string[]): Difference => ({
  given: [...new Set(after)].filter((one) => !before.includes(one)),
  taken: before.filter((one) => !after.includes(one)),
});
