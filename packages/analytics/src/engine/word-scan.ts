import { mayReach } from '../stats/e-detector.ts';
import { bucketOfStem, stemOf } from '../text/features.ts';
import { wordsOf } from '../text/words.ts';
import { type Alarm, beforeWeight, better, pastWeight, ringStart, test, usualShare } from './evidence.ts';
import type { EngineState } from './state.ts';
import { BUCKET_SHIFT, STRIDE } from './store.ts';
import { voicesOf } from './voices.ts';

const WORD_PRICE = 3; // nats: a text has some ten to twenty words to look at
const LEAST_WORD_HITS = 5;
const WORD_LIFT = 5; // a word is shared by several subjects, so one of them must make up most of the hits
const MOST_LISTED = 1200;
const WORD_RADIUS = 0.22; // radius in which a group found by a word gathers its further members

/**
 * The test of `scan` on the items that share one word with this one: long and short texts on one thing have small
 * cosines, but the word that names it is in all of them.
 *
 * @param threshold nats that a neighbourhood has to reach; a word has to reach more
 * @returns the alarm with the largest margin, or null; O(listed items of the words)
 */
export function scanWords(state: EngineState, slot: number, threshold: number): Alarm | null {
  const { data, index } = state;
  const { pool, start, count } = index.postings;
  const { stems, terms } = data.store;
  const past = pastWeight(data);
  const level = threshold + WORD_PRICE;
  let best: Alarm | null = null;
  const names = namesOf(state);
  for (let i = slot * STRIDE; i < slot * STRIDE + stems[slot]; i++) {
    const term = terms[i] >>> BUCKET_SHIFT;
    if (names.has(term)) continue;
    if (count[term] < LEAST_WORD_HITS || count[term] > MOST_LISTED) continue;
    const from = start[term];
    const to = from + count[term];
    const recent = recentHits(state, from, to);
    if (recent < LEAST_WORD_HITS) continue;
    const before = beforeWeight(data, pool, from, to);
    const usual = usualShare(before, past);
    const positions = POSITIONS.subarray(0, recent);
    if (!mayReach(positions, Math.min(ringStart(data), positions[0] - 1), usual, level)) continue;
    const hits = voicesOf(data, Array.from(HITS.subarray(0, recent)));
    best = better(
      best,
      test(data, hits, { radius: WORD_RADIUS, slice: [], usual, before, threshold: level, lift: WORD_LIFT }),
    );
  }
  return best;
}

/** Filled anew by every call: rows of one list that count, and their positions, ascending. */
const HITS = new Int32Array(MOST_LISTED);
const POSITIONS = new Float64Array(MOST_LISTED);

function recentHits({ data: { store }, index: { postings } }: EngineState, from: number, to: number): number {
  const { recent, position } = store;
  const { pool } = postings;
  let n = 0;
  let ascends = true;
  for (let at = from; at < to; at++) {
    const slot = pool[at];
    if (recent[slot] === 0 || position[slot] < 0) continue;
    ascends &&= n === 0 || position[slot] > POSITIONS[n - 1];
    HITS[n] = slot;
    POSITIONS[n++] = position[slot];
  }
  if (!ascends) POSITIONS.subarray(0, n).sort(); // a new revision keeps the place of the old
  return n;
}

/** Words that name a value of a dimension: they say where, not what, and where is looked at inside subjects. */
function namesOf({ data: { dimensions }, index: { names } }: EngineState): ReadonlySet<number> {
  for (; names.upTo < dimensions.values.length; names.upTo++) {
    const words = wordsOf(dimensions.values[names.upTo]!);
    if (words.length === 1) names.terms.add(bucketOfStem(stemOf(words[0]!)));
  }
  return names.terms;
}
