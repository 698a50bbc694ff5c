/** Imports at rest: every SQL statement on `imports` and `import_refusals`. */
import { Refusal, type RefusedRow } from '@groundswell/contract';
import { type RawBuilder, sql } from 'kysely';
import type { Actor } from '../platform/actor.ts';
import type { Db, Gate, Trx } from '../platform/db.ts';
import type { Import, Preview } from './import.ts';

/** Rows and bytes of a file stay far below 2^53, so that float8 holds them exactly. */
const selectImports = (condition: RawBuilder<unknown>, limit: number) => sql<Import>`
  select i.id, i.version, i.compartment, i.created_by as "createdBy", i.source_id as "sourceId", s.name as "sourceName",
         i.state, i.file_name as "fileName", i.file_sha256 as "fileSha256", i.file_bytes::float8 as "fileBytes", i.preview,
         i.mapping, i.created_at as "createdAt", i.started_at as "startedAt", i.finished_at as "finishedAt",
         i.rows_read::float8 as "rowsRead", i.last_row::float8 as "lastRow", i.bytes_read::float8 as "bytesRead",
         i.added::float8 as added, i.revised::float8 as revised, i.unchanged::float8 as unchanged,
         i.refused::float8 as refused, i.old_rows::float8 as "oldRows", i.rows_per_second as "rowsPerSecond", i.runner,
         i.beat_at as "beatAt", i.error
    from imports i left join sources s on s.id = i.source_id
   where ${condition}
   order by i.created_at desc, i.id
   limit ${limit}`;

/** A token knows of its own imports only, a person of all in their compartments: the wall sees to the latter. */
const isOwn = (actor: Actor) => (actor.kind === 'token' ? sql`i.created_by = ${actor.id}` : sql`true`);

export async function loadImport(db: Db, actor: Actor, id: string): Promise<Import> {
  const { rows } = await selectImports(sql`i.id = ${id} and ${isOwn(actor)}`, 1).execute(db);
  if (!rows[0]) throw new Refusal('import.not_found', `There is no import ${id}.`);
  return rows[0];
}

const LISTED = 100;

export async function listImports(db: Db, actor: Actor): Promise<Import[]> {
  return (await selectImports(isOwn(actor), LISTED).execute(db)).rows;
}

export interface NewImport {
  readonly fileName: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly preview: Preview;
}

/** A token's source is known from the start: it has no other. */
export async function addImport(trx: Trx, actor: Actor, file: NewImport, at: Date): Promise<Import> {
  const { fileName, sha256, bytes, preview } = file;
  const { rows } = await sql<{ id: string }>`
    insert into imports (created_by, source_id, state, file_name, file_sha256, file_bytes, format, preview, created_at)
    values (${actor.id}, ${actor.sourceId ?? null}, 'uploaded', ${fileName}, ${sha256}, ${bytes}, ${preview.form.format},
            ${JSON.stringify(preview)}::jsonb, ${at})
    returning id`.execute(trx);
  return loadImport(trx, actor, rows[0]!.id);
}

/** Keeps `next` only if the import is still at the version that the caller had seen: of two runners, one goes on. */
export async function saveImport(trx: Trx, next: Import): Promise<Import> {
  const version = next.version + 1;
  const { numAffectedRows } = await sql`
    update imports set version = ${version}, compartment = ${next.compartment}, source_id = ${next.sourceId},
           state = ${next.state}, mapping = ${next.mapping && JSON.stringify(next.mapping)}::jsonb,
           started_at = ${next.startedAt}, finished_at = ${next.finishedAt}, rows_read = ${next.rowsRead},
           last_row = ${next.lastRow}, bytes_read = ${next.bytesRead}, added = ${next.added}, revised = ${next.revised},
           unchanged = ${next.unchanged}, refused = ${next.refused}, old_rows = ${next.oldRows},
           rows_per_second = ${next.rowsPerSecond}, runner = ${next.runner}, beat_at = ${next.beatAt}, error = ${next.error}
     where id = ${next.id} and version = ${next.version}`.execute(trx);
  if (numAffectedRows === 1n) return { ...next, version };
  throw new Refusal('import.wrong_state', 'The import went on meanwhile. Reload it and try again.', { id: next.id });
}

/** All at once, whatever their number: three arrays are three parameters. */
export async function addRefusals(trx: Trx, { id, compartment }: Import, rows: readonly RefusedRow[]): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    insert into import_refusals (import_id, row_number, compartment, external_id, reason)
    select ${id}, r.row, ${compartment}, r.id, r.reason
      from unnest(${rows.map((one) => one.row)}::bigint[], ${rows.map((one) => one.id)}::text[],
                  ${rows.map((one) => one.reason)}::text[]) as r (row, id, reason)`.execute(trx);
}

/** Refused rows in the order of the file, one page after row `after`. */
export async function listRefusals(
  db: Db,
  importId: string,
  { after, limit }: { after: number; limit: number },
): Promise<RefusedRow[]> {
  const { rows } = await sql<RefusedRow>`
    select row_number::float8 as row, external_id as id, reason from import_refusals
     where import_id = ${importId} and row_number > ${after} order by row_number limit ${limit}`.execute(db);
  return rows;
}

/** Running imports without a sign of life since then, held; one that somebody holds is alive. */
export async function holdSilentImports(trx: Trx, actor: Actor, since: Date): Promise<Import[]> {
  const { rows } = await sql<{ id: string }>`
    select id from imports where state = 'running' and beat_at <= ${since} for no key update skip locked`.execute(trx);
  const held: Import[] = [];
  for (const { id } of rows) held.push(await loadImport(trx, actor, id));
  return held;
}

/** Where a job has to work that knows an id only; null when the import has not been started. */
export async function compartmentOfImport(db: Gate, actor: Actor, id: string): Promise<string | null> {
  const { rows } = await db.as(actor, (reader) =>
    sql<{ name: string | null }>`select app.compartment_of_import(${id}) as name`.execute(reader),
  );
  return rows[0]?.name ?? null;
}
