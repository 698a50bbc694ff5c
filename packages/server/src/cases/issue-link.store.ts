/** Issues beside cases, and cases beside cases, at rest. All of one compartment: nothing is told over a wall. */
import type { CaseLink, IssueState } from '@groundswell/contract';
import { type Generated, sql } from 'kysely';
import type { Db, Trx } from '../platform/db.ts';
import type { Of } from './around.store.ts';

declare module '../platform/database.ts' {
  interface Database {
    case_issues: {
      case_id: string;
      issue_id: string;
      compartment: string;
      at: Date;
      by_actor: string;
      proposed_state: Generated<IssueState | null>;
      proposed_at: Generated<Date | null>;
    };
    case_links: {
      case_id: string;
      other_id: string;
      kind: 'related' | 'split_from';
      compartment: string;
      at: Date;
      by_actor: string;
    };
  }
}

/** False when it stood there already. */
export async function insertIssueLink(trx: Trx, kase: Of, issueId: string, by: string, at: Date): Promise<boolean> {
  const row = { case_id: kase.id, issue_id: issueId, compartment: kase.compartment, at, by_actor: by };
  const made = trx
    .insertInto('case_issues')
    .values(row)
    .onConflict((one) => one.doNothing());
  return (await made.returning('case_id').execute()).length > 0;
}

export async function removeIssueLink(trx: Trx, caseId: string, issueId: string): Promise<boolean> {
  const gone = trx.deleteFrom('case_issues').where('case_id', '=', caseId).where('issue_id', '=', issueId);
  return (await gone.returning('case_id').execute()).length > 0;
}

export interface Beside {
  readonly issueId: string;
  readonly proposedState: IssueState | null;
  readonly proposedAt: Date | null;
}

export async function issuesBeside(db: Db, caseId: string): Promise<Beside[]> {
  return db
    .selectFrom('case_issues')
    .select(['issue_id as issueId', 'proposed_state as proposedState', 'proposed_at as proposedAt'])
    .where('case_id', '=', caseId)
    .orderBy('at')
    .orderBy('issue_id')
    .execute();
}

/** Cases of an issue that have not ended, in the order of their ids. */
export async function liveCasesOf(db: Db, issueId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select c.id from case_issues l join cases c on c.id = l.case_id
     where l.issue_id = ${issueId} and c.state not in ('resolved', 'closed', 'duplicate', 'not_ours') order by c.id`.execute(
    db,
  );
  return rows.map(({ id }) => id);
}

/** Null takes the proposal away. True if that changed something. */
export async function propose(
  trx: Trx,
  caseId: string,
  issueId: string,
  said: { state: IssueState; at: Date } | null,
): Promise<boolean> {
  const { rows } = await sql`
    update case_issues set proposed_state = ${said?.state ?? null}, proposed_at = ${said?.at ?? null}
     where case_id = ${caseId} and issue_id = ${issueId} and proposed_state is distinct from ${said?.state ?? null}
     returning case_id`.execute(trx);
  return rows.length > 0;
}

/** Of an issue that goes on again: nobody is to end a case for it any more. */
export async function withdrawProposals(trx: Trx, issueId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    update case_issues set proposed_state = null, proposed_at = null
     where issue_id = ${issueId} and proposed_state is not null returning case_id as id`.execute(trx);
  return rows.map(({ id }) => id);
}

/** Related is said once for both: under the smaller id. */
const inOrder = (one: string, other: string): [string, string] => (one < other ? [one, other] : [other, one]);

export async function insertCaseLink(
  trx: Trx,
  { id, compartment }: Of,
  { other, kind }: { other: string; kind: 'related' | 'split_from' },
  { by, at }: { by: string; at: Date },
): Promise<boolean> {
  const [case_id, other_id] = kind === 'related' ? inOrder(id, other) : [id, other];
  const made = trx.insertInto('case_links').values({ case_id, other_id, kind, compartment, at, by_actor: by });
  return (
    (
      await made
        .onConflict((one) => one.doNothing())
        .returning('case_id')
        .execute()
    ).length > 0
  );
}

export async function removeCaseLink(trx: Trx, one: string, other: string): Promise<boolean> {
  const [case_id, other_id] = inOrder(one, other);
  const gone = trx.deleteFrom('case_links').where('case_id', '=', case_id).where('other_id', '=', other_id);
  return (await gone.where('kind', '=', 'related').returning('case_id').execute()).length > 0;
}

/** Each from where this case stands. */
export async function casesBeside(db: Db, caseId: string): Promise<{ id: string; kind: CaseLink['kind'] }[]> {
  const { rows } = await sql<{ id: string; kind: CaseLink['kind'] }>`
    select other_id as id, kind from case_links where case_id = ${caseId}
    union all
    select case_id, case kind when 'split_from' then 'split_into' else kind end from case_links where other_id = ${caseId}
    union all
    select id, 'merged_from' from cases where merged_into = ${caseId}
    union all
    select merged_into, 'merged_into' from cases where id = ${caseId} and merged_into is not null
    order by 2, 1 limit 500`.execute(db);
  return rows;
}
