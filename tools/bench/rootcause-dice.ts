/** Chance from a seed (mulberry32), with the laws that made instances need. */
export class Dice {
  #state: number;
  constructor(seed: number) {
    this.#state = seed >>> 0;
  }
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  }
  between = (low: number, high: number): number => low + (high - low) * this.next();
  below = (n: number): number => Math.floor(this.next() * n);
  pick = <T>(from: readonly T[]): T => from[this.below(from.length)]!;
  normal = (): number => Math.sqrt(-2 * Math.log(1 - this.next())) * Math.cos(2 * Math.PI * this.next());
  poisson(mean: number): number {
    if (mean > 200) return Math.max(0, Math.round(mean + Math.sqrt(mean) * this.normal()));
    let k = 0;
    for (let p = this.next(); p > Math.exp(-mean); p *= this.next()) k++;
    return k;
  }
  /** Mean 1, coefficient of variation `cv`; Marsaglia and Tsang. */
  gamma(cv: number): number {
    if (cv === 0) return 1;
    const d = 1 / (cv * cv) - 1 / 3;
    for (;;) {
      const x = this.normal();
      const v = (1 + x / Math.sqrt(9 * d)) ** 3;
      if (v > 0 && Math.log(1 - this.next()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v * cv * cv;
    }
  }
  weighted<T>(items: readonly T[], weights: readonly number[]): T {
    let left = this.next() * weights.reduce((a, b) => a + b, 0);
    for (let i = 0; i < items.length; i++) {
      left -= weights[i]!;
      if (left < 0) return items[i]!;
    }
    return items.at(-1)!;
  }
}
