/** Imports at rest: every SQL statement on `imports` and `import_refusals`. */
import { Refusal, type RefusedRow } from '@groundswell/contract';
import { type RawBuilder, sql } from 'kysely';
import type { Actor } from '../platform/actor.ts';
import type { Db, Gate, Trx } from '../platform/db.ts';
import type { Stored } from '../platform/files.ts';
import type { Import, Preview } from './import.ts';

/** Rows and bytes of a file stay far below 2^53, so that float8 holds them exactly. */
const selectImports = (condition: RawBuilder<unknown>, limit: number) => sql<Import>`
  select i.id, i.version, i.compartment, i.created_by as "createdBy", i.source_id as "sourceId", s.name as "sourceName",
         i.state, i.file_name as "fileName", i.file_sha256 as "fileSha256", i.file_bytes::float8 as "fileBytes",
         i.rows_sha256 as "rowsSha256", i.rows_bytes::float8 as "rowsBytes", i.file_kept_until as "fileKeptUntil",
         i.file_gone as "fileGone", i.file_bytes_read::float8 as "fileBytesRead", i.preview,
         i.mapping, i.created_at as "createdAt", i.started_at as "startedAt", i.finished_at as "finishedAt",
         i.rows_read::float8 as "rowsRead", i.last_row::float8 as "lastRow", i.bytes_read::float8 as "bytesRead",
         i.added::float8 as added, i.revised::float8 as revised, i.unchanged::float8 as unchanged,
         i.refused::float8 as refused, i.old_rows::float8 as "oldRows", i.rows_per_second as "rowsPerSecond", i.runner,
         i.beat_at as "beatAt", i.error, i.tries, i.retry_at as "retryAt", i.resumable
    from imports i left join sources s on s.id = i.source_id
   where ${condition} and not i.of_world
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

export async function listImports(db: Db, actor: Actor, limit = LISTED): Promise<Import[]> {
  return (await selectImports(isOwn(actor), limit).execute(db)).rows;
}

export interface NewImport {
  readonly id: string;
  readonly fileName: string;
  readonly file: Stored;
  /** The rows of a workbook, written out. */
  readonly rows: Stored | null;
  readonly preview: Preview;
  readonly keptUntil: Date;
}

/**
 * A token's source is known from the start: it has no other. The names of its files are locked while they are announced:
 * else the same file of an earlier import could be let go in between.
 */
export async function addImport(trx: Trx, actor: Actor, added: NewImport, at: Date): Promise<Import> {
  const { id, fileName, file, rows, preview, keptUntil } = added;
  const names = [file.sha256, ...(rows ? [rows.sha256] : [])].sort(); // always in one order: no deadlock
  for (const name of names) {
    await sql`select pg_advisory_xact_lock(hashtextextended('import file ' || ${name}, 0))`.execute(trx);
  }
  await sql`
    insert into imports (id, created_by, source_id, state, file_name, file_sha256, file_bytes, format, preview, created_at,
                         rows_sha256, rows_bytes, file_kept_until, files_left)
    values (${id}, ${actor.id}, ${actor.sourceId ?? null}, 'uploaded', ${fileName}, ${file.sha256}, ${file.bytes},
            ${preview.form.format}, ${JSON.stringify(preview)}::jsonb, ${at}, ${rows?.sha256 ?? null},
            ${rows?.bytes ?? null}, ${keptUntil}, ${names}::text[])`.execute(trx);
  return loadImport(trx, actor, id);
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
           rows_per_second = ${next.rowsPerSecond}, runner = ${next.runner}, beat_at = ${next.beatAt}, error = ${next.error},
           file_bytes_read = ${next.fileBytesRead}, file_kept_until = ${next.fileKeptUntil}, file_gone = ${next.fileGone},
           tries = ${next.tries}, retry_at = ${next.retryAt}, resumable = ${next.resumable}
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

/**
 * Running imports, held, that nobody is at work on: without a sign of life since `since`, or with a pause that is over by
 * `dueBy` (null: all pauses). One that somebody holds is alive.
 */
export async function holdIdleImports(
  trx: Trx,
  actor: Actor,
  { since, dueBy }: { since: Date; dueBy: Date | null },
): Promise<Import[]> {
  const { rows } = await sql<{ id: string }>`
    select id from imports
     where state = 'running' and not of_world and case when retry_at is null then beat_at <= ${since}
                                      else ${dueBy}::timestamptz is null or retry_at <= ${dueBy}::timestamptz end
       for no key update skip locked`.execute(trx);
  const held: Import[] = [];
  for (const { id } of rows) held.push(await loadImport(trx, actor, id));
  return held;
}

/** Marks every file whose time is over, and names those that lie on the disk and may not be needed any more. */
export async function letFilesGo(trx: Trx, at: Date): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`select name from app.let_import_files_go(${at})`.execute(trx);
  return rows.map(({ name }) => name);
}

/** True when nobody needs it: it has to be removed before this transaction ends. */
export async function forgetFile(trx: Trx, name: string): Promise<boolean> {
  const { rows } = await sql<{ unneeded: boolean }>`select app.forget_import_file(${name}) as unneeded`.execute(trx);
  return rows[0]!.unneeded;
}

export interface FileNames {
  readonly file: string;
  readonly rows: string | null;
}

/** Under which names the files of an import belong; null when there is no such import, or it has let go of them. */
export async function filesOfImport(db: Db, id: string): Promise<FileNames | null> {
  const { rows } = await sql<FileNames>`
    select file_sha256 as file, rows_sha256 as rows from app.files_of_import(${id})`.execute(db);
  return rows[0] ?? null;
}

/** Where a job has to work that knows an id only; null when the import has not been started. */
export async function compartmentOfImport(db: Gate, actor: Actor, id: string): Promise<string | null> {
  const { rows } = await db.as(actor, (reader) =>
    sql<{ name: string | null }>`select app.compartment_of_import(${id}) as name`.execute(reader),
  );
  return rows[0]?.name ?? null;
}
