/**
 * E-detector for a raised share: is the share of a group in the stream above what it may be?
 *
 * Sources: J. Shin, A. Ramdas, A. Rinaldo, "E-detectors", 2022; A. N. Shiryaev 1963, S. W. Roberts 1966. Every start is a
 * test of its own: since then, `k` hits among `s` items. How often the group was hit before is known as a Gamma posterior
 * (shape, rate) of its usual share p, so under "as usual" k is negative binomial, and under "m times as usual" too; their
 * ratio is an e-value in closed form,
 *
 *     ln E = k·ln m + (shape + k)·ln((rate + s)/(rate + m·s)),
 *
 * which for a long past becomes the ratio of two Poisson laws. (That of two Bernoulli laws is larger: (1 − p + m·p) ≤
 * exp((m − 1)·p).) Five multiples (2, 4, 8, 32, 128) are mixed with equal weights; the evidence is the sum over all starts
 * (Shiryaev–Roberts). Alarm at sum ≥ A: on average at least A items between false alarms, averaged over what p may be.
 *
 * Departure: a fixed upper bound of p is sure enough for one group and not for thousands of rare ones; integrating over p
 * pays for what is not known only where it is not known. Starts between two hits are summed as a geometric series.
 */

const MULTIPLES = [2, 4, 8, 32, 128];

/** Gamma posterior of a usual share: `shape / rate` is its mean, `rate` counts items of the stream. */
export interface Usual {
  readonly shape: number;
  readonly rate: number;
}

export interface Evidence {
  /** ln of the sum over all starts at the last hit, in nats; −Infinity without a hit. */
  readonly log: number;
  /** Which hit began the excursion (index into `hits`), or −1. */
  readonly onset: number;
}

/**
 * @param hits  stream positions of the items in the group, ascending; shape [n]
 * @param start position before the first one looked at; starts are counted from start + 1
 * @param usual what is known of the usual share
 * @returns     evidence after the last hit, and where the excursion began; O(5 n)
 * @throws RangeError when shape or rate are not above 0 or hits do not ascend
 *
 * @example
 * surgeEvidence([991, 992, 993, 995], 700, { shape: 10, rate: 10_000 }).log; // four in five items against one in a thousand
 */
export function surgeEvidence(hits: ArrayLike<number>, start: number, { shape, rate }: Usual): Evidence {
  if (!(shape > 0 && rate > 0)) throw new RangeError(`shape and rate must lie above 0, got ${shape} and ${rate}`);
  const n = hits.length;
  let top = -Infinity;
  let sum = 0;
  let best = -Infinity;
  let onset = -1;
  const last = n > 0 ? hits[n - 1] : 0;
  for (let i = n - 1; i >= 0; i--) {
    const gap = hits[i] - (i > 0 ? hits[i - 1] : start);
    if (!(gap >= 1)) throw new RangeError(`hits must ascend from start, got ${hits[i]} after ${hits[i] - gap}`);
    const k = n - i;
    const s = last - hits[i] + 1;
    for (const m of MULTIPLES) {
      const log = k * Math.log(m) + (shape + k) * Math.log((rate + s) / (rate + m * s));
      if (log > best) {
        best = log;
        onset = i;
      }
      const fall = ((shape + k) * (m - 1) * rate) / ((rate + s) * (rate + m * s));
      const starts = fall < 1e-9 ? gap : Math.expm1(-fall * gap) / Math.expm1(-fall);
      const term = log + Math.log(starts / MULTIPLES.length);
      if (term > top) {
        sum = sum * Math.exp(top - term) + 1;
        top = term;
      } else sum += Math.exp(term - top);
    }
  }
  return { log: top + Math.log(sum), onset };
}

/**
 * Whether the evidence after the last hit can reach a level at all: a cheap upper bound of `surgeEvidence`. The e-value
 * since any start is at most that of the multiple observed since then, and there are as many starts as items.
 *
 * @param hits  stream positions, ascending; shape [n]
 * @param start position before the first one looked at, as for `surgeEvidence`
 * @param usual what is known of the usual share
 * @param level nats
 * @returns     false only when `surgeEvidence(hits, start, usual).log < level`; O(n)
 *
 * @example
 * mayReach([1, 500, 900], 0, { shape: 10, rate: 1000 }, 12); // false: no denser than usual
 */
export function mayReach(hits: ArrayLike<number>, start: number, usual: Usual, level: number): boolean {
  const n = hits.length;
  if (n === 0) return false;
  const last = hits[n - 1];
  const enough = level - Math.log(last - start);
  for (let k = 1; k <= n; ) {
    // k … end hits lie in at least the span of k hits: if so many in so short a span are no evidence, none of them is
    const end = Math.min(n, k + (k >> 2));
    if (most(end, last - hits[n - k] + 1, usual) >= enough) {
      for (let j = k; j <= end; j++) if (most(j, last - hits[n - j] + 1, usual) >= enough) return true;
    }
    k = end + 1;
  }
  return enough <= 0;
}

/** ln of the e-value at the multiple that fits k in span best; 0 when that is not above 1. */
function most(k: number, span: number, { shape, rate }: Usual): number {
  const m = (k * rate) / (shape * span);
  if (m <= 1) return 0;
  return k * Math.log(m) + (shape + k) * Math.log((rate + span) / (rate + m * span));
}
