import { bucketOfPair, bucketOfStem, stemOf } from '../text/features.ts';
import { logOddsZ } from '../text/log-odds.ts';
import { wordsOf } from '../text/words.ts';
import { cosinesTo } from './search.ts';
import type { Data, EngineState } from './state.ts';

/** Words that stand for a class of things that people wrote: they name nothing. */
const CLASSES = new Set(['urlclass', 'mailclass', 'longnumber']);
const MOST_READ = 120;
const MOST_COMPARED = 40;

/** A short name of a group from its own words. */
export interface Name {
  readonly label: string;
  readonly phrases: string[];
  readonly medoid: string;
}

/** @param slots rows of the group, at least one; the latest count. O(120 texts + 40² cosines) */
export function nameOf(state: EngineState, slots: readonly number[]): Name {
  const phrases = phrasesOf(state.data, slots.slice(-MOST_READ));
  const label = phrases.slice(0, 3).join(' · ').slice(0, 80).trim();
  return { label: label || '–', phrases, medoid: state.data.store.ids[medoidOf(state, slots.slice(-MOST_COMPARED))] };
}

/** The row with the largest sum of cosines to the others. */
export function medoidOf(state: EngineState, slots: readonly number[]): number {
  let best = slots[0];
  let most = -1;
  for (const slot of slots) {
    const sum = cosinesTo(state.index, state.data.store, slot, slots).reduce((a, b) => a + b, 0);
    if (sum > most + 1e-9) {
      most = sum;
      best = slot;
    }
  }
  return best;
}

interface Phrase {
  readonly text: string;
  readonly stems: readonly string[];
  readonly z: number;
  readonly texts: number;
}

function phrasesOf(data: Data, slots: readonly number[]): string[] {
  const forms = countForms(slots.map((slot) => data.store.texts[slot]));
  const { df, items } = data.vocabulary;
  const ranked: Phrase[] = [];
  for (const [key, { texts, surface }] of forms) {
    const stems = key.split(' ');
    const bucket = stems.length === 2 ? bucketOfPair(stems[0], stems[1]) : bucketOfStem(stems[0]);
    const outside = Math.max(0, df[bucket] - texts);
    const z = logOddsZ(texts, slots.length, outside, Math.max(1, items)) * (stems.length === 2 ? 1.1 : 1);
    const text = mostFrequent(surface);
    const empty = stems.some((stem) => data.common.has(bucketOfStem(stem))); // a learnt stop word names nothing
    if (!empty && texts >= Math.min(2, slots.length) && z > 1) ranked.push({ text, stems, z, texts });
  }
  ranked.sort((a, b) => b.z - a.z || (a.text < b.text ? -1 : 1));
  return withoutRepeats(ranked);
}

interface Forms {
  texts: number;
  readonly surface: Map<string, number>;
}

function countForms(texts: readonly string[]): Map<string, Forms> {
  const forms = new Map<string, Forms>();
  for (const text of texts) {
    const words = wordsOf(text);
    const here = new Map<string, string>();
    words.forEach((word, i) => {
      if (!isTelling(word)) return;
      here.set(stemOf(word), word);
      const next = words[i + 1];
      if (next !== undefined && isTelling(next)) here.set(`${stemOf(word)} ${stemOf(next)}`, `${word} ${next}`);
    });
    for (const [key, surface] of here) {
      const form = forms.get(key) ?? { texts: 0, surface: new Map() };
      form.texts++;
      form.surface.set(surface, (form.surface.get(surface) ?? 0) + 1);
      forms.set(key, form);
    }
  }
  return forms;
}

/** Bare numbers are left out too: they may be somebody's. */
function isTelling(word: string): boolean {
  return !CLASSES.has(word) && /\p{L}/u.test(word) && word.length <= 30 && !word.includes('@');
}

function mostFrequent(surface: ReadonlyMap<string, number>): string {
  return [...surface].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0][0];
}

/** The best six, none of which says again what a better one said. */
function withoutRepeats(ranked: readonly Phrase[]): string[] {
  const said = new Set<string>();
  const out: string[] = [];
  for (const { text, stems } of ranked) {
    if (out.length === 6) break;
    if (stems.some((stem) => said.has(stem))) continue;
    for (const stem of stems) said.add(stem);
    out.push(text);
  }
  return out;
}
