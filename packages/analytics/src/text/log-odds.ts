/**
 * Words that set a few texts apart from many: log-odds with an informative Dirichlet prior, in standard deviations.
 *
 * Source: B. Monroe, M. Colaresi, K. Quinn, "Fightin' Words", Political Analysis 16, 2008, eq. 22: z of the difference
 * of log-odds, prior counts in proportion to the stream. Departures: counts are texts holding the word, not occurrences;
 * half a text is added to both counts, because a word that the stream never had would otherwise have no finite error.
 *
 * @param inside       texts of the group that hold the word, ≥ 0
 * @param insideTotal  texts of the group
 * @param outside      texts of the stream that hold it, ≥ 0
 * @param outsideTotal texts of the stream, > 0
 * @param strength     weight of the prior in texts, > 0
 * @returns            z; above 2 is telling; O(1)
 *
 * @example
 * logOddsZ(8, 10, 20, 1000) > logOddsZ(8, 10, 500, 1000); // true: a rarer word tells more
 */
export function logOddsZ(
  inside: number,
  insideTotal: number,
  outside: number,
  outsideTotal: number,
  strength = 10,
): number {
  const prior = strength * ((outside + 0.5) / (outsideTotal + 1));
  const a = inside + prior + 0.5;
  const b = outside + prior + 0.5;
  const logOdds = (x: number, total: number) => Math.log(x / Math.max(0.5, total + strength - x));
  return (logOdds(a, insideTotal) - logOdds(b, outsideTotal)) / Math.sqrt(1 / a + 1 / b);
}
