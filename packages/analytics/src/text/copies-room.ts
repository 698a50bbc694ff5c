/** The memory of a copy index: entries in a ring, found by chains of keys. Internal to copies.ts. */
import { BANDS, likenessOf, SKETCH } from './copies-print.ts';

/** Likeness (Jaccard) from which two texts are copies. */
export const ALIKE = 0.7;
/** So much of the smaller text must stand in the larger one, if it is long enough and the larger at most twice as long. */
const CONTAINED = 0.85;
const CONTAINED_LEAST = 40; // shingles
/** A match this close is not improved on by looking further. */
const CLOSE = 0.95;
/** At most so many texts are compared with one. */
const LOOKS = 64;
/** Of those that share one band only: a pair of likeness .8 shares one in 380 cases. */
const LOOKS_AT_ONE = 16;
/** Shingles after which a comparison is given up; one in 300 pairs of likeness .5 is lost by it, none of .7. */
const GLANCE = 24;
/** So many entries of one band are counted; the newest. */
const STEPS = 1_000;

export interface CopyIndexOptions {
  /** Texts that are remembered. */
  readonly window: number;
  /** For how long at most, in ms. */
  readonly forMs: number;
}

export interface SaidText {
  readonly id: string;
  /** The thing that was said; its revisions are not copies of each other. */
  readonly item: string;
  readonly text: string;
  /** When it arrived, in ms; never before what came earlier. */
  readonly at: number;
}

export const ITEM = BANDS;
const EXACT = BANDS + 1;
const CHAINS = BANDS + 2;

/** One entry per distinct text, in a ring; chains of entries by key run from the newest to the oldest. */
export interface Room {
  readonly options: CopyIndexOptions;
  readonly slots: number;
  readonly buckets: number;
  readonly heads: Int32Array;
  readonly next: Int32Array;
  readonly tags: Uint16Array;
  readonly print: Float64Array;
  readonly usedAt: Float64Array;
  /** Number of the text in the stream that last said it; 0 for a dead entry. */
  readonly used: Uint32Array;
  readonly shingles: Uint32Array;
  /** Where its sketch stands, counted over all that was ever written. */
  readonly sketchAt: Float64Array;
  readonly pool: Uint32Array;
  /** The text that last asked for it, and how many bands the two share. */
  readonly asked: Uint32Array;
  readonly votes: Uint8Array;
  readonly ids: string[];
  readonly item: string[];
  readonly group: (string | null)[];
  readonly exact: Uint8Array;
  readonly keys: Uint32Array;
  entries: number;
  texts: number;
  pooled: number;
}

/** A text as it is looked for: its sketch is made only if it is needed. */
export interface Query {
  readonly said: SaidText;
  readonly print: number;
  readonly hashes: Uint32Array;
  readonly shingles: number;
}

export function furnish(options: CopyIndexOptions): Room {
  // A tenth more than is remembered: a text that is said again and again is entered anew before its entry is overwritten.
  const slots = Math.ceil(options.window * 1.1) + 16;
  const buckets = 2 ** Math.max(4, Math.ceil(Math.log2(slots)));
  return {
    options,
    slots,
    buckets,
    heads: new Int32Array(CHAINS * buckets),
    next: new Int32Array(CHAINS * slots),
    tags: new Uint16Array(BANDS * slots),
    print: new Float64Array(slots),
    usedAt: new Float64Array(slots),
    used: new Uint32Array(slots),
    shingles: new Uint32Array(slots),
    sketchAt: new Float64Array(slots),
    pool: new Uint32Array(slots * SKETCH),
    asked: new Uint32Array(slots),
    votes: new Uint8Array(slots),
    ids: [],
    item: [],
    group: [],
    exact: new Uint8Array(slots),
    keys: new Uint32Array(BANDS),
    entries: 0,
    texts: 0,
    pooled: 0,
  };
}

export const isThere = (room: Room, entry: number): boolean => entry > room.entries - room.slots && entry > 0;

function isRemembered(room: Room, entry: number, at: number): boolean {
  const slot = entry % room.slots;
  const { window, forMs } = room.options;
  return room.used[slot] > 0 && room.used[slot] + window >= room.texts && room.usedAt[slot] >= at - forMs;
}

export const chainOf = (room: Room, chain: number, key: number): number =>
  chain * room.buckets + (key & (room.buckets - 1));
const keyOfPrint = (print: number): number => (print % 0x7fffffff) | 0;

export function findSame(room: Room, print: number, at: number): number {
  let entry = room.heads[chainOf(room, EXACT, keyOfPrint(print))];
  while (isThere(room, entry)) {
    const slot = entry % room.slots;
    if (room.print[slot] === print && isRemembered(room, entry, at)) return entry;
    entry = room.next[EXACT * room.slots + slot];
  }
  return 0;
}

/** FNV of the item's name: the items themselves are compared. */
export function keyOfItem(item: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < item.length; i++) h = Math.imul(h ^ item.charCodeAt(i), 0x01000193);
  return h;
}

export function enter(room: Room, { said, print, hashes, shingles }: Query): number {
  const entry = ++room.entries;
  const slot = entry % room.slots;
  room.print[slot] = print;
  room.used[slot] = room.texts;
  room.usedAt[slot] = said.at;
  room.ids[slot] = said.id;
  room.item[slot] = said.item;
  room.group[slot] = null;
  room.exact[slot] = 0;
  room.asked[slot] = 0;
  room.shingles[slot] = shingles;
  link(room, EXACT, keyOfPrint(print), entry);
  link(room, ITEM, keyOfItem(said.item), entry);
  if (shingles === 0) return entry;
  keepSketch(room, slot, hashes);
  for (let band = 0; band < BANDS; band++) {
    room.tags[band * room.slots + slot] = room.keys[band] >>> 16;
    link(room, band, room.keys[band], entry);
  }
  return entry;
}

function link(room: Room, chain: number, key: number, entry: number): void {
  const head = chainOf(room, chain, key);
  room.next[chain * room.slots + (entry % room.slots)] = room.heads[head];
  room.heads[head] = entry;
}

/** Sketches stand one behind the other; one that does not fit at the end stands at the beginning. */
function keepSketch(room: Room, slot: number, hashes: Uint32Array): void {
  const left = room.pool.length - (room.pooled % room.pool.length);
  if (left < hashes.length) room.pooled += left;
  room.sketchAt[slot] = room.pooled;
  room.pool.set(hashes, room.pooled % room.pool.length);
  room.pooled += hashes.length;
}

export interface Near {
  readonly slot: number;
  readonly likeness: number;
}

/** The best of the texts that share bands, if it is a copy: those that share the most bands are looked at first. */
export function findNear(room: Room, query: Query): Near | null {
  const voted = vote(room);
  let best: Near | null = null;
  let looks = 0;
  for (let votes = voted.most; votes > 0; votes--) {
    const most = votes === 1 ? looks + LOOKS_AT_ONE : LOOKS;
    for (const entry of voted.entries) {
      const slot = entry % room.slots;
      if (room.votes[slot] !== votes || !isRemembered(room, entry, query.said.at)) continue;
      const likeness = likenessTo(room, query, slot);
      if (likeness > (best?.likeness ?? 0)) best = { slot, likeness };
      if (likeness >= CLOSE || ++looks >= Math.min(most, LOOKS)) return best;
    }
  }
  return best;
}

/** Entries that share a band with the keys at hand, and in `votes` how many. */
function vote(room: Room): { entries: number[]; most: number } {
  const entries: number[] = [];
  let most = 0;
  for (let band = 0; band < BANDS; band++) {
    const tag = room.keys[band] >>> 16;
    let entry = room.heads[chainOf(room, band, room.keys[band])];
    for (let steps = 0; steps < STEPS && isThere(room, entry); steps++) {
      const slot = entry % room.slots;
      const place = band * room.slots + slot;
      if (room.tags[place] === tag) {
        if (room.asked[slot] !== room.texts) {
          room.asked[slot] = room.texts;
          room.votes[slot] = 0;
          entries.push(entry);
        }
        if (++room.votes[slot] > most) most = room.votes[slot];
      }
      entry = room.next[place];
    }
  }
  return { entries, most };
}

/** 0 unless they are copies. */
function likenessTo(room: Room, query: Query, slot: number): number {
  const shingles = room.shingles[slot];
  const [least, most] = shingles < query.shingles ? [shingles, query.shingles] : [query.shingles, shingles];
  if (least * 2 < most) return 0;
  const from = room.sketchAt[slot] % room.pool.length;
  const hashes = room.pool.subarray(from, from + Math.min(SKETCH, shingles));
  const { jaccard, contained } = likenessOf(query, { hashes, shingles }, GLANCE);
  if (jaccard >= ALIKE) return jaccard;
  return least >= CONTAINED_LEAST && contained >= CONTAINED ? jaccard : 0;
}
