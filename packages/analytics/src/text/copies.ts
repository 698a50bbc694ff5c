/**
 * Finds who says what was said before, word for word or nearly, among the last texts of a stream: exact prints, and for
 * texts that are long enough to be nobody's common phrase, bands of MinHash with a verified likeness. Deterministic; its
 * answers depend on the last `window` texts only, so it can be rebuilt from them.
 */
import { plainOf } from './copies-plain.ts';
import { bandKeys, printOf, sketchOf } from './copies-print.ts';
import {
  type CopyIndexOptions,
  chainOf,
  enter,
  findNear,
  findSame,
  furnish,
  ITEM,
  isThere,
  keyOfItem,
  type Query,
  type Room,
  type SaidText,
} from './copies-room.ts';

export type { CopyIndexOptions, SaidText } from './copies-room.ts';

/** Below this weight a text is a phrase that thousands find by themselves ("does not work"): compared exactly only. */
export const PHRASE_WEIGHT = 20;
export interface FoundCopy {
  /** The text that was said first: its id is the name of the group. */
  readonly group: string;
  /** True when `group` had no copy until now. */
  readonly founded: boolean;
  /** Word for word what the first of the group said. */
  readonly exact: boolean;
  /** 1 for the same text. */
  readonly likeness: number;
}

/** What was known of a text before the index was rebuilt. */
export interface KnownCopy {
  readonly group: string;
  readonly exact: boolean;
}

export interface CopyIndex {
  /** Compares the next text of the stream with those before it, and remembers it. Null when it is like none. */
  take(said: SaidText): FoundCopy | null;
  /** Remembers a text whose answer is known, in the order of the stream: for rebuilding. */
  recall(said: SaidText, known: KnownCopy | null): void;
  /** Counts a text of the stream that is not to be compared, so that the window stays the same. */
  pass(): void;
}

/**
 * @param options how much is remembered; 200,000 texts take about 120 MB once they are all there
 *
 * @example
 * const index = openCopyIndex({ window: 200_000, forMs: 30 * 86_400_000 });
 * index.take({ id: 's1', item: 'i1', text: 'Refund me, the payout never came!', at: 0 }); // null
 * index.take({ id: 's2', item: 'i2', text: 'refund me the payout never came', at: 0 }); // { group: 's1', … }
 */
export function openCopyIndex(options: CopyIndexOptions): CopyIndex {
  const room = furnish(options);
  return {
    take: (said) => take(room, said),
    recall: (said, known) => recall(room, said, known),
    pass: () => void room.texts++,
  };
}

function take(room: Room, said: SaidText): FoundCopy | null {
  room.texts++;
  const plain = plainOf(said.text);
  if (plain.weight === 0) return null;
  const print = printOf(plain);
  const same = findSame(room, print, said.at);
  if (isRevision(room, said, same)) return null;
  if (same !== 0) {
    const slot = same % room.slots;
    const founded = room.group[slot] === null;
    const group = room.group[slot] ?? room.ids[slot];
    if (founded) join(room, slot, group, true);
    stayFor(room, same, said, print);
    return { group, founded, exact: room.exact[same % room.slots] === 1, likeness: 1 };
  }
  const query = queryOf(said, print, plain);
  if (query.shingles > 0) bandKeys(query, room.keys);
  const near = query.shingles > 0 ? findNear(room, query) : null;
  const own = enter(room, query) % room.slots;
  if (near === null) return null;
  const founded = room.group[near.slot] === null;
  const group = room.group[near.slot] ?? room.ids[near.slot];
  if (founded) join(room, near.slot, group, true);
  join(room, own, group, false);
  return { group, founded, exact: false, likeness: near.likeness };
}

function recall(room: Room, said: SaidText, known: KnownCopy | null): void {
  room.texts++;
  const plain = plainOf(said.text);
  if (plain.weight === 0) return;
  const print = printOf(plain);
  const same = findSame(room, print, said.at);
  let entry = same;
  if (same !== 0) stayFor(room, same, said, print);
  else {
    const query = queryOf(said, print, plain);
    if (query.shingles > 0) bandKeys(query, room.keys);
    entry = enter(room, query);
  }
  if (known) join(room, entry % room.slots, known.group, known.exact);
}

function queryOf(said: SaidText, print: number, plain: ReturnType<typeof plainOf>): Query {
  if (plain.weight < PHRASE_WEIGHT) return { said, print, hashes: new Uint32Array(0), shingles: 0 };
  return { said, print, ...sketchOf(plain) };
}

function join(room: Room, slot: number, group: string, exact: boolean): void {
  room.group[slot] = group;
  room.exact[slot] = exact ? 1 : 0;
}

/**
 * Whether this says again what the same thing said alone before. What the thing said otherwise, and nobody else, is
 * forgotten: it has been taken back.
 */
function isRevision(room: Room, said: SaidText, same: number): boolean {
  let entry = room.heads[chainOf(room, ITEM, keyOfItem(said.item))];
  let again = false;
  for (; isThere(room, entry); entry = room.next[ITEM * room.slots + (entry % room.slots)]) {
    const slot = entry % room.slots;
    if (room.item[slot] !== said.item || room.group[slot] !== null || room.used[slot] === 0) continue;
    if (entry !== same) room.used[slot] = 0;
    else {
      again = true;
      room.ids[slot] = said.id;
      room.used[slot] = room.texts;
      room.usedAt[slot] = said.at;
    }
  }
  return again;
}

/** Marks an entry as said again; near the end of the ring it is entered anew, so that it outlives the window. */
function stayFor(room: Room, entry: number, said: SaidText, print: number): void {
  const slot = entry % room.slots;
  room.used[slot] = room.texts;
  room.usedAt[slot] = said.at;
  if (room.entries - entry < room.slots - room.options.window - 8) return;
  const { [slot]: group } = room.group;
  const exact = room.exact[slot] === 1;
  const first = { ...said, id: room.ids[slot], item: room.item[slot] };
  const query = queryOf(first, print, plainOf(said.text));
  if (query.shingles > 0) bandKeys(query, room.keys);
  room.used[slot] = 0;
  const anew = enter(room, query) % room.slots;
  if (group !== null) join(room, anew, group, exact);
}

/**
 * What the letters of a text weigh; below `PHRASE_WEIGHT` it is compared word for word only.
 *
 * @example
 * weightOf('does not work!'); // 11
 */
export const weightOf = (text: string): number => plainOf(text).weight;
