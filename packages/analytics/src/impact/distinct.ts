/**
 * How many different ones there are among many, from registers that any store can fill while it reads once.
 *
 * Source: P. Flajolet and others, "HyperLogLog", AofA 2007, with linear counting (K.-Y. Whang and others, TODS 15, 1990) where
 * registers are still empty. Hashes have 52 bits behind the bucket, so that the correction for large counts is not needed.
 */

/** Registers: 2^12. One standard deviation of the error is 1.04 / √4096. */
export const REGISTERS = 4096;
export const DISTINCT_ERROR = 1.04 / Math.sqrt(REGISTERS);

const ALPHA = 0.7213 / (1 + 1.079 / REGISTERS);

/**
 * @param registers of the buckets that were met, the largest rank in each: 1 + the leading zeros of the hash behind the bucket;
 *                  shape [≤ 4096], integers ≥ 1. Buckets that are left out were never met
 * @returns         the estimate, rounded; its error is `DISTINCT_ERROR` (1.6 %), less where there are fewer than some thousand
 * @throws RangeError when there are more registers than buckets
 *
 * @example
 * estimateDistinct([1]); // 1
 */
export function estimateDistinct(registers: ArrayLike<number>): number {
  if (registers.length > REGISTERS) throw new RangeError(`there are ${REGISTERS} buckets, got ${registers.length}`);
  const empty = REGISTERS - registers.length;
  let sum = empty;
  for (let i = 0; i < registers.length; i++) sum += 2 ** -registers[i];
  const raw = (ALPHA * REGISTERS * REGISTERS) / sum;
  if (raw <= 2.5 * REGISTERS && empty > 0) return Math.round(REGISTERS * Math.log(REGISTERS / empty));
  return Math.round(raw);
}
