/**
 * How much more the shares of days differ than Poisson's law says: tau², the variance of a share's daily factor.
 *
 * Method of moments over every value of every dimension and every day: (count − share · day's total)² less what chance
 * alone gives, over the square of what was expected. Shares, not totals: what moves everything moves no share.
 *
 * @param counts items of each value of one dimension on each day; shape [dimensions][values × days], values outermost
 * @param days   number of days; fewer than 4 give 0
 * @returns      tau² ≥ 0
 *
 * @example
 * dispersionOf([Float64Array.from([10, 10, 10, 10, 10, 10, 10, 10])], 4); // 0: less than chance
 */
export function dispersionOf(counts: readonly Float64Array[], days: number): number {
  if (days < 4) return 0;
  let above = 0;
  let weight = 0;
  for (const table of counts) {
    const totals = new Float64Array(days);
    table.forEach((count, i) => {
      totals[i % days] += count;
    });
    const all = totals.reduce((a, b) => a + b, 0);
    for (let from = 0; from < table.length; from += days) {
      const share = table.subarray(from, from + days).reduce((a, b) => a + b, 0) / all;
      if (!(share > 0 && share < 1)) continue;
      for (let day = 0; day < days; day++) {
        const fair = share * totals[day];
        // estimating the share takes one day's worth of freedom
        above += (table[from + day] - fair) ** 2 - (fair * (1 - share) * (days - 1)) / days;
        weight += (fair * (1 - share)) ** 2;
      }
    }
  }
  return weight > 0 ? Math.max(0, above / weight) : 0;
}
