import { hash32 } from './hash.ts';
import { wordsOf } from './words.ts';

/** Buckets of the hashed vocabulary: 2^20. A word stem, a pair of stems and a run of 4 characters share them. */
export const BUCKETS = 1 << 20;

/** Terms of one text. Stems come first: `terms[0 .. stems)` are what the search index holds. */
export interface Features {
  /** Bucket numbers, distinct within each kind; shape [n]. */
  readonly terms: Int32Array;
  /** How often, 1 … 4 (more counts as 4); shape [n]. */
  readonly counts: Uint8Array;
  readonly stems: number;
  /** The pairs follow the stems, the character runs follow the pairs. */
  readonly pairs: number;
}

const KIND = { stem: 0, pair: 1, run: 2 } as const;

const STEM_LENGTH = 6; // the beginning of a word stands for its forms; measured in docs/lab.md
const RUN_LENGTH = 4;
const MOST_STEMS = 40;

/**
 * The beginning of a word, which its inflected forms share. Unlike a stemmer it needs no language.
 *
 * @example
 * stemOf('delivered') === stemOf('delivery'); // true
 */
export function stemOf(word: string): string {
  return word.length > STEM_LENGTH ? word.slice(0, STEM_LENGTH) : word;
}

/**
 * Bucket of a stem in the hashed vocabulary.
 *
 * @example
 * bucketOfStem('refund') < BUCKETS; // true
 */
export function bucketOfStem(stem: string): number {
  return hash32(stem) % BUCKETS;
}

/**
 * Bucket of two neighbouring stems.
 *
 * @example
 * bucketOfPair('not', 'work') !== bucketOfPair('work', 'not'); // true
 */
export function bucketOfPair(first: string, second: string): number {
  return hash32(`${first} ${second}`, 0x2f0b4a87) % BUCKETS;
}

/**
 * @param text any text
 * @returns    its terms: up to 40 stems, then pairs, then character runs, `most` in all; O(length)
 *
 * @example
 * featuresOf('card not working').stems; // 3
 */
export function featuresOf(text: string, most: number): Features {
  const stems = wordsOf(text).map(stemOf);
  const counts: Map<number, number>[] = [new Map(), new Map(), new Map()];
  for (let i = 0; i < stems.length; i++) {
    if (counts[KIND.stem].size < MOST_STEMS) add(counts[KIND.stem], bucketOfStem(stems[i]));
    if (i > 0) add(counts[KIND.pair], bucketOfPair(stems[i - 1], stems[i]));
  }
  const line = ` ${stems.join(' ')} `;
  for (let i = 0; i + RUN_LENGTH <= line.length; i++) {
    add(counts[KIND.run], hash32(line.slice(i, i + RUN_LENGTH), 0x5bd1e995) % BUCKETS);
  }
  return pack(counts, most);
}

function add(counts: Map<number, number>, term: number): void {
  counts.set(term, (counts.get(term) ?? 0) + 1);
}

/** Of pairs and runs that do not all fit, an even sample is kept, so that a long text is known from its whole length. */
function pack(counts: readonly Map<number, number>[], most: number): Features {
  const stems = counts[KIND.stem].size;
  const room = most - stems;
  const pairs = Math.min(counts[KIND.pair].size, room >> 1);
  const runs = Math.min(counts[KIND.run].size, room - pairs);
  const n = stems + pairs + runs;
  const terms = new Int32Array(n);
  const often = new Uint8Array(n);
  let at = 0;
  for (const [kind, take] of [stems, pairs, runs].entries()) {
    const all = counts[kind];
    const end = at + take;
    let i = 0;
    let next = 0; // place of the next one taken
    for (const [term, count] of all) {
      if (at === end) break;
      if (i++ < next) continue;
      terms[at] = term;
      often[at++] = Math.min(4, count);
      next = Math.floor(((take - (end - at)) * all.size) / take);
    }
  }
  return { terms, counts: often, stems, pairs };
}
