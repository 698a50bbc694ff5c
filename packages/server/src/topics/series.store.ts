/** Counts of topics and of their streams per bucket: two statements, however many windows. */
import { sql } from 'kysely';
import type { Db } from '../platform/db.ts';
import { type Point, type Shown, type Window, withBand } from './series.ts';
import type { Alert } from './topic.ts';

export async function readSeries(db: Db, windows: readonly Window[]): Promise<Point[][]> {
  if (windows.length === 0) return [];
  const counts = tableOf(windows, await countMembers(db, windows));
  const streams = [...new Map(windows.map((window) => [streamKey(window), window])).values()];
  const totals = tableOf(streams, await countStreams(db, streams));
  const totalOf = new Map(streams.map((window, i) => [streamKey(window), totals[i]!]));
  return windows.map((window, i) => {
    const seen = counts[i]!;
    // Both are counted apart and intake goes on between: a topic never has more than its stream.
    const stream = totalOf.get(streamKey(window))!.map((total, k) => Math.max(total, seen[k]!));
    return withBand(window, seen, stream);
  });
}

/** Windows of one page mostly share their stream and their time. */
const streamKey = ({ compartment, sourceId, from, bucketMs, buckets }: Window): string =>
  [compartment, sourceId, from.getTime(), bucketMs, buckets].join(' ');

interface Cell {
  /** Number of the window, from 1. */
  n: number;
  bucket: number;
  count: number;
}

function tableOf(windows: readonly Window[], cells: readonly Cell[]): number[][] {
  const table = windows.map(({ buckets }) => new Array<number>(buckets).fill(0));
  for (const { n, bucket, count } of cells) table[n - 1]![bucket] = count;
  return table;
}

/** The windows as a table of the query. */
function framesOf(windows: readonly Window[]) {
  const from = windows.map((window) => window.from);
  const to = windows.map((window) => new Date(window.from.getTime() + window.buckets * window.bucketMs));
  const seconds = windows.map((window) => window.bucketMs / 1000);
  const whose = (pick: (window: Window) => string | null) => windows.map(pick);
  return { from, to, seconds, whose };
}

async function countMembers(db: Db, windows: readonly Window[]): Promise<Cell[]> {
  const { from, to, seconds, whose } = framesOf(windows);
  const { rows } = await sql<Cell>`
    select w.n::int as n, floor(extract(epoch from s.at - w.since) / w.seconds)::int as bucket, count(*)::int as count
      from unnest(${whose((w) => w.topicId)}::uuid[], ${from}::timestamptz[], ${to}::timestamptz[], ${seconds}::float8[])
             with ordinality w (topic_id, since, til, seconds, n)
      join topic_signals s on s.topic_id = w.topic_id and s.at >= w.since and s.at < w.til
     group by 1, 2`.execute(db);
  return rows;
}

async function countStreams(db: Db, windows: readonly Window[]): Promise<Cell[]> {
  const { from, to, seconds, whose } = framesOf(windows);
  const { rows } = await sql<Cell>`
    select w.n::int as n, floor(extract(epoch from c.hour - w.since) / w.seconds)::int as bucket, sum(c.signals)::int as count
      from unnest(${whose((w) => w.compartment)}::text[], ${whose((w) => w.sourceId)}::uuid[], ${from}::timestamptz[],
                  ${to}::timestamptz[], ${seconds}::float8[]) with ordinality w (compartment, source_id, since, til, seconds, n)
      join signal_counts c on c.compartment = w.compartment and c.hour >= w.since and c.hour < w.til
                          and (w.source_id is null or c.source_id = w.source_id)
     group by 1, 2`.execute(db);
  return rows;
}

/** For each alert the stream that it is measured against and the clock of the run that raised it. */
export async function showAlerts(db: Db, alerts: readonly Alert[], now: Date): Promise<Map<string, Shown>> {
  const ids = alerts.map(({ id }) => id);
  const { rows } = await sql<{ id: string; sourceId: string | null; engineAt: Date | null }>`
    select a.id, case when a.historical then r.source_id end as "sourceId", r.engine_at as "engineAt"
      from alerts a join engine_runs r on r.id = a.run_id
     where a.id = any(${ids}::uuid[])`.execute(db);
  const found = new Map(rows.map((row) => [row.id, row]));
  return new Map(
    alerts.map((alert) => {
      const { sourceId = null, engineAt } = found.get(alert.id) ?? {};
      const clock = engineAt && engineAt < now ? engineAt : now; // a signal from the future moves no picture
      return [alert.id, { alert, sourceId, engineAt: clock }];
    }),
  );
}
