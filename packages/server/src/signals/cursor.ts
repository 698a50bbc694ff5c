/** Where a page of signals ended, as an opaque word that travels through addresses. Pure. */
import { Refusal } from '@groundswell/contract';
import { z } from 'zod';

/** `rank` only where the page was sorted by relevance. */
export interface Position {
  readonly at: Date;
  readonly id: string;
  readonly rank: number | null;
}

/** Ranks lie between 0 and 1; what is far beyond is no number that the database can compare. */
const Parts = z.tuple([z.iso.datetime(), z.uuid(), z.number().min(0).max(100).nullable()]);

export const writeCursor = ({ at, id, rank }: Position): string =>
  Buffer.from(JSON.stringify([at.toISOString(), id, rank])).toString('base64url');

/** Cursors come back from outside: whatever we have not written is refused in words. */
export function readCursor(said: string): Position {
  try {
    const [at, id, rank] = Parts.parse(JSON.parse(Buffer.from(said, 'base64url').toString()));
    return { at: new Date(at), id, rank };
  } catch {
    throw new Refusal('request.invalid', 'The word in "after" is not one that was given out. Start again without it.');
  }
}
