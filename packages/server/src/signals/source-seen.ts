/** Sources as intake sees them before it judges rows: remembered for a moment, because every delivery asks. */
import type { Actor } from '../access/index.ts';
import type { Gate } from '../platform/db.ts';
import type { Tools } from '../platform/tools.ts';
import { loadSource, type Source } from './source.store.ts';

/** A change by another process is noticed after so long at the latest; one by this process at once. */
const FRESH_MS = 2_000;

interface Seen {
  readonly readAt: number;
  readonly source: Source;
}
const houses = new WeakMap<Gate, Map<string, Seen>>();
const SEEN_MAX = 10_000;

export async function sourceSeen({ db, clock }: Tools, actor: Actor, sourceId: string): Promise<Source> {
  const seen = houses.get(db) ?? new Map<string, Seen>();
  houses.set(db, seen);
  const now = clock.now().getTime();
  const before = seen.get(sourceId);
  const fresh = before && now >= before.readAt && now - before.readAt < FRESH_MS;
  if (fresh && actor.compartments.includes(before.source.compartment)) return before.source;
  const source = await db.as(actor, (reader) => loadSource(reader, sourceId));
  if (seen.size >= SEEN_MAX) seen.clear();
  seen.set(sourceId, { readAt: now, source });
  return source;
}

export const forgetSource = ({ db }: Tools, sourceId: string): void => void houses.get(db)?.delete(sourceId);
