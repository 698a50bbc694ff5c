import { BUCKETS } from '../text/features.ts';

/**
 * Lists of rows by term, in one array: no object per list, so that a million entries cost the garbage collector nothing.
 * A list lies in a block of 2^k entries; a block that a list outgrew or emptied is used again by the next list of that
 * size. Blocks are not joined again, so whoever keeps lists for long clears and fills them now and then (`weighAll`).
 * Memory: 9 MB for the tables, 4 to 8 bytes for an entry.
 */
export interface Postings {
  readonly start: Int32Array;
  readonly count: Int32Array;
  /** k + 1 of the block of 2^k entries that a list lies in, 0 for none. */
  readonly room: Uint8Array;
  pool: Int32Array;
  /** Blocks are handed out up to here. */
  end: number;
  /** Starts of unused blocks of 2^k entries. */
  free: number[][];
}

export function noPostings(): Postings {
  return {
    start: new Int32Array(BUCKETS),
    count: new Int32Array(BUCKETS),
    room: new Uint8Array(BUCKETS),
    pool: new Int32Array(1 << 12),
    end: 0,
    free: noBlocks(),
  };
}

function noBlocks(): number[][] {
  return Array.from({ length: 31 }, () => []);
}

export function clearPostings(postings: Postings): void {
  postings.count.fill(0);
  postings.room.fill(0);
  postings.end = 0;
  postings.free = noBlocks();
}

/** Amortised O(1). */
export function append(postings: Postings, term: number, slot: number): void {
  const { start, count, room } = postings;
  const n = count[term];
  const k = room[term];
  if (n === (k === 0 ? 0 : 1 << (k - 1))) {
    const block = blockOf(postings, k);
    postings.pool.copyWithin(block, start[term], start[term] + n);
    if (k > 0) postings.free[k - 1].push(start[term]);
    start[term] = block;
    room[term] = k + 1;
  }
  postings.pool[start[term] + n] = slot;
  count[term] = n + 1;
}

/** Takes out the entry at `at` of the list, the rest keeps its order. O(entries behind it). */
export function removeAt(postings: Postings, term: number, at: number): void {
  const { start, count, room } = postings;
  const from = start[term];
  postings.pool.copyWithin(from + at, from + at + 1, from + count[term]);
  if (--count[term] > 0) return;
  postings.free[room[term] - 1].push(from);
  room[term] = 0;
}

function blockOf(postings: Postings, k: number): number {
  const used = postings.free[k].pop();
  if (used !== undefined) return used;
  const at = postings.end;
  postings.end += 1 << k;
  if (postings.end > postings.pool.length) {
    const wider = new Int32Array(Math.max(postings.end, Math.ceil(postings.pool.length * 1.5)));
    wider.set(postings.pool);
    postings.pool = wider;
  }
  return at;
}
