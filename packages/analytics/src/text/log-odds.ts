/**
 * Words that set a few texts apart from many: log-odds with an informative Dirichlet prior.
 *
 * Source: B. Monroe, M. Colaresi, K. Quinn, "Fightin' Words", Political Analysis 16, 2008, eq. 22: difference of the
 * log-odds and its standard error, prior counts in proportion to the stream. Departures: counts are texts holding the
 * word, not occurrences; half a text is added to both counts, because a word that the stream never had would otherwise
 * have no finite error.
 *
 * @param inside       texts of the group that hold the word, ≥ 0
 * @param insideTotal  texts of the group
 * @param outside      texts of the stream that hold it, ≥ 0
 * @param outsideTotal texts of the stream, > 0
 * @param strength     weight of the prior in texts, > 0
 * @returns            difference and standard error, both in nats; O(1)
 *
 * @example
 * logOdds(8, 10, 20, 1000).difference > logOdds(8, 10, 500, 1000).difference; // true: a rarer word tells more
 */
export function logOdds(
  inside: number,
  insideTotal: number,
  outside: number,
  outsideTotal: number,
  strength = 10,
): { difference: number; error: number } {
  const prior = strength * ((outside + 0.5) / (outsideTotal + 1));
  const a = inside + prior + 0.5;
  const b = outside + prior + 0.5;
  const odds = (x: number, total: number) => Math.log(x / Math.max(0.5, total + strength - x));
  return { difference: odds(a, insideTotal) - odds(b, outsideTotal), error: Math.sqrt(1 / a + 1 / b) };
}
