import { mix32 } from './hash.ts';

/**
 * SimHash of a set of terms, 32 bits: texts that share most terms differ in few bits.
 *
 * Source: M. Charikar, "Similarity estimation techniques from rounding algorithms", STOC 2002. Departure: unweighted
 * terms, 32 bits, because it only has to catch copies with a few words changed inside one small neighbourhood.
 *
 * @param terms term numbers; shape [n]
 * @returns     32-bit integer (signed); O(32 n)
 *
 * @example
 * hamming(simhash([1, 2, 3, 4]), simhash([1, 2, 3, 4])); // 0
 */
export function simhash(terms: ArrayLike<number>): number {
  const votes = new Int32Array(32);
  for (let i = 0; i < terms.length; i++) {
    const h = mix32(terms[i] + 0x9e3779b9);
    for (let bit = 0; bit < 32; bit++) votes[bit] += (h >>> bit) & 1 ? 1 : -1;
  }
  let out = 0;
  for (let bit = 0; bit < 32; bit++) if (votes[bit] > 0) out |= 1 << bit;
  return out;
}

/**
 * Bits in which two hashes differ.
 *
 * @example
 * hamming(0b1011, 0b0010); // 2
 */
export function hamming(a: number, b: number): number {
  let x = a ^ b;
  x -= (x >>> 1) & 0x55555555;
  x = (x & 0x33333333) + ((x >>> 2) & 0x33333333);
  return Math.imul((x + (x >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
