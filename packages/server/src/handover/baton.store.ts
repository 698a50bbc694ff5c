/** Batons at rest. */
import { type BatonFacts, type BatonPoints, type BatonState, Refusal } from '@groundswell/contract';
import type { Generated } from 'kysely';
import type { Db, Trx } from '../platform/db.ts';
import type { Baton } from './baton.ts';

declare module '../platform/database.ts' {
  interface Database {
    batons: BatonsTable;
  }
}

interface BatonsTable {
  id: string;
  compartment: string;
  case_id: string;
  version: Generated<number>;
  state: BatonState;
  sender_id: string;
  receiver_id: string | null;
  accepted_by: string | null;
  points: BatonPoints;
  facts: BatonFacts;
  drafted_at: Date;
  sent_at: Date | null;
  accepted_at: Date | null;
  loud_at: Date | null;
  understood: string | null;
}

const BATON = [
  ...(['id', 'compartment', 'version', 'state', 'points', 'facts', 'understood'] as const),
  'case_id as caseId',
  'sender_id as senderId',
  'receiver_id as receiverId',
  'accepted_by as acceptedBy',
  'drafted_at as draftedAt',
  'sent_at as sentAt',
  'accepted_at as acceptedAt',
  'loud_at as loudAt',
] as const;

/** More are not looked at at once. */
const OPEN_MAX = 500;
const OF_CASE_MAX = 50;

/** Those that nobody has accepted: what was sent, the oldest first, and one's own drafts. */
export async function openBatons(db: Db, me: string): Promise<Baton[]> {
  const open = db.selectFrom('batons').select(BATON);
  return open
    .where((is) => is.or([is('state', '=', 'sent'), is.and([is('state', '=', 'draft'), is('sender_id', '=', me)])]))
    .orderBy('state', 'desc')
    .orderBy('sent_at')
    .orderBy('id')
    .limit(OPEN_MAX)
    .execute();
}

/** The newest first. A draft is its writer's alone. */
export async function batonsOf(db: Db, caseId: string, me: string): Promise<Baton[]> {
  const batons = db.selectFrom('batons').select(BATON).where('case_id', '=', caseId);
  return batons
    .where((is) => is.or([is('state', 'in', ['sent', 'accepted']), is('sender_id', '=', me)]))
    .orderBy('drafted_at', 'desc')
    .limit(OF_CASE_MAX)
    .execute();
}

/** The one of a case that is neither accepted nor dropped. */
export async function openBatonOf(db: Db, caseId: string): Promise<Baton | undefined> {
  const batons = db.selectFrom('batons').select(BATON).where('case_id', '=', caseId);
  return batons.where('state', 'in', ['draft', 'sent']).executeTakeFirst();
}

export async function lastAccepted(db: Db, caseId: string): Promise<Date | null> {
  const batons = db.selectFrom('batons').select('accepted_at as at').where('case_id', '=', caseId);
  const last = await batons.where('state', '=', 'accepted').orderBy('accepted_at', 'desc').executeTakeFirst();
  return last?.at ?? null;
}

/** Held until the end of the transaction: of two who want it, the second sees what the first did. */
export async function holdBaton(trx: Trx, id: string): Promise<Baton> {
  return found(await trx.selectFrom('batons').select(BATON).where('id', '=', id).forUpdate().executeTakeFirst());
}

function found(baton: Baton | undefined): Baton {
  if (baton) return baton;
  throw new Refusal('baton.not_found', 'There is no such hand-over, or you cannot see it.');
}

/** Two who draft for one case at once: the second is told, and finds the draft of the first. */
export async function insertBaton(trx: Trx, baton: Baton): Promise<void> {
  const made = await trx
    .insertInto('batons')
    .values({
      ...{ id: baton.id, compartment: baton.compartment, case_id: baton.caseId, sender_id: baton.senderId },
      drafted_at: baton.draftedAt,
      ...columns(baton),
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (made.numInsertedOrUpdatedRows === 1n) return;
  throw new Refusal('baton.wrong_state', 'This case is being handed over already. Reload it; nothing was changed.');
}

/** Of a baton that is held. */
export async function saveBaton(trx: Trx, next: Baton): Promise<Baton> {
  return trx
    .updateTable('batons')
    .set({ ...columns(next), version: next.version + 1 })
    .where('id', '=', next.id)
    .returning(BATON)
    .executeTakeFirstOrThrow();
}

/** Sent before that moment, not accepted, and not yet said to be loud. Whoever else looks leaves them to us. */
export async function holdQuiet(trx: Trx, compartment: string, sentBefore: Date, limit: number): Promise<Baton[]> {
  const waiting = trx.selectFrom('batons').select(BATON).where('compartment', '=', compartment);
  return waiting
    .where('state', '=', 'sent')
    .where('loud_at', 'is', null)
    .where('sent_at', '<=', sentBefore)
    .orderBy('sent_at')
    .limit(limit)
    .forUpdate()
    .skipLocked()
    .execute();
}

export async function markLoud(trx: Trx, ids: readonly string[], at: Date): Promise<void> {
  if (ids.length > 0)
    await trx
      .updateTable('batons')
      .set({ loud_at: at })
      .where('id', 'in', [...ids])
      .execute();
}

const columns = (baton: Baton) => ({
  state: baton.state,
  receiver_id: baton.receiverId,
  accepted_by: baton.acceptedBy,
  points: JSON.stringify(baton.points) as unknown as BatonPoints,
  facts: JSON.stringify(baton.facts) as unknown as BatonFacts,
  sent_at: baton.sentAt,
  accepted_at: baton.acceptedAt,
  loud_at: baton.loudAt,
  understood: baton.understood,
});
