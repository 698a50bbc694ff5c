/** A sequence of chance that is the same everywhere, and what is drawn from it. */
export interface Chance {
  /** From 0 to below `below`. */
  under(below: number): number;
  pick<T>(from: readonly T[]): T;
  /** So many digits; the first is no zero. */
  digits(count: number): string;
  /** True in so many of a hundred. */
  percent(share: number): boolean;
}

export function chanceOf(seed: number): Chance {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0; // mulberry32
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const under = (below: number): number => Math.floor(next() * below);
  return {
    under,
    pick: (from) => from[under(from.length)]!,
    digits: (count) => Array.from({ length: count }, (_, i) => (i === 0 ? 1 + under(9) : under(10))).join(''),
    percent: (share) => under(100) < share,
  };
}
