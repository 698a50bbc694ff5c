/** Rows that agree in every dimension are one cell: observed, expected and past counts, as typed arrays. */
import type { Ranked } from './column.ts';

export interface Cells {
  readonly count: number;
  readonly columns: readonly Ranked[];
  /** Rank of each cell in each dimension; shape [dimensions][cells]. */
  readonly ranks: readonly Uint16Array[];
  /** Items of the window; shape [cells]. */
  readonly observed: Float64Array;
  /** What the past lets expect before overall growth: sum of the weights of past items; shape [cells]. */
  readonly expected: Float64Array;
  /** Past items themselves: how much is known; shape [cells]. */
  readonly past: Float64Array;
}

/** Growing table of cells; `add` finds the cell of a row by its ranks. */
export class CellTable {
  readonly #columns: readonly Ranked[];
  readonly #key: Uint16Array;
  #slots = new Int32Array(1 << 12).fill(-1);
  #count = 0;
  #ranks: Uint16Array[];
  #observed = new Float64Array(1024);
  #expected = new Float64Array(1024);
  #past = new Float64Array(1024);

  constructor(columns: readonly Ranked[]) {
    this.#columns = columns;
    this.#key = new Uint16Array(columns.length);
    this.#ranks = columns.map(() => new Uint16Array(1024));
  }

  /** The ranks of the row to add next, to be filled in by the caller; shape [dimensions]. */
  get key(): Uint16Array {
    return this.#key;
  }

  /** One item of the window. */
  addObserved(items: number): void {
    this.#observed[this.#cell()] += items;
  }

  /** Past items, and how many of them each lets expect. */
  addPast(items: number, weight: number): void {
    const cell = this.#cell();
    this.#past[cell] += items;
    this.#expected[cell] += items * weight;
  }

  done(): Cells {
    const cut = (array: Float64Array): Float64Array => array.slice(0, this.#count);
    return {
      count: this.#count,
      columns: this.#columns,
      ranks: this.#ranks.map((array) => array.slice(0, this.#count)),
      observed: cut(this.#observed),
      expected: cut(this.#expected),
      past: cut(this.#past),
    };
  }

  #cell(): number {
    const mask = this.#slots.length - 1;
    let slot = hashOf(this.#key) & mask;
    for (let cell = this.#slots[slot]; cell >= 0; cell = this.#slots[slot]) {
      if (this.#same(cell)) return cell;
      slot = (slot + 1) & mask;
    }
    if (this.#count === this.#observed.length) this.#grow();
    const cell = this.#count++;
    for (let d = 0; d < this.#key.length; d++) this.#ranks[d][cell] = this.#key[d];
    this.#slots[slot] = cell;
    if (this.#count * 2 > this.#slots.length) this.#rehash();
    return cell;
  }

  #same(cell: number): boolean {
    for (let d = 0; d < this.#key.length; d++) if (this.#ranks[d][cell] !== this.#key[d]) return false;
    return true;
  }

  #grow(): void {
    const larger = (array: Float64Array): Float64Array<ArrayBuffer> => {
      const next = new Float64Array(array.length * 2);
      next.set(array);
      return next;
    };
    this.#observed = larger(this.#observed);
    this.#expected = larger(this.#expected);
    this.#past = larger(this.#past);
    this.#ranks = this.#ranks.map((array) => {
      const next = new Uint16Array(array.length * 2);
      next.set(array);
      return next;
    });
  }

  #rehash(): void {
    const slots = new Int32Array(this.#slots.length * 4).fill(-1);
    const mask = slots.length - 1;
    for (let cell = 0; cell < this.#count; cell++) {
      let slot = hashOfCell(this.#ranks, cell) & mask;
      while (slots[slot] >= 0) slot = (slot + 1) & mask;
      slots[slot] = cell;
    }
    this.#slots = slots;
  }
}

function hashOf(key: Uint16Array): number {
  let h = 0x9e3779b9 | 0;
  for (let d = 0; d < key.length; d++) h = mixIn(h, key[d]);
  return (h ^ (h >>> 15)) >>> 0;
}

function hashOfCell(ranks: readonly Uint16Array[], cell: number): number {
  let h = 0x9e3779b9 | 0;
  for (let d = 0; d < ranks.length; d++) h = mixIn(h, ranks[d][cell]);
  return (h ^ (h >>> 15)) >>> 0;
}

/** One round of MurmurHash3's body. */
function mixIn(h: number, value: number): number {
  const k = Math.imul(value + 1, 0xcc9e2d51);
  const mixed = h ^ Math.imul((k << 15) | (k >>> 17), 0x1b873593);
  return (Math.imul((mixed << 13) | (mixed >>> 19), 5) + 0xe6546b64) | 0;
}
