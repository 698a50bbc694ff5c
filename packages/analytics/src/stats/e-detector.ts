/**
 * E-detector for a raised share: is the share of a group in the stream above what it may be?
 *
 * Sources: J. Shin, A. Ramdas, A. Rinaldo, "E-detectors", 2022; A. N. Shiryaev 1963, S. W. Roberts 1966. Each stream
 * item multiplies the evidence by q/p when it is in the group and by (1−q)/(1−p) when it is not, where p is the largest
 * share that counts as usual and q a raised one; M ← (M + 1)·L starts a fresh test at every item. Five raised shares
 * (2, 4, 8, 32 and 128 times p) are mixed with equal weights. Alarm at M ≥ A: on average at least A items between
 * false alarms, whatever the law of the items, as long as p bounds their chance of being in the group.
 *
 * Departure: between hits the recursion has the closed form M_k = c^k·M + c·(1 − c^k)/(1 − c), c = (1−q)/(1−p), so the
 * cost is O(5) per hit and nothing for the items between them.
 */

const MULTIPLES = [2, 4, 8, 32, 128];
const LARGEST = 1e250; // beyond it evidence is beyond doubt; kept finite

export interface Evidence {
  /** ln M at the last hit, in nats; −Infinity without a hit. */
  readonly log: number;
  /** Which hit began the excursion (index into `hits`), or −1. */
  readonly onset: number;
}

/**
 * @param hits  stream positions of the items in the group, ascending; shape [n]
 * @param start position before the first one looked at; hits are counted from start + 1
 * @param usual upper bound of the usual share, in (0, 1)
 * @returns     evidence after the last hit, and where the excursion began; O(5 n)
 * @throws RangeError when usual is not in (0, 1) or hits do not ascend
 *
 * @example
 * surgeEvidence([991, 992, 993, 995], 700, 0.001).log; // 15.8: four in five items against one in a thousand
 */
export function surgeEvidence(hits: ArrayLike<number>, start: number, usual: number): Evidence {
  if (!(usual > 0 && usual < 1)) throw new RangeError(`usual must lie between 0 and 1, got ${usual}`);
  const n = hits.length;
  let total = 0;
  let best = -Infinity;
  let onset = -1;
  for (const multiple of MULTIPLES) {
    const raised = Math.min(0.95, multiple * usual);
    if (raised <= usual) continue;
    const hit = raised / usual;
    const miss = (1 - raised) / (1 - usual);
    const logMiss = Math.log(miss);
    let m = 0;
    let s = 0; // CUSUM of the same likelihood ratio: its last zero is the best estimate of where the rise began
    let begun = 0;
    let last = start;
    for (let i = 0; i < n; i++) {
      const gap = hits[i] - last - 1;
      if (!(gap >= 0)) throw new RangeError(`hits must ascend from start, got ${hits[i]} after ${last}`);
      const shrunk = Math.exp(gap * logMiss);
      m = (shrunk * m + (miss * (1 - shrunk)) / (1 - miss) + 1) * hit;
      if (m > LARGEST) m = LARGEST;
      s += gap * logMiss;
      if (s <= 0) {
        s = 0;
        begun = i;
      }
      s += Math.log(hit);
      last = hits[i];
    }
    total += m / MULTIPLES.length;
    if (s > best && n > 0) {
      best = s;
      onset = begun;
    }
  }
  return { log: total > 0 ? Math.log(total) : -Infinity, onset };
}

/**
 * Whether the evidence after the last hit can reach a level at all: a cheap upper bound of `surgeEvidence`. The
 * likelihood ratio since any start is at most that of the share observed since then, and there are as many starts as
 * items.
 *
 * @param hits  stream positions, ascending; shape [n]
 * @param start position before the first one looked at, as for `surgeEvidence`
 * @param usual upper bound of the usual share, in (0, 1)
 * @param level nats
 * @returns     false only when `surgeEvidence(hits, start, usual).log < level`; O(n)
 *
 * @example
 * mayReach([1, 500, 900], 0, 0.01, 12); // false: no denser than usual
 */
export function mayReach(hits: ArrayLike<number>, start: number, usual: number, level: number): boolean {
  const n = hits.length;
  if (n === 0 || usual >= 1) return false;
  const last = hits[n - 1];
  const enough = level - Math.log(last - start);
  for (let k = 1; k <= n; ) {
    // k … end hits lie in at least the span of k hits: if so many in so short a span are no evidence, none of them is
    const end = Math.min(n, k + (k >> 2));
    if (logRatio(end, Math.max(end, last - hits[n - k] + 1), usual) >= enough) {
      for (let j = k; j <= end; j++) if (logRatio(j, last - hits[n - j] + 1, usual) >= enough) return true;
    }
    k = end + 1;
  }
  return enough <= 0;
}

/** ln of the likelihood ratio of the share observed, k in span, against the usual one; 0 when it is not above. */
function logRatio(k: number, span: number, usual: number): number {
  const share = k / span;
  if (share <= usual) return 0;
  const missed = span - k;
  return k * Math.log(share / usual) + (missed > 0 ? missed * Math.log((1 - share) / (1 - usual)) : 0);
}
