/** The past of an invented world: an import without a file. The engine replays it as history like any other. */
import { sql } from 'kysely';
import type { Trx } from '../platform/db.ts';

/** Found again by the name of its compartment, so that whoever goes on after a crash goes on with the same. */
export async function beginPast(
  trx: Trx,
  { compartment, sourceId, actor, at }: { compartment: string; sourceId: string; actor: string; at: Date },
): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    with known as (select id from imports where compartment = ${compartment} and of_world),
         made as (insert into imports (compartment, created_by, source_id, state, file_name, file_sha256, file_bytes, format,
                                       preview, created_at, started_at, beat_at, of_world, resumable)
                  select ${compartment}, ${actor}, ${sourceId}, 'running', '', '', 0, 'jsonl', '{}', ${at}, ${at}, ${at}, true, false
                   where not exists (select from known) returning id)
    select id from known union all select id from made`.execute(trx);
  return rows[0]!.id;
}

/** From now on the engine may read it: all of it is more than 48 hours old, as far as the engine cares. */
export async function endPast(trx: Trx, id: string, at: Date): Promise<void> {
  await sql`
    with kept as (select coalesce(sum(row_count), 0) as signals from intake_batches where import_id = ${id})
    update imports set state = 'done', finished_at = ${at}, rows_read = kept.signals, added = kept.signals, old_rows = kept.signals
      from kept where id = ${id} and of_world`.execute(trx);
}
