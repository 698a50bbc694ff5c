/** Words that open doors. What is stored of them is a hash: 256 random bits need no salt and no slow hash. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

const BYTES = 32;

export const newSecret = (): string => randomBytes(BYTES).toString('base64url');

export const hashOf = (secret: string): Buffer => createHash('sha256').update(secret).digest();

/**
 * The word that a page shows with every write. It follows from the session's secret, one way: it need not be stored,
 * and whoever learns it has not learnt the secret.
 */
export const csrfOf = (secret: string): string => createHash('sha256').update(`csrf ${secret}`).digest('base64url');

/** Takes the same time wherever the words differ. */
export function sameWord(a: string, b: string): boolean {
  return timingSafeEqual(hashOf(a), hashOf(b));
}
