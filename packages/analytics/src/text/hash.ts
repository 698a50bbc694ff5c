/**
 * 32-bit FNV-1a over UTF-16 code units with a final mix (the finaliser of MurmurHash3), so that the low bits are usable
 * as bucket numbers.
 *
 * Source: G. Fowler, L. C. Noll, K.-P. Vo, FNV-1a; A. Appleby, MurmurHash3 fmix32. Departure: code units, not bytes.
 *
 * @param text  any string
 * @param start basis to start from; another one gives an independent hash
 * @returns     unsigned 32-bit integer; O(length)
 *
 * @example
 * hash32('refund') === hash32('refund'); // true
 */
export function hash32(text: string, start = 0x811c9dc5): number {
  let h = start | 0;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return mix32(h);
}

/**
 * Spreads the bits of a 32-bit integer (fmix32): every input bit reaches every output bit.
 *
 * @example
 * mix32(1) !== mix32(2); // true
 */
export function mix32(value: number): number {
  let h = value | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
