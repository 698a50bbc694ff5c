/** Runs of the engine at rest: how far each has come, its stored state, and what a history run has to read. */
import { constants, deflateSync, inflateSync } from 'node:zlib';
import { sql } from 'kysely';
import type { Db, Trx } from '../platform/db.ts';
import type { Progress, ReadSoFar, Run, RunState, Stored } from './run.ts';

declare module '../platform/database.ts' {
  interface Database {
    engine_runs: RunsTable;
    engine_checkpoints: { run_id: string; position: string | number; part: number; compartment: string; bytes: Buffer };
    engine_history: { run_id: string; seq: string; compartment: string; signal_id: string };
  }
}

interface RunsTable {
  id: string;
  compartment: string;
  import_id: string | null;
  source_id: string | null;
  state: RunState;
  position: string | number;
  applied: string | number;
  items: string | number;
  total: string | number;
  engine_at: Date | null;
  false_alerts_per_week: number;
  build: string | null;
  state_bytes: string | number;
  created_at: Date;
  finished_at: Date | null;
  error: string | null;
}

const asRun = (row: RunsTable): Run => ({
  id: row.id,
  compartment: row.compartment,
  importId: row.import_id,
  sourceId: row.source_id,
  state: row.state,
  position: Number(row.position),
  applied: Number(row.applied),
  items: Number(row.items),
  total: Number(row.total),
  engineAt: row.engine_at,
  falseAlertsPerWeek: row.false_alerts_per_week,
  build: row.build,
  stateBytes: Number(row.state_bytes),
});

export async function insertLiveRun(trx: Trx, id: string, compartment: string, at: Date): Promise<Run> {
  await sql`insert into engine_runs (id, compartment, state, created_at) values (${id}, ${compartment}, 'running', ${at})
            on conflict do nothing`.execute(trx);
  return (await loadRun(trx, id))!;
}

type NewHistory = Pick<Run, 'id' | 'compartment' | 'importId' | 'sourceId' | 'falseAlertsPerWeek' | 'total'> & {
  at: Date;
};

export async function insertHistoryRun(trx: Trx, run: NewHistory): Promise<void> {
  await sql`insert into engine_runs (id, compartment, import_id, source_id, state, false_alerts_per_week, total, created_at)
            values (${run.id}, ${run.compartment}, ${run.importId}, ${run.sourceId}, 'waiting', ${run.falseAlertsPerWeek},
                    ${run.total}, ${run.at})`.execute(trx);
}

export async function loadRun(db: Db, id: string): Promise<Run | undefined> {
  const row = await db.selectFrom('engine_runs').selectAll().where('id', '=', id).executeTakeFirst();
  return row && asRun(row);
}

export async function historyRuns(db: Db, importIds: readonly string[]): Promise<Run[]> {
  if (importIds.length === 0) return [];
  const runs = db.selectFrom('engine_runs').selectAll().where('import_id', 'in', importIds);
  return (await runs.orderBy('created_at').execute()).map(asRun);
}

export async function readSoFar(db: Db, compartment: string): Promise<ReadSoFar> {
  const { rows } = await sql<ReadSoFar>`
    select coalesce(sum(items) filter (where import_id is null), 0)::float8 as live,
           coalesce(sum(items) filter (where import_id is not null), 0)::float8 as history,
           coalesce(sum(total - items) filter (where import_id is not null and state in ('waiting', 'running')), 0)::float8
             as "historyLeft"
      from engine_runs where compartment = ${compartment}`.execute(db);
  return rows[0]!;
}

/** The oldest history run of a compartment that is not through. One at a time: each holds a state in memory. */
export async function nextHistory(db: Db, compartment: string): Promise<Run | undefined> {
  const row = await db
    .selectFrom('engine_runs')
    .selectAll()
    .where('compartment', '=', compartment)
    .where('import_id', 'is not', null)
    .where('state', 'in', ['waiting', 'running'])
    .orderBy('created_at')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();
  return row && asRun(row);
}

/** Fixes what a run will read and in which order, and returns how much that is. Said twice, it is done once. */
export async function prepareHistory(trx: Trx, run: Run): Promise<number> {
  await sql`
    insert into engine_history (run_id, seq, compartment, signal_id)
    select ${run.id}, row_number() over (order by s.at, s.revised_at, s.signal_id), s.compartment, s.signal_id from signals s
     where s.batch_id = any (array(select batch_id from engine_held where run_id = ${run.id}))`.execute(trx);
  await trx.deleteFrom('engine_held').where('run_id', '=', run.id).execute();
  const { rows } = await sql<{ total: string }>`
    update engine_runs set state = 'running', total = (select count(*) from engine_history where run_id = ${run.id})
     where id = ${run.id} returning total`.execute(trx);
  return Number(rows[0]!.total);
}

export async function endHistory(trx: Trx, runId: string, at: Date): Promise<void> {
  await trx.updateTable('engine_runs').set({ state: 'done', finished_at: at }).where('id', '=', runId).execute();
  await trx.deleteFrom('engine_history').where('run_id', '=', runId).execute();
}

export async function failRun(trx: Trx, runId: string, error: string, at: Date): Promise<void> {
  await trx
    .updateTable('engine_runs')
    .set({ state: 'failed', error, finished_at: at })
    .where('id', '=', runId)
    .execute();
}

/** What was said again after a crash never takes back how far it had been written down. */
export async function saveProgress(trx: Trx, runId: string, { applied, items, engineAt }: Progress): Promise<void> {
  await sql`update engine_runs set applied = ${applied}, items = ${items}, engine_at = ${engineAt}
             where id = ${runId} and applied <= ${applied}`.execute(trx);
}

const PART_BYTES = 4 * 1024 * 1024;

/**
 * The state and where it stands: both or neither. Level 1 packs the half-empty tables of a state threefold at disk speed.
 * The run is locked first, so that two who store at once do it one after the other.
 */
export async function saveCheckpoint(
  trx: Trx,
  { id, compartment }: Run,
  position: number,
  build: string,
  state: Uint8Array,
): Promise<void> {
  const at = { position, build, state_bytes: state.length };
  await trx.updateTable('engine_runs').set(at).where('id', '=', id).execute();
  await trx.deleteFrom('engine_checkpoints').where('run_id', '=', id).execute();
  for (let part = 0; part * PART_BYTES < state.length; part++) {
    const piece = state.subarray(part * PART_BYTES, (part + 1) * PART_BYTES);
    const bytes = deflateSync(piece, { level: constants.Z_BEST_SPEED });
    await trx.insertInto('engine_checkpoints').values({ run_id: id, position, part, compartment, bytes }).execute();
  }
}

/** The stored state of a run, if this build made it. */
export async function loadCheckpoint(db: Db, runId: string, build: string): Promise<Stored | null> {
  const run = await loadRun(db, runId);
  if (!run || run.build !== build) return null;
  const { position, engineAt, stateBytes } = run;
  const state = new Uint8Array(stateBytes);
  let at = 0;
  for (let part = 0; at < stateBytes; part++) {
    const piece = await loadPart(db, runId, position, part);
    if (!piece) return loadCheckpoint(db, runId, build); // another engine has just stored a later state: take that
    state.set(piece, at);
    at += piece.length;
  }
  return { position, engineAt, state };
}

async function loadPart(db: Db, runId: string, position: number, part: number): Promise<Uint8Array | null> {
  const row = await db
    .selectFrom('engine_checkpoints')
    .select('bytes')
    .where('run_id', '=', runId)
    .where('position', '=', position)
    .where('part', '=', part)
    .executeTakeFirst();
  return row ? inflateSync(row.bytes) : null;
}
