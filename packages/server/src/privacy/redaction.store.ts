/** What was redacted, counted by source. Of the sources, which belong to a slice above, the name is read and nothing else. */
import type { RedactionClass } from '@groundswell/contract';
import { sql } from 'kysely';
import type { Db, Trx } from '../platform/db.ts';
import type { Found } from './redact.ts';

export interface Counted {
  readonly sourceId: string;
  readonly compartment: string;
  readonly found: Found;
}

/** Adds to what was counted before; in the transaction that keeps the rows, so that neither is kept without the other. */
export async function countRedactions(trx: Trx, { sourceId, compartment, found }: Counted): Promise<void> {
  const rows = Object.entries(found).filter(([, places]) => places > 0);
  if (rows.length === 0) return;
  await sql`
    insert into redaction_counts (compartment, source_id, class, places)
    select ${compartment}, ${sourceId}::uuid, class, places
      from unnest(${rows.map(([name]) => name)}::text[], ${rows.map(([, places]) => places)}::bigint[]) as new (class, places)
     order by class
    on conflict (source_id, class) do update set places = redaction_counts.places + excluded.places`.execute(trx);
}

/** Sources in which nothing was found are left out. */
export async function redactionsBySource(db: Db): Promise<ReadonlyMap<string, Found>> {
  const { rows } = await sql<{ sourceId: string; counts: Found }>`
    select source_id as "sourceId", jsonb_object_agg(class, places) as counts
      from redaction_counts group by source_id`.execute(db);
  return new Map(rows.map(({ sourceId, counts }) => [sourceId, counts]));
}

export interface SourceCounts {
  readonly sourceId: string;
  readonly sourceName: string;
  readonly counts: Partial<Record<RedactionClass, number>>;
}

/** Every source of a compartment, by name; those without a find too, so that "nothing found" can be told from "not read". */
export async function redactionsIn(db: Db, compartment: string): Promise<SourceCounts[]> {
  const { rows } = await sql<SourceCounts>`
    select s.id as "sourceId", s.name as "sourceName",
           coalesce(jsonb_object_agg(c.class, c.places) filter (where c.class is not null), '{}') as counts
      from sources s left join redaction_counts c on c.source_id = s.id
     where s.compartment = ${compartment}
     group by s.id, s.name order by lower(s.name), s.id`.execute(db);
  return rows;
}
