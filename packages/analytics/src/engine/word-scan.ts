import { mayReach } from '../stats/e-detector.ts';
import { type Alarm, beforeWeight, better, counts, pastWeight, ringStart, test, upperShare } from './scan.ts';
import type { EngineState } from './state.ts';
import { STRIDE } from './store.ts';
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
export function scanWords({ data, index }: EngineState, slot: number, threshold: number): Alarm | null {
  let best: Alarm | null = null;
  const { store } = data;
  const level = threshold + WORD_PRICE;
  for (let i = 0; i < store.stems[slot]; i++) {
    const list = index.lists.get(store.terms[slot * STRIDE + i]);
    if (!list || list.length < LEAST_WORD_HITS || list.length > MOST_LISTED) continue;
    const recent = list.filter((s) => counts(data, s));
    if (recent.length < LEAST_WORD_HITS) continue;
    const before = beforeWeight(data, list);
    const usual = upperShare(before, pastWeight(data));
    const positions = Float64Array.from(recent, (s) => store.position[s]).sort();
    if (!mayReach(positions, Math.min(ringStart(data), positions[0] - 1), usual, level)) continue;
    best = better(best, test(data, voicesOf(data, recent), WORD_RADIUS, [], usual, before, level, WORD_LIFT));
  }
  return best;
}
