import { hamming } from '../text/simhash.ts';
import type { Data } from './state.ts';

/** Who was heard: one author counts once a day, and a text that is passed around counts three times at most. */

const DAY = 86_400_000;
const MOST_COPIES = 3;
const COPY_BITS = 2; // fingerprints that differ in at most so many bits are of copies
const MOST_HITS = 400; // the latest decide; bounds the cost of a test

/** Rows in order of position, without repeated voices and further copies. O(n log n + n · distinct texts, at most 100). */
export function voicesOf(data: Data, slots: readonly number[]): number[] {
  const { position, print } = data.store;
  const heard = new Set<number>();
  const prints: number[] = [];
  const copies: number[] = [];
  const out: number[] = [];
  for (const slot of [...slots].sort((a, b) => position[a] - position[b]).slice(-MOST_HITS)) {
    const voice = voiceOf(data, slot);
    if (voice !== 0 && heard.has(voice)) continue;
    heard.add(voice);
    let like = 0;
    while (like < prints.length && hamming(prints[like], print[slot]) > COPY_BITS) like++;
    if (like === prints.length && like < 100) {
      prints.push(print[slot]);
      copies.push(0);
    }
    if (like < prints.length && ++copies[like] > MOST_COPIES) continue;
    out.push(slot);
  }
  return out;
}

/** Number of author and day, 0 when the author is unknown. */
export function voiceOf(data: Data, slot: number): number {
  const author = data.store.author[slot];
  return author === 0 ? 0 : author * 65_536 + (Math.floor(data.store.at[slot] / DAY) & 0xffff);
}
