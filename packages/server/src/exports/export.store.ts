/** Exports at rest. The wall lets everybody see only their own, and only while they may see what it was made of. */
import { sql } from 'kysely';
import type { Db, Trx } from '../platform/db.ts';
import { type Export, noSuchExport } from './export.ts';

const EXPORT = sql`id, list, query, compartments, world, covered, bom, state, total::float8 as total, rows::float8 as rows,
  bytes::float8 as bytes, sha256, draft, problem, created_at as "createdAt", finished_at as "finishedAt",
  expires_at as "expiresAt"`;

type New = Pick<Export, 'id' | 'list' | 'query' | 'compartments' | 'world' | 'covered' | 'bom' | 'total'> & {
  readonly byPerson: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
};

export async function addExport(trx: Trx, made: New): Promise<void> {
  await sql`
    insert into exports (id, by_person, compartments, world, list, query, covered, bom, state, total, created_at, expires_at)
    values (${made.id}, ${made.byPerson}, ${made.compartments}::text[], ${made.world}, ${made.list},
            ${JSON.stringify(made.query)}::jsonb, ${made.covered}, ${made.bom}, 'waiting', ${made.total}, ${made.createdAt},
            ${made.expiresAt})`.execute(trx);
}

/** Takes turns with whoever else asks as the same person. */
export async function countUnderWay(trx: Trx, personId: string): Promise<number> {
  await sql`select pg_advisory_xact_lock(hashtextextended('exports of ' || ${personId}, 0))`.execute(trx);
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from exports where state in ('waiting', 'running')`.execute(trx);
  return rows[0]!.n;
}

export async function loadExport(db: Db, id: string, at: Date): Promise<Export> {
  const { rows } = await sql<Export>`
    select ${EXPORT} from exports where id = ${id} and expires_at > ${at}`.execute(db);
  if (!rows[0]) throw noSuchExport();
  return rows[0];
}

const LISTED = 50;

export async function listOwn(db: Db, at: Date): Promise<Export[]> {
  const { rows } = await sql<Export>`
    select ${EXPORT} from exports where expires_at > ${at} order by created_at desc, id limit ${LISTED}`.execute(db);
  return rows;
}

export interface StandingOfAsker {
  readonly person: string;
  readonly world: number | null;
  readonly asked: readonly string[];
  readonly active: boolean;
  readonly can: readonly string[];
  readonly compartments: readonly string[];
}

/** Null once it is gone. */
export async function askerOf(db: Db, id: string): Promise<StandingOfAsker | null> {
  const { rows } = await sql<StandingOfAsker>`select * from app.asker_of_export(${id})`.execute(db);
  return rows[0] ?? null;
}

/** Whoever comes last writes it; one that wrote before notices with its next step, as does one whose export is gone. */
export async function takeOver(trx: Trx, id: string, runner: string, at: Date): Promise<Export | null> {
  const { rows } = await sql<Export>`
    update exports set state = 'running', runner = ${runner}, rows = 0
     where id = ${id} and state in ('waiting', 'running') and expires_at > ${at} returning ${EXPORT}`.execute(trx);
  return rows[0] ?? null;
}

export async function saveStep(trx: Trx, id: string, runner: string, rows: number): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update exports set rows = ${rows} where id = ${id} and runner = ${runner} and state = 'running'`.execute(trx);
  return numAffectedRows === 1n;
}

export interface Written {
  readonly rows: number;
  readonly bytes: number;
  readonly sha256: string;
  readonly draft: string;
  readonly finishedAt: Date;
  readonly expiresAt: Date;
}

export async function saveWritten(trx: Trx, id: string, runner: string, written: Written): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update exports set state = 'ready', rows = ${written.rows}, bytes = ${written.bytes}, sha256 = ${written.sha256},
           draft = ${written.draft}, finished_at = ${written.finishedAt}, expires_at = ${written.expiresAt}
     where id = ${id} and runner = ${runner} and state = 'running'`.execute(trx);
  return numAffectedRows === 1n;
}

export async function saveFailed(trx: Trx, id: string, problem: string, at: Date): Promise<void> {
  await sql`
    update exports set state = 'failed', problem = ${problem}, finished_at = ${at}
     where id = ${id} and state in ('waiting', 'running')`.execute(trx);
}

/** Its time is over at once; the clock removes what is left of it. */
export async function endExport(trx: Trx, id: string, at: Date): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update exports set expires_at = ${at}, runner = null where id = ${id} and expires_at > ${at}`.execute(trx);
  return numAffectedRows === 1n;
}

export interface Over {
  readonly id: string;
  readonly sha256: string | null;
  readonly draft: string | null;
}

export async function listOver(db: Db, at: Date): Promise<Over[]> {
  return (await sql<Over>`select * from app.exports_over(${at})`.execute(db)).rows;
}

export async function forgetExport(trx: Trx, id: string, at: Date): Promise<void> {
  await sql`select app.forget_export(${id}, ${at})`.execute(trx);
}
