/** Cases at rest: one of them, found, made, kept. Lists stand in `case.list.store.ts`. */
import {
  type CaseFacts,
  type CaseKind,
  type CaseOutcome,
  type CaseSource,
  type CaseState,
  HARMS,
  type NotOursReason,
  type PriorityReason,
  Refusal,
  type RequesterKind,
  type UntoldReason,
  type WaitingFor,
} from '@groundswell/contract';
import { sql } from 'kysely';
import type { Db, Trx } from '../platform/db.ts';
import { parseReference, referenceOf } from './case.key.ts';
import type { Case } from './case.ts';

declare module '../platform/database.ts' {
  interface Database {
    cases: CasesTable;
  }
}

interface CasesTable {
  id: string;
  compartment: string;
  year: number;
  number: number;
  version: number;
  kind: CaseKind;
  state: CaseState;
  waiting_for: WaitingFor | null;
  title: string | null;
  ask: string;
  harm: string | null;
  support: string | null;
  /** jsonb: written as JSON text, read as the value. */
  facts: CaseFacts;
  priority: number;
  proposed: number;
  reasons: PriorityReason[];
  override_reason: string | null;
  override_by: string | null;
  law_id: string | null;
  language: string | null;
  region: string | null;
  requester_kind: RequesterKind | null;
  requester_name: string | null;
  requester_ref: string | null;
  source: CaseSource;
  owner_id: string | null;
  team_id: string | null;
  outcome: CaseOutcome | null;
  told_by: string | null;
  untold: UntoldReason | null;
  searched: string | null;
  exit_reason: NotOursReason | null;
  note: string | null;
  merged_into: string | null;
  opened_by: string;
  opened_key: string | null;
  alert_id: string | null;
  opened_at: Date;
  acknowledged_at: Date | null;
  state_at: Date;
  changed_at: Date;
  changed_by: string;
}

export const CASE = [
  'id',
  'compartment',
  'year',
  'number',
  'version',
  'kind',
  'state',
  'waiting_for as waitingFor',
  'title',
  'ask',
  'facts',
  'priority',
  'proposed',
  'reasons',
  'override_reason as overrideReason',
  'override_by as overrideBy',
  'law_id as legalClockId',
  'language',
  'region',
  'requester_kind as requesterKind',
  'requester_name as requesterName',
  'requester_ref as requesterRef',
  'source',
  'owner_id as ownerId',
  'team_id as teamId',
  'outcome',
  'told_by as toldBy',
  'untold',
  'searched',
  'exit_reason as exitReason',
  'note',
  'merged_into as mergedInto',
  'opened_by as openedBy',
  'opened_key as openedKey',
  'alert_id as alertId',
  'opened_at as openedAt',
  'acknowledged_at as acknowledgedAt',
  'state_at as stateAt',
  'changed_at as changedAt',
  'changed_by as changedBy',
] as const;

/** By id or reference. Hidden, absent and malformed get the same answer. */
export async function loadCase(db: Db, word: string): Promise<Case> {
  const found = await findCase(db, word);
  if (!found) throw new Refusal('case.not_found', 'There is no such case, or you cannot see it.');
  return found;
}

async function findCase(db: Db, word: string): Promise<Case | undefined> {
  const ref = parseReference(word);
  if (!ref) return undefined;
  const cases = db.selectFrom('cases').select(CASE);
  if ('id' in ref) return cases.where('id', '=', ref.id).executeTakeFirst();
  return cases
    .where('compartment', '=', ref.compartment)
    .where('year', '=', ref.year)
    .where('number', '=', ref.number)
    .executeTakeFirst();
}

/** Held until the end of the transaction, in one order, so that two who want the same two do not wait for each other. */
export async function holdCases(trx: Trx, ids: readonly string[]): Promise<Map<string, Case>> {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) return new Map();
  const rows = await trx.selectFrom('cases').select(CASE).where('id', 'in', wanted).orderBy('id').forUpdate().execute();
  return new Map(rows.map((kase) => [kase.id, kase]));
}

export async function casesById(db: Db, ids: readonly string[]): Promise<Map<string, Case>> {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) return new Map();
  const rows = await db.selectFrom('cases').select(CASE).where('id', 'in', wanted).execute();
  return new Map(rows.map((kase) => [kase.id, kase]));
}

/** What somebody opened by this key before. */
export async function openedBefore(db: Db, by: string, key: string): Promise<Case | undefined> {
  const opened = db.selectFrom('cases').select(CASE).where('opened_by', '=', by);
  return opened.where('opened_key', '=', key).executeTakeFirst();
}

/**
 * The next number of a compartment in a year. Whoever is second waits for the first, so none is given twice; a gap is left
 * only where the same opening was said twice at the same moment.
 */
export async function takeNumber(trx: Trx, compartment: string, year: number): Promise<number> {
  const { rows } = await sql<{ number: number }>`
    insert into case_numbers (compartment, year, next_number) values (${compartment}, ${year}, 2)
    on conflict (compartment, year) do update set next_number = case_numbers.next_number + 1
    returning next_number - 1 as number`.execute(trx);
  return rows[0]!.number;
}

export async function insertCase(trx: Trx, kase: Case): Promise<void> {
  await trx
    .insertInto('cases')
    .values({
      ...columns(kase),
      id: kase.id,
      compartment: kase.compartment,
      year: kase.year,
      number: kase.number,
      version: kase.version,
      kind: kase.kind,
      ask: kase.ask,
      requester_kind: kase.requesterKind,
      requester_name: kase.requesterName,
      requester_ref: kase.requesterRef,
      source: kase.source,
      opened_by: kase.openedBy,
      opened_key: kase.openedKey,
      alert_id: kase.alertId,
      opened_at: kase.openedAt,
    })
    .execute();
}

/** Keeps `next` only if the case is still at the version that the caller had seen. Two people cannot both win. */
export async function saveCase(trx: Trx, next: Case, seenVersion: number): Promise<Case> {
  const saved = await trx
    .updateTable('cases')
    .set({ ...columns(next), version: seenVersion + 1 })
    .where('id', '=', next.id)
    .where('version', '=', seenVersion)
    .returning(CASE)
    .executeTakeFirst();
  if (saved) return saved;
  throw await conflict(trx, next.id, seenVersion);
}

/** Both versions, and who was first: with that the person can look at what changed and say theirs again. */
async function conflict(db: Db, id: string, seenVersion: number): Promise<Refusal> {
  const now = (await casesById(db, [id])).get(id)!;
  return new Refusal(
    'case.changed_meanwhile',
    `Somebody else changed ${referenceOf(now)} while you had it open. Nothing of yours was kept there; what you have ` +
      'written is still in your drafts. Look at what changed and do it again.',
    {
      seenVersion,
      version: now.version,
      changedBy: now.changedBy,
      changedAt: now.changedAt.toISOString(),
      state: now.state,
      ownerId: now.ownerId,
      priority: `P${now.priority}`,
    },
  );
}

const columns = (kase: Case) => ({
  state: kase.state,
  waiting_for: kase.waitingFor,
  title: kase.title,
  harm: kase.facts.harm,
  support: kase.facts.support,
  facts: JSON.stringify(kase.facts) as unknown as CaseFacts,
  priority: kase.priority,
  proposed: kase.proposed,
  reasons: JSON.stringify(kase.reasons) as unknown as PriorityReason[],
  override_reason: kase.overrideReason,
  override_by: kase.overrideBy,
  law_id: kase.legalClockId,
  language: kase.language,
  region: kase.region,
  owner_id: kase.ownerId,
  team_id: kase.teamId,
  outcome: kase.outcome,
  told_by: kase.toldBy,
  untold: kase.untold,
  searched: kase.searched,
  exit_reason: kase.exitReason,
  note: kase.note,
  merged_into: kase.mergedInto,
  acknowledged_at: kase.acknowledgedAt,
  state_at: kase.stateAt,
  changed_at: kase.changedAt,
  changed_by: kase.changedBy,
});

export const exposureOf = ({ facts }: Pick<Case, 'facts'>): number => (facts.harm ? HARMS[facts.harm][1] : 0);
