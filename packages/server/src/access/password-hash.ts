/** Passwords at rest: argon2id, with the first set of parameters that OWASP's password storage sheet names. */
import { hash, verify } from '@node-rs/argon2';
import { mustBeStrong } from './password.ts';

/** 19 MiB, two passes, one lane: about 30 ms on one core. Argon2id is this package's default. */
const COST = { memoryCost: 19 * 1024, timeCost: 2, parallelism: 1 } as const;

/** For a password that somebody has just chosen; refuses a weak one before any work is done on it. */
export function newPasswordHash(password: string, person: { name: string; email: string }): Promise<string> {
  mustBeStrong(password, person);
  return hashPassword(password);
}

export const hashPassword = (password: string): Promise<string> => hash(spelt(password), COST);

/** For a mail that nobody has the same work is done on a hash that nothing fits: the time taken tells nothing. */
export async function isPassword(stored: string | null, password: string): Promise<boolean> {
  const fits = await verify(stored ?? (await fitsNothing()), spelt(password));
  return fits && stored !== null;
}

let nothing: Promise<string> | undefined;
const fitsNothing = (): Promise<string> => (nothing ??= hashPassword(crypto.randomUUID()));

/** The same password typed on another keyboard may arrive in another Unicode form. */
const spelt = (password: string): string => password.normalize('NFKC');
