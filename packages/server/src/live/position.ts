/**
 * Where a reader stands, as it is given out: sealed. A cursor names a transaction, and transactions are numbered across all
 * compartments: read in the open, it would tell an outsider how much is written where they may not look. For the same
 * reason all are of one length.
 */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Cursor } from '../platform/follow.ts';
import { type Vault, WrongKey } from '../platform/vault.ts';

const PURPOSE = 'live position';
const LENGTH = 160;
/** Longer away than this: asking for everything again is less than hearing of it one by one. */
const REMEMBERED_MS = 3_600_000;

const Kept = z.tuple([z.string(), z.string(), z.number()]);

const short = (wall: string): string => createHash('sha256').update(wall).digest('base64url').slice(0, 16);

export function writePosition(vault: Vault, wall: string, cursor: Cursor, at: Date): string {
  const text = JSON.stringify([short(wall), cursor ?? '', at.getTime()]).padEnd(LENGTH);
  return vault.seal(text, PURPOSE).toString('base64url');
}

/** Null for what is too old, was given out behind another wall, or was not given out at all. */
export function readPosition(vault: Vault, wall: string, said: string, now: Date): string | null {
  try {
    const text = vault.open(Buffer.from(said, 'base64url'), PURPOSE);
    const [of, cursor, at] = Kept.parse(JSON.parse(text));
    return of === short(wall) && cursor !== '' && now.getTime() - at < REMEMBERED_MS ? cursor : null;
  } catch (error) {
    if (error instanceof WrongKey) return null;
    throw error;
  }
}
