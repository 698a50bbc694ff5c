/** Ids of signals. */
import { hash } from './random.ts';

/**
 * 52 bits: among ten million signals two alike are as likely as one in a hundred worlds.
 * @example
 * idOf(7, 42, Date.UTC(2026, 0, 5)).length; // 13
 */
export function idOf(seed: number, key: number, at: number): string {
  const high = hash(seed, 'id', key, at) & 0xfffff;
  return `${high.toString(16).padStart(5, '0')}${hash(at, key, seed).toString(16).padStart(8, '0')}`;
}
