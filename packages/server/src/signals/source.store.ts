/** Sources at rest, and the counts that intake keeps beside them. */
import { type Mapping, Refusal, type SignalKind } from '@groundswell/contract';
import { sql } from 'kysely';
import type { Db, Trx } from '../platform/db.ts';

export interface Source {
  readonly id: string;
  readonly compartment: string;
  readonly name: string;
  readonly kind: SignalKind;
  readonly createdAt: Date;
  /** Things, each counted once over all its revisions. */
  readonly signals: number;
  readonly refused: number;
  readonly lastReceivedAt: Date | null;
  readonly lastEventAt: Date | null;
  readonly hasAuthors: boolean;
  /** ISO 3166-1 alpha-2. */
  readonly regions: readonly string[];
  /** How the columns of its last file were read. */
  readonly savedMapping: Mapping | null;
}

const SOURCE = sql`id, compartment, name, kind, created_at as "createdAt", signals::float8 as signals,
  refused::float8 as refused, last_received_at as "lastReceivedAt", last_event_at as "lastEventAt",
  has_authors as "hasAuthors", regions, saved_mapping as "savedMapping"`;

export async function listSources(db: Db): Promise<Source[]> {
  return (await sql<Source>`select ${SOURCE} from sources order by name, id`.execute(db)).rows;
}

export async function loadSource(db: Db, id: string): Promise<Source> {
  const { rows } = await sql<Source>`select ${SOURCE} from sources where id = ${id}`.execute(db);
  return rows[0] ?? refuse(id);
}

/**
 * The source, held until the transaction ends. Whoever adds signals to it does so one after the other: else two that bring
 * revisions of the same thing would each believe to bring the latest.
 */
export async function holdSource(trx: Trx, id: string): Promise<Source> {
  const { rows } = await sql<Source>`select ${SOURCE} from sources where id = ${id} for no key update`.execute(trx);
  return rows[0] ?? refuse(id);
}

function refuse(id: string): never {
  throw new Refusal('source.not_found', `There is no source ${id}. Nothing was kept. Choose one of the list.`);
}

export async function saveMapping(trx: Trx, id: string, mapping: Mapping): Promise<void> {
  await sql`update sources set saved_mapping = ${JSON.stringify(mapping)}::jsonb where id = ${id}`.execute(trx);
}

/** Undefined when the compartment has a source of that name. */
export async function insertSource(
  trx: Trx,
  source: Pick<Source, 'name' | 'kind' | 'compartment' | 'createdAt' | 'regions'>,
): Promise<Source | undefined> {
  const { name, kind, compartment, createdAt, regions } = source;
  const { rows } = await sql<Source>`
    insert into sources (compartment, name, kind, created_at, regions)
    values (${compartment}, ${name}, ${kind}, ${createdAt}, ${regions}::text[])
    on conflict (compartment, name) do nothing returning ${SOURCE}`.execute(trx);
  return rows[0];
}

/** Undefined when there is none of that id. Fails with `NAME_TAKEN` when the compartment has another of that name. */
export async function updateSource(
  trx: Trx,
  id: string,
  { name, regions }: Pick<Source, 'name' | 'regions'>,
): Promise<Source | undefined> {
  const { rows } = await sql<Source>`
    update sources set name = ${name}, regions = ${regions}::text[] where id = ${id} returning ${SOURCE}`.execute(trx);
  return rows[0];
}
/** SQLSTATE of a unique index: two that take the same name at once cannot both be told beforehand. */
export const NAME_TAKEN = '23505';

export interface Intake {
  readonly sourceId: string;
  readonly compartment: string;
  readonly receivedAt: Date;
  readonly refused: number;
  /** Newest of what was kept; null when nothing was. */
  readonly lastEventAt: Date | null;
  readonly hasAuthors: boolean;
  readonly perHour: ReadonlyMap<number, number>;
}

/** Brings the counters and the roll-up up to date, in the transaction that keeps the rows. */
export async function countIntake(trx: Trx, intake: Intake): Promise<void> {
  const { sourceId, compartment, receivedAt, refused, lastEventAt, hasAuthors, perHour } = intake;
  const gained = [...perHour.values()].reduce((sum, n) => sum + n, 0);
  await sql`
    with counted as (update sources set signals = signals + ${gained}, refused = refused + ${refused},
           last_received_at = greatest(last_received_at, ${receivedAt}),
           last_event_at = greatest(last_event_at, ${lastEventAt}), has_authors = has_authors or ${hasAuthors}
     where id = ${sourceId})
    insert into signal_counts (compartment, source_id, hour, signals)
    select ${compartment}, ${sourceId}::uuid, hour, n from unnest(
      ${[...perHour.keys()].map((ms) => new Date(ms))}::timestamptz[], ${[...perHour.values()]}::int[]) as t (hour, n)
    on conflict (compartment, source_id, hour) do update set signals = signal_counts.signals + excluded.signals`.execute(
    trx,
  );
}

export interface HourlyFilter {
  readonly compartment?: string;
  readonly source?: string;
  readonly from?: Date;
  readonly to?: Date;
}

/** How many things were said in each hour, oldest first; hours without any are left out. */
export async function hourlyTotals(db: Db, filter: HourlyFilter = {}): Promise<{ hour: Date; signals: number }[]> {
  const { compartment, source, from, to } = filter;
  const { rows } = await sql<{ hour: Date; signals: number }>`
    select hour, sum(signals)::float8 as signals from signal_counts
     where true ${compartment ? sql`and compartment = ${compartment}` : sql``}
           ${source ? sql`and source_id = ${source}` : sql``}
           ${from ? sql`and hour >= ${from}` : sql``} ${to ? sql`and hour < ${to}` : sql``}
     group by hour having sum(signals) <> 0 order by hour`.execute(db);
  return rows;
}

/** Things kept per source, of those that the reader may see. */
export async function totalsBySource(db: Db, filter: HourlyFilter): Promise<{ source: string; signals: number }[]> {
  const { source, from, to } = filter;
  const { rows } = await sql<{ source: string; signals: number }>`
    select source_id as source, sum(signals)::float8 as signals from signal_counts
     where true ${source ? sql`and source_id = ${source}` : sql``}
           ${from ? sql`and hour >= ${from}` : sql``} ${to ? sql`and hour < ${to}` : sql``}
     group by source_id having sum(signals) <> 0 order by 2 desc, 1`.execute(db);
  return rows;
}
