/** What somebody has begun to write, at rest: it is asked for by its writer alone. */
import type { CaseDraft, DraftKind } from '@groundswell/contract';
import type { Db, Trx } from '../platform/db.ts';
import type { Of } from './around.store.ts';

type Body = CaseDraft['body'];

declare module '../platform/database.ts' {
  interface Database {
    /** jsonb: written as JSON text, read as the value. */
    case_drafts: { case_id: string; person_id: string; kind: DraftKind; compartment: string; body: Body; at: Date };
  }
}

export interface Draft {
  readonly kind: DraftKind;
  readonly body: Body;
  readonly at: Date;
}

export async function draftsOf(db: Db, caseId: string, personId: string): Promise<Draft[]> {
  const mine = db.selectFrom('case_drafts').select(['kind', 'body', 'at']).where('case_id', '=', caseId);
  return mine.where('person_id', '=', personId).orderBy('kind').execute();
}

export async function keepDraft(trx: Trx, { id, compartment }: Of, personId: string, draft: Draft): Promise<void> {
  const kept = { body: JSON.stringify(draft.body) as unknown as Body, at: draft.at };
  await trx
    .insertInto('case_drafts')
    .values({ case_id: id, person_id: personId, kind: draft.kind, compartment, ...kept })
    .onConflict((one) => one.columns(['case_id', 'person_id', 'kind']).doUpdateSet(kept))
    .execute();
}

export async function dropDraft(trx: Trx, caseId: string, personId: string, kind: DraftKind): Promise<void> {
  const mine = trx.deleteFrom('case_drafts').where('case_id', '=', caseId).where('person_id', '=', personId);
  await mine.where('kind', '=', kind).execute();
}
