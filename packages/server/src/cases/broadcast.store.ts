/** Updates for all cases of an issue, at rest. */
import { type CaseBroadcast, Refusal } from '@groundswell/contract';
import { sql } from 'kysely';
import type { Db, Trx } from '../platform/db.ts';

declare module '../platform/database.ts' {
  interface Database {
    case_broadcasts: {
      id: string;
      compartment: string;
      issue_id: string;
      /** jsonb: written as JSON text, read as the value. */
      texts: Record<string, string>;
      fallback: string;
      state: CaseBroadcast['state'];
      written_by: string;
      written_at: Date;
      decided_by: string | null;
      decided_at: Date | null;
    };
  }
}

const BROADCAST = [
  'id',
  'compartment',
  'issue_id as issueId',
  'texts',
  'fallback',
  'state',
  'written_by as writtenBy',
  'written_at as writtenAt',
  'decided_by as decidedBy',
  'decided_at as decidedAt',
] as const;

export interface Broadcast {
  readonly id: string;
  readonly compartment: string;
  readonly issueId: string;
  readonly texts: Readonly<Record<string, string>>;
  readonly fallback: string;
  readonly state: CaseBroadcast['state'];
  readonly writtenBy: string;
  readonly writtenAt: Date;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
}

export async function broadcastsOf(db: Db, issueId: string): Promise<Broadcast[]> {
  const said = db.selectFrom('case_broadcasts').select(BROADCAST).where('issue_id', '=', issueId);
  return said.orderBy('written_at', 'desc').orderBy('id').limit(100).execute();
}

/** Held until the end of the transaction: it is decided once. */
export async function holdBroadcast(trx: Trx, id: string): Promise<Broadcast> {
  const said = trx.selectFrom('case_broadcasts').select(BROADCAST).where('id', '=', id);
  const found = await said.forUpdate().executeTakeFirst();
  if (found) return found;
  throw new Refusal('case.part_not_found', 'There is no such update, or you cannot see it.');
}

export async function insertBroadcast(trx: Trx, one: Broadcast): Promise<void> {
  const row = {
    id: one.id,
    compartment: one.compartment,
    issue_id: one.issueId,
    fallback: one.fallback,
    state: one.state,
  };
  const texts = JSON.stringify(one.texts) as unknown as Record<string, string>;
  const said = { texts, written_by: one.writtenBy, written_at: one.writtenAt, decided_by: null, decided_at: null };
  await trx
    .insertInto('case_broadcasts')
    .values({ ...row, ...said })
    .execute();
}

export async function decideBroadcast(trx: Trx, { id, state, decidedBy, decidedAt }: Broadcast): Promise<void> {
  const said = { state, decided_by: decidedBy, decided_at: decidedAt };
  await trx.updateTable('case_broadcasts').set(said).where('id', '=', id).execute();
}

/** By broadcast: to how many cases it went, and from how many it has left. */
export async function countBroadcasts(
  db: Db,
  ids: readonly string[],
): Promise<Map<string, { cases: number; left: number }>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<{ id: string; cases: number; left: number }>`
    select broadcast_id as id, count(*)::int as cases, count(*) filter (where state = 'left')::int as left
      from case_messages where broadcast_id = any(${ids}::uuid[]) group by 1`.execute(db);
  return new Map(rows.map(({ id, ...counts }) => [id, counts]));
}
