/** What people did with issues together, at rest. */
import { type IssueState, type LinkKind, Refusal, type TriageKind } from '@groundswell/contract';
import { sql } from 'kysely';
import type { Db, Trx } from '../platform/db.ts';
import type { Issue } from './issue.ts';
import type { Act } from './triage.ts';

declare module '../platform/database.ts' {
  interface Database {
    triage_acts: ActsTable;
  }
}

interface ActsTable {
  id: string;
  compartment: string;
  kind: TriageKind;
  issue_id: string | null;
  other_id: string | null;
  link: LinkKind | null;
  was_state: IssueState | null;
  was_reason: Issue['dismissReason'];
  was_note: string | null;
  signals: number;
  made_by: string;
  made_at: Date;
  undone_by: string | null;
  undone_at: Date | null;
}

const asAct = (row: ActsTable): Act => ({
  id: row.id,
  compartment: row.compartment,
  kind: row.kind,
  issueId: row.issue_id,
  otherId: row.other_id,
  link: row.link,
  was: row.was_state && { state: row.was_state, dismissReason: row.was_reason, note: row.was_note },
  signals: row.signals,
  madeBy: row.made_by,
  madeAt: row.made_at,
  undoneBy: row.undone_by,
  undoneAt: row.undone_at,
});

export async function insertAct(trx: Trx, act: Act): Promise<void> {
  await trx
    .insertInto('triage_acts')
    .values({
      id: act.id,
      compartment: act.compartment,
      kind: act.kind,
      issue_id: act.issueId,
      other_id: act.otherId,
      link: act.link,
      was_state: act.was?.state ?? null,
      was_reason: act.was?.dismissReason ?? null,
      was_note: act.was?.note ?? null,
      signals: act.signals,
      made_by: act.madeBy,
      made_at: act.madeAt,
      undone_by: act.undoneBy,
      undone_at: act.undoneAt,
    })
    .execute();
}

/** Hidden and absent get the same answer. */
export async function loadAct(db: Db, id: string): Promise<Act> {
  const row = await db.selectFrom('triage_acts').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row) throw new Refusal('triage.not_found', 'There is no such change, or you cannot see it.');
  return asAct(row);
}

const SHOWN = 100;

/** Everything that was done to an issue or with it, newest first. Moves name it as the one that took in, or stand in its events. */
export async function actsOf(db: Db, issueId: string, moves: readonly string[]): Promise<Act[]> {
  const rows = await db
    .selectFrom('triage_acts')
    .selectAll()
    .where((eb) =>
      eb.or([
        eb('issue_id', '=', issueId),
        eb('other_id', '=', issueId),
        ...(moves.length > 0 ? [eb('id', 'in', [...moves])] : []),
      ]),
    )
    .orderBy('made_at', 'desc')
    .orderBy('id')
    .limit(SHOWN)
    .execute();
  return rows.map(asAct);
}

export async function endAct(trx: Trx, id: string, by: string, at: Date): Promise<void> {
  await trx.updateTable('triage_acts').set({ undone_by: by, undone_at: at }).where('id', '=', id).execute();
}

export async function isLinked(db: Db, one: string, other: string, link: LinkKind): Promise<boolean> {
  const { rows } = await sql`
    select from triage_acts where kind = 'link' and undone_at is null and link = ${link}
       and least(issue_id, other_id) = least(${one}::uuid, ${other}::uuid)
       and greatest(issue_id, other_id) = greatest(${one}::uuid, ${other}::uuid)`.execute(db);
  return rows.length > 0;
}
