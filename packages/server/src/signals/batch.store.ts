/** Batches at rest: how far each came, and the rows that were refused on the way. */
import { Refusal, type RefusedRow } from '@groundswell/contract';
import { sql } from 'kysely';
import type { Db, Trx } from '../platform/db.ts';
import type { Batch } from './batch.ts';

const BATCH = sql`source_id as "sourceId", compartment, key, finished_at as "finishedAt", bytes::float8 as bytes, digest,
  lines::float8 as lines, rows::float8 as rows, added::float8 as added, revised::float8 as revised,
  unchanged::float8 as unchanged, refused::float8 as refused, started_at as "startedAt", last_row_at as "lastRowAt",
  runner, beat_at as "beatAt"`;

type Name = Pick<Batch, 'sourceId' | 'key'>;

export async function loadBatch(db: Db, { sourceId, key }: Name): Promise<Batch> {
  const { rows } = await sql<Batch>`
    select ${BATCH} from signal_batches where source_id = ${sourceId} and key = ${key}`.execute(db);
  if (rows[0]) return rows[0];
  throw new Refusal('batch.not_found', 'There is no batch of this key at this source.');
}

/** The batch of that name, made if there is none, and held until the transaction ends: of two at once, one comes second. */
export async function holdBatch(
  trx: Trx,
  { sourceId, key, compartment, actor, at }: Name & { compartment: string; actor: string; at: Date },
): Promise<Batch> {
  // An update of nothing, and not "do nothing" and a look: an old batch may be forgotten between the two.
  const { rows } = await sql<Batch>`
    insert into signal_batches (compartment, source_id, key, actor, started_at)
    values (${compartment}, ${sourceId}, ${key}, ${actor}, ${at})
    on conflict (source_id, key) do update set started_at = signal_batches.started_at returning ${BATCH}`.execute(trx);
  return rows[0]!;
}

export async function setRunner(trx: Trx, { sourceId, key }: Name, runner: string, at: Date): Promise<void> {
  await sql`
    update signal_batches set runner = ${runner}::uuid, beat_at = ${at}
     where source_id = ${sourceId} and key = ${key}`.execute(trx);
}

/** A sign of life. False when somebody else has taken it over meanwhile. */
export async function beat(trx: Trx, { sourceId, key, runner }: Batch, at: Date): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update signal_batches set beat_at = ${at}
     where source_id = ${sourceId} and key = ${key} and runner = ${runner}::uuid`.execute(trx);
  return numAffectedRows === 1n;
}

/** Lets go of it, unless somebody else has it by now. */
export async function release(trx: Trx, { sourceId, key, runner }: Batch): Promise<void> {
  await sql`
    update signal_batches set runner = null
     where source_id = ${sourceId} and key = ${key} and runner = ${runner}::uuid`.execute(trx);
}

/** Frees every batch: for a server that knows that no other is at work. */
export async function releaseAll(trx: Trx): Promise<void> {
  await sql`update signal_batches set runner = null where runner is not null`.execute(trx);
}

/** Keeps how far it came. Refuses when somebody else has it: then nothing of this transaction is kept. */
export async function saveBatch(trx: Trx, batch: Batch): Promise<Batch> {
  const { numAffectedRows } = await sql`
    update signal_batches set bytes = ${batch.bytes}, digest = ${batch.digest}, lines = ${batch.lines}, rows = ${batch.rows},
           added = ${batch.added}, revised = ${batch.revised}, unchanged = ${batch.unchanged}, refused = ${batch.refused},
           last_row_at = ${batch.lastRowAt}, beat_at = ${batch.beatAt}, finished_at = ${batch.finishedAt},
           runner = ${batch.finishedAt ? null : batch.runner}::uuid
     where source_id = ${batch.sourceId} and key = ${batch.key} and runner = ${batch.runner}::uuid
           and finished_at is null`.execute(trx);
  if (numAffectedRows === 1n) return batch;
  throw new Refusal('batch.busy', 'Another request has taken this batch over.');
}

export async function addBatchRefusals(
  trx: Trx,
  { sourceId, key, compartment }: Batch,
  rows: readonly RefusedRow[],
): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    insert into batch_refusals (compartment, source_id, key, row_number, external_id, reason)
    select ${compartment}, ${sourceId}::uuid, ${key}, r.row, r.id, r.reason
      from unnest(${rows.map(({ row }) => row)}::bigint[], ${rows.map(({ id }) => id)}::text[],
                  ${rows.map(({ reason }) => reason)}::text[]) as r (row, id, reason)`.execute(trx);
}

/** Refused rows in the order of the stream, one page after row `after`. */
export async function listBatchRefusals(
  db: Db,
  { sourceId, key }: Name,
  { after, limit }: { after: number; limit: number },
): Promise<RefusedRow[]> {
  const { rows } = await sql<RefusedRow>`
    select row_number::float8 as row, external_id as id, reason from batch_refusals
     where source_id = ${sourceId} and key = ${key} and row_number > ${after} order by row_number limit ${limit}`.execute(
    db,
  );
  return rows;
}

/** Without a sign of life since then, whether it was finished or not. */
const silentSince = (before: Date) => sql`greatest(b.started_at, b.last_row_at, b.beat_at, b.finished_at) < ${before}`;

/** At most `limit` of the rows that batches silent since then had refused; how many. */
export async function dropOldRefusals(trx: Trx, before: Date, limit: number): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from batch_refusals r where (r.source_id, r.key, r.row_number) in (
      select o.source_id, o.key, o.row_number from signal_batches b join batch_refusals o using (source_id, key)
       where ${silentSince(before)} limit ${limit})`.execute(trx);
  return Number(numAffectedRows);
}

/** Batches silent since then. One that is taken up at this moment is no longer silent, and stays. */
export async function dropOldBatches(trx: Trx, before: Date): Promise<void> {
  await sql`
    delete from signal_batches b where ${silentSince(before)}
       and not exists (select from batch_refusals r where r.source_id = b.source_id and r.key = b.key)`.execute(trx);
}
