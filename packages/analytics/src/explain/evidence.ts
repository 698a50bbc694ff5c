/**
 * How much a slice has grown beyond the rest, in nats.
 *
 * Source: the conditional (binomial) test of two Poisson counts of J. Przyborowski and H. Wilenski, Biometrika 31, 1940, as
 * a likelihood ratio. Departures: the rest of the stream is itself counted, so its doubt is charged too; and days differ
 * by more than Poisson's law, so the ratio is divided by the over-dispersion that past days showed.
 */

export interface Sums {
  readonly observed: number;
  /** Expected before growth. */
  readonly expected: number;
  /** Past items behind the expectation. */
  readonly past: number;
}

/**
 * @param slice      sums inside
 * @param total      sums of everything, the slice included
 * @param dispersion variance of a share between past days beyond Poisson's, relative to its square: tau², ≥ 0
 * @returns          nats ≥ 0 for "it grew more than the rest"; 0 when it did not, or when nothing is outside
 *
 * @example
 * evidenceOf({ observed: 40, expected: 10, past: 140 }, { observed: 240, expected: 210, past: 2940 }, 0); // 23.8…
 */
export function evidenceOf(slice: Sums, total: Sums, dispersion: number): number {
  return nats(slice.observed, slice.expected, slice.past, total.observed, total.expected, total.past, dispersion);
}

/** The same, with plain numbers: it is called some hundred thousand times. */
export function nats(
  observed: number,
  expected: number,
  past: number,
  allObserved: number,
  allExpected: number,
  allPast: number,
  dispersion: number,
): number {
  const outside = allObserved - observed;
  const outsideExpected = allExpected - expected;
  if (!(outsideExpected > 0 && outside > 0)) return 0;
  const growth = outside / outsideExpected;
  // per past item; without any past the weight of an ordinary one
  const rate = growth * (past > 0 ? expected / past : allExpected / allPast);
  const both = observed + past;
  const fair = (both * rate) / (1 + rate);
  if (!(observed > fair)) return 0;
  const gain = observed * Math.log(observed / fair) + (past > 0 ? past * Math.log(past / (both - fair)) : 0);
  const own = 1 / observed + 1 / (past + 0.5);
  const others = 1 / outside + 1 / Math.max(0.5, allPast - past);
  return (gain * own) / (own + others) / (1 + dispersion * fair);
}

/**
 * What a slice would hold in the window if it had grown as the rest: the part of its past and present items that falls to
 * the window then.
 */
export function fairOf({ observed, expected, past }: Sums, total: Sums): number {
  const growth = (total.observed - observed) / (total.expected - expected);
  const rate = growth * (past > 0 ? expected / past : total.expected / total.past);
  return ((observed + past) * rate) / (1 + rate);
}
