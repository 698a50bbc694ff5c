/** Connectors at rest: every SQL statement on `connectors`. */
import { type ConnectorKind, Refusal } from '@groundswell/contract';
import { type RawBuilder, sql } from 'kysely';
import { SYSTEM } from '../access/index.ts';
import type { Db, Gate, Trx } from '../platform/db.ts';
import type { Change, Connector } from './connector.ts';

const selectConnectors = (condition: RawBuilder<unknown>, held = sql``) => sql<Connector>`
  select c.id, c.version, c.compartment, c.source_id as "sourceId", s.name as "sourceName", c.kind, c.settings,
         c.secrets as sealed, c.secret_names as "secretNames", c.every_minutes as "everyMinutes",
         c.paused_at as "pausedAt", c.removed_at as "removedAt", c.cursor, c.begin_at as "beginAt",
         c.reached_at as "reachedAt", c.caught_up_at as "caughtUpAt", c.backfill_from as "backfillFrom",
         c.backfill_cursor as "backfillCursor", c.backfill_reached as "backfillReached",
         c.backfill_finished_at as "backfillFinishedAt", c.minute_at as "minuteAt",
         c.minute_pages as "minutePages", c.due_at as "dueAt", c.last_turn_at as "lastTurnAt",
         c.last_row_at as "lastRowAt", c.last_event_at as "lastEventAt", c.added::float8 as added,
         c.revised::float8 as revised, c.unchanged::float8 as unchanged, c.refused::float8 as refused,
         c.last_refused as "lastRefused", c.problem, c.problem_at as "problemAt", c.tries, c.runner, c.beat_at as "beatAt"
    from connectors c join sources s on s.id = c.source_id
   where ${condition} order by s.name, c.made_at, c.id ${held}`;

export async function listConnectors(db: Db): Promise<Connector[]> {
  return (await selectConnectors(sql`c.removed_at is null`).execute(db)).rows;
}

export async function findConnector(db: Db, id: string): Promise<Connector | undefined> {
  return (await selectConnectors(sql`c.id = ${id}`).execute(db)).rows[0];
}

export async function loadConnector(db: Db, id: string): Promise<Connector> {
  return (await findConnector(db, id)) ?? refuse(id);
}

/** Held until the transaction ends: of a person and a turn, one is after the other. */
export async function holdConnector(trx: Trx, id: string): Promise<Connector> {
  const { rows } = await selectConnectors(sql`c.id = ${id}`, sql`for no key update of c`).execute(trx);
  return rows[0] ?? refuse(id);
}

function refuse(id: string): never {
  throw new Refusal('connector.not_found', `There is no connector ${id}.`);
}

export interface NewConnector extends Change {
  readonly id: string;
  readonly compartment: string;
  readonly sourceId: string;
  readonly kind: ConnectorKind;
  readonly madeAt: Date;
  readonly madeBy: string;
  readonly beginAt: Date;
  readonly dueAt: Date | null;
}

export async function insertConnector(trx: Trx, one: NewConnector): Promise<Connector> {
  await sql`
    insert into connectors (id, compartment, source_id, kind, settings, secrets, secret_names, every_minutes, made_at,
                            made_by, begin_at, due_at)
    values (${one.id}, ${one.compartment}, ${one.sourceId}, ${one.kind}, ${JSON.stringify(one.settings)}::jsonb,
            ${one.sealed}, ${one.secretNames}::text[], ${one.everyMinutes}, ${one.madeAt}, ${one.madeBy}, ${one.beginAt},
            ${one.dueAt})`.execute(trx);
  return loadConnector(trx, one.id);
}

/** The database keeps JSON null and no value apart; to us both mean that there is none. */
const json = (value: unknown) => sql`${value === null || value === undefined ? null : JSON.stringify(value)}::jsonb`;

/** Keeps `next` only if the connector is still at the version that the caller had seen: of two runners, one goes on. */
export async function saveConnector(trx: Trx, next: Connector): Promise<Connector> {
  const version = next.version + 1;
  const { numAffectedRows } = await sql`
    update connectors set version = ${version}, settings = ${json(next.settings)}, secrets = ${next.sealed},
           secret_names = ${next.secretNames}::text[], every_minutes = ${next.everyMinutes}, paused_at = ${next.pausedAt},
           removed_at = ${next.removedAt}, cursor = ${json(next.cursor)}, begin_at = ${next.beginAt},
           reached_at = ${next.reachedAt}, caught_up_at = ${next.caughtUpAt}, backfill_from = ${next.backfillFrom},
           backfill_cursor = ${json(next.backfillCursor)}, backfill_reached = ${next.backfillReached},
           backfill_finished_at = ${next.backfillFinishedAt}, minute_at = ${next.minuteAt},
           minute_pages = ${next.minutePages}, due_at = ${next.dueAt}, last_turn_at = ${next.lastTurnAt},
           last_row_at = ${next.lastRowAt}, last_event_at = ${next.lastEventAt}, added = ${next.added},
           revised = ${next.revised}, unchanged = ${next.unchanged}, refused = ${next.refused},
           last_refused = ${json(next.lastRefused)}, problem = ${next.problem}, problem_at = ${next.problemAt},
           tries = ${next.tries}, runner = ${next.runner}, beat_at = ${next.beatAt}
     where id = ${next.id} and version = ${next.version}`.execute(trx);
  if (numAffectedRows === 1n) return { ...next, version };
  throw new Refusal('connector.wrong_state', 'The connector went on meanwhile. Reload it and try again.', {
    id: next.id,
  });
}

/** Those whose time has come and whom nobody is asking for; the longest due first. */
export async function dueConnectors(db: Db, now: Date): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from connectors where due_at <= ${now} and paused_at is null and removed_at is null and runner is null
     order by due_at, id`.execute(db);
  return rows.map(({ id }) => id);
}

/** Without a sign of life since then, held; one that somebody holds is alive. */
export async function holdSilent(trx: Trx, since: Date): Promise<Connector[]> {
  const condition = sql`c.runner is not null and c.beat_at <= ${since}`;
  return (await selectConnectors(condition, sql`for no key update of c skip locked`).execute(trx)).rows;
}

/** Where to look for it, for whoever knows an id only; null when there is none. */
export async function compartmentOfConnector(db: Gate, id: string): Promise<string | null> {
  const { rows } = await db.as(SYSTEM.access, (reader) =>
    sql<{ name: string | null }>`select app.compartment_of_connector(${id}) as name`.execute(reader),
  );
  return rows[0]?.name ?? null;
}
