/**
 * Chance that can be asked again: every number is a function of a key, so any hour of a world can be made by itself and
 * is the same each time. Generator: sfc32 (C. Doty-Humphrey, PractRand); keys are mixed as in MurmurHash3's finaliser.
 */

/**
 * A 32-bit hash of a key.
 * @example
 * hash(7, 'hour', 12) === hash(7, 'hour', 12); // true
 */
export function hash(...key: readonly (number | string)[]): number {
  let h = 0x9e3779b9;
  for (const part of key) {
    if (typeof part === 'number') {
      h = mix(h ^ (part | 0));
      h = mix(h ^ Math.floor(part / 4_294_967_296)); // a moment in ms needs more than 32 bits
    } else {
      for (let i = 0; i < part.length; i++) h = Math.imul(h ^ part.charCodeAt(i), 0x5bd1e995);
      h = mix(h);
    }
  }
  return h >>> 0;
}

function mix(h: number): number {
  let x = h + 0x6d2b79f5;
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return x ^ (x >>> 16);
}

/**
 * A number in [0, 1) that belongs to a key.
 * @example
 * shareOf(7, 'person', 42); // always the same
 */
export const shareOf = (...key: readonly (number | string)[]): number => hash(...key) / 4_294_967_296;

export class Chance {
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;

  constructor(...key: readonly (number | string)[]) {
    this.#a = hash(...key);
    this.#b = mix(this.#a) | 0;
    this.#c = mix(this.#b) | 0;
    for (let i = 0; i < 8; i++) this.next();
  }

  /** Uniform in [0, 1). */
  next(): number {
    const t = (this.#a + this.#b + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (this.#c << 21) | (this.#c >>> 11);
    this.#c = (this.#c + t) | 0;
    return (t >>> 0) / 4_294_967_296;
  }

  is(probability: number): boolean {
    return this.next() < probability;
  }

  /** A whole number from 0 to `n` - 1. */
  below(n: number): number {
    return Math.floor(this.next() * n);
  }

  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number {
    return low + this.below(high - low + 1);
  }

  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)]!;
  }

  exponential(mean: number): number {
    return -mean * Math.log(1 - this.next());
  }

  /** Knuth below 30, the rounded normal above: off by less than a hundredth of the spread there. */
  poisson(mean: number): number {
    if (mean > 30) return Math.max(0, Math.round(mean + Math.sqrt(mean) * this.normal()));
    const end = Math.exp(-mean);
    let n = 0;
    for (let p = this.next(); p > end; p *= this.next()) n++;
    return n;
  }

  /** Box and Muller. */
  normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.next())) * Math.cos(2 * Math.PI * this.next());
  }

  shuffled<T>(list: readonly T[]): T[] {
    const all = [...list];
    for (let i = all.length - 1; i > 0; i--) {
      const j = this.below(i + 1);
      [all[i], all[j]] = [all[j]!, all[i]!];
    }
    return all;
  }
}

/** Weights that are drawn from again and again. */
export interface Wheel<T> {
  readonly values: readonly T[];
  /** Running sums, the last one 1. */
  readonly upTo: readonly number[];
}

/**
 * A wheel of fortune.
 * @example
 * spin(wheelOf([['a', 3], ['b', 1]]), 0.5); // 'a'
 */
export function wheelOf<T>(weights: readonly (readonly [T, number])[]): Wheel<T> {
  const sum = weights.reduce((all, [, weight]) => all + weight, 0);
  let upTo = 0;
  return {
    values: weights.map(([value]) => value),
    upTo: weights.map(([, weight]) => (upTo += weight / sum)),
  };
}

/**
 * Where a wheel stops for a number in [0, 1).
 * @example
 * spin(wheelOf([['a', 1], ['b', 1]]), 0.75); // 'b'
 */
export function spin<T>({ values, upTo }: Wheel<T>, at: number): T {
  let low = 0;
  let high = values.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (at < upTo[middle]!) high = middle;
    else low = middle + 1;
  }
  return values[low]!;
}
