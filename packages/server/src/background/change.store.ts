/** Changes at rest. */
import { type ChangeKind, Refusal } from '@groundswell/contract';
import { sql } from 'kysely';
import type { Db, Trx } from '../platform/db.ts';
import { dimensionsAsMerged } from '../signals/index.ts';
import type { Change, KeptChange } from './change.ts';

/** Values of dimensions as those of signals are read: merged ones under the one name. */
const CHANGE = sql`id, external_id as "externalId", own_id as "ownId", at, until, kind, title, url, share, by_name as by,
  withdrawn_at as "withdrawnAt", ${dimensionsAsMerged('changes')} as dimensions`;

export interface By {
  readonly compartment: string;
  readonly actor: { readonly id: string; readonly name: string };
  readonly at: Date;
}

/** One that was withdrawn by a person stays so, whatever is sent of it again. */
export async function keepChanges(trx: Trx, changes: readonly Change[], by: By) {
  const { rows } = await sql<{ id: string; fresh: boolean }>`
    insert into changes (compartment, external_id, own_id, at, until, kind, title, url, dimensions, share, by_actor, by_name,
      recorded_at)
    select ${by.compartment}, r."externalId", r."ownId", r.at, r.until, r.kind, r.title, r.url, r.dimensions, r.share,
           ${by.actor.id}, ${by.actor.name}, ${by.at}::timestamptz
      from json_to_recordset(${JSON.stringify(changes)}::json) as r ("externalId" text, "ownId" boolean, at timestamptz,
        until timestamptz, kind text, title text, url text, dimensions jsonb, share float8)
     order by r."externalId"
    on conflict (compartment, external_id) do update
       set at = excluded.at, until = excluded.until, kind = excluded.kind, title = excluded.title, url = excluded.url,
           dimensions = excluded.dimensions, share = excluded.share, by_actor = excluded.by_actor,
           by_name = excluded.by_name, recorded_at = excluded.recorded_at
     where (changes.at, changes.until, changes.kind, changes.title, changes.url, changes.dimensions, changes.share)
           is distinct from (excluded.at, excluded.until, excluded.kind, excluded.title, excluded.url, excluded.dimensions,
                             excluded.share)
    returning id, xmax = 0 as fresh`.execute(trx);
  const added = rows.filter(({ fresh }) => fresh).length;
  return {
    ids: rows.map(({ id }) => id),
    added,
    replaced: rows.length - added,
    unchanged: changes.length - rows.length,
  };
}

export interface ChangeQuery {
  readonly compartment: string;
  readonly from?: string;
  readonly to?: string;
  readonly kind?: ChangeKind;
  readonly q?: string;
  readonly limit: number;
}
export interface ChangePlace {
  readonly at: Date;
  readonly id: string;
}

const asksFor = ({ compartment, from, to, kind, q }: Omit<ChangeQuery, 'limit'>) => sql`
  compartment = ${compartment}
  ${from ? sql`and coalesce(until, at) >= ${from}` : sql``} ${to ? sql`and at < ${to}` : sql``}
  ${kind ? sql`and kind = ${kind}` : sql``}
  ${q?.trim() ? sql`and strpos(lower(title), lower(${q.trim()})) > 0` : sql``}`;

export async function countChanges(db: Db, query: Omit<ChangeQuery, 'limit'>, limit: number): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from (select from changes where ${asksFor(query)} limit ${limit}) found`.execute(db);
  return rows[0]!.count;
}

/** Newest first, one page behind `after`. What lasts belongs to every day of it. */
export async function findChanges(db: Db, query: ChangeQuery, after: ChangePlace | null): Promise<KeptChange[]> {
  const { rows } = await sql<KeptChange>`
    select ${CHANGE} from changes
     where ${asksFor(query)}
           ${after ? sql`and (at, id) < (${after.at}, ${after.id}::uuid)` : sql``}
     order by at desc, id desc limit ${query.limit}`.execute(db);
  return rows;
}

/** The compartment says where the event of it belongs. */
export async function markWithdrawn(trx: Trx, id: string, at: Date): Promise<KeptChange & { compartment: string }> {
  const { rows } = await sql<KeptChange & { compartment: string }>`
    update changes set withdrawn_at = coalesce(withdrawn_at, ${at}) where id = ${id}
    returning ${CHANGE}, compartment`.execute(trx);
  if (!rows[0]) throw new Refusal('change.not_found', `There is no change ${id}.`);
  return rows[0];
}
