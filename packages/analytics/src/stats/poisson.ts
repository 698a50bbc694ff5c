import { gammaQuantile } from './gamma.ts';

/**
 * Exact interval of a Poisson mean from one count (F. Garwood, Biometrika 28, 1936).
 *
 * @param count integer ≥ 0
 * @param level in (0, 1)
 * @returns     low and high: outside of them so small or so large a count has at most (1 − level)/2
 * @throws RangeError when the count is no integer of at least 0
 *
 * @example
 * poissonInterval(0).high; // 3.69: with nothing seen, up to that many were to be expected
 */
export function poissonInterval(count: number, level = 0.95): { low: number; high: number } {
  if (!Number.isInteger(count) || count < 0) throw new RangeError(`a count is an integer of at least 0, got ${count}`);
  const tail = (1 - level) / 2;
  return { low: count === 0 ? 0 : gammaQuantile(count, tail), high: gammaQuantile(count + 1, 1 - tail) };
}
