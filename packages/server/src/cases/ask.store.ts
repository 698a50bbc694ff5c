/** What partners are asked, at rest: each ask has its own due time and its own answer. */
import type { CaseAsk } from '@groundswell/contract';
import type { Generated } from 'kysely';
import type { Db, Trx } from '../platform/db.ts';

declare module '../platform/database.ts' {
  interface Database {
    case_asks: AsksTable;
  }
}

interface AsksTable {
  id: Generated<string>;
  compartment: string;
  case_id: string;
  partner: string;
  question: string;
  state: CaseAsk['state'];
  due_at: Date;
  author_id: string | null;
  at: Date;
  leaves_at: Date | null;
  settled_at: Date | null;
  answer: string | null;
  answered_at: Date | null;
  answered_by: string | null;
}

const ASK = [
  'id',
  'compartment',
  'case_id as caseId',
  'partner',
  'question',
  'state',
  'due_at as dueAt',
  'author_id as authorId',
  'at',
  'leaves_at as leavesAt',
  'settled_at as settledAt',
  'answer',
  'answered_at as answeredAt',
  'answered_by as answeredBy',
] as const;

export interface Ask {
  readonly id: string;
  readonly compartment: string;
  readonly caseId: string;
  readonly partner: string;
  readonly question: string;
  readonly state: CaseAsk['state'];
  readonly dueAt: Date;
  readonly authorId: string | null;
  readonly at: Date;
  readonly leavesAt: Date | null;
  readonly settledAt: Date | null;
  readonly answer: string | null;
  readonly answeredAt: Date | null;
  readonly answeredBy: string | null;
}

export async function asksOf(db: Db, caseId: string, limit: number): Promise<Ask[]> {
  const asked = db.selectFrom('case_asks').select(ASK).where('case_id', '=', caseId);
  return (await asked.orderBy('at', 'desc').orderBy('id').limit(limit).execute()).reverse();
}

type NewAsk = Pick<Ask, 'compartment' | 'caseId' | 'partner' | 'question' | 'dueAt' | 'authorId' | 'at' | 'leavesAt'>;

export async function insertAsk(trx: Trx, said: NewAsk): Promise<Ask> {
  const { compartment, caseId: case_id, partner, question, dueAt: due_at, authorId: author_id, at, leavesAt } = said;
  return trx
    .insertInto('case_asks')
    .values({
      ...{ compartment, case_id, partner, question, state: 'held', due_at, author_id, at, leaves_at: leavesAt },
      ...{ settled_at: null, answer: null, answered_at: null, answered_by: null },
    })
    .returning(ASK)
    .executeTakeFirstOrThrow();
}

/** Held until the end of the transaction: of an answer and a withdrawal the second sees the first. */
export async function holdAsk(trx: Trx, caseId: string, id: string): Promise<Ask | undefined> {
  const asked = trx.selectFrom('case_asks').select(ASK).where('case_id', '=', caseId).where('id', '=', id);
  return asked.forUpdate().executeTakeFirst();
}

export async function saveAsk(trx: Trx, ask: Ask): Promise<void> {
  const { state, settledAt: settled_at, dueAt: due_at, answer, answeredAt, answeredBy } = ask;
  await trx
    .updateTable('case_asks')
    .set({ state, settled_at, due_at, answer, answered_at: answeredAt, answered_by: answeredBy })
    .where('id', '=', ask.id)
    .execute();
}

/** As with messages: of a cancel and a send the first wins. */
export async function settleAsk(
  trx: Trx,
  id: string,
  state: 'asked' | 'cancelled',
  at: Date,
): Promise<Ask | undefined> {
  const held = trx.updateTable('case_asks').set({ state, settled_at: at }).where('id', '=', id);
  return held.where('state', '=', 'held').returning(ASK).executeTakeFirst();
}

export async function heldAsk(db: Db, id: string): Promise<Ask | undefined> {
  const held = db.selectFrom('case_asks').select(ASK).where('id', '=', id).where('state', '=', 'held');
  return held.executeTakeFirst();
}

export async function dueAsks(db: Db, now: Date): Promise<string[]> {
  const due = db.selectFrom('case_asks').select('id').where('state', '=', 'held').where('leaves_at', '<=', now);
  return (await due.orderBy('leaves_at').limit(500).execute()).map(({ id }) => id);
}

/** Whoever asked; null where nobody of ours did. */
export async function askerOf(db: Db, id: string): Promise<string | null> {
  const row = await db.selectFrom('case_asks').select('author_id').where('id', '=', id).executeTakeFirst();
  return row?.author_id ?? null;
}
