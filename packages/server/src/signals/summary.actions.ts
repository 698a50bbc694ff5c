/** Reads the head of the signals screen: counts, bars over time, and where signals concentrate. */
import type { SignalFilter, summariseSignals } from '@groundswell/contract';
import type { z } from 'zod';
import type { Db } from '../platform/db.ts';
import type { Above } from './above.ts';
import { isRolledUp, type SpeltFilter, understood } from './filter.store.ts';
import { hourlyTotals, listSources, totalsBySource } from './source.store.ts';
import { COUNTED_MAX, type Counted, estimateHead, guessMany, MORE, readHead } from './summary.store.ts';
import { barsOf, facetsOf } from './summary.ts';

export type Summary = z.output<typeof summariseSignals.reply>;

const HOUR_MS = 3_600_000;

export async function summarise(db: Db, asked: SignalFilter, above: Above): Promise<Summary> {
  const filter = await understood(db, asked, above);
  const head = await headOf(db, filter, above);
  const sources = await listSources(db);
  const { total, more, people } = head.counted;
  return {
    total,
    more,
    people,
    sampled: head.sampled,
    bucketMs: head.histogram.bucketMs,
    buckets: head.histogram.bars.map(({ at, count }) => ({ at: at.toISOString(), count })),
    notes: (filter.asked?.notes ?? []).map((note) => ({ ...note, at: [...note.at] })),
    facets: facetsOf(head.facets, new Map(sources.map(({ id, name }) => [id, name]))),
  };
}

async function headOf(db: Db, filter: SpeltFilter, above: Above) {
  const known = isRolledUp(filter) ? sumOf(await totalsBySource(db, asHours(filter))) : 0;
  // up to there, counting the signals themselves is as cheap, and tells people apart
  if (known > COUNTED_MAX) {
    const { rate, facets } = await estimateHead(db, filter, above, known);
    return {
      counted: manyOf(known),
      histogram: await fromRollUp(db, filter),
      facets,
      sampled: { buckets: false, facets: rate < 1 },
    };
  }
  const many = await guessMany(db, filter, above);
  const exact = many === null ? await readHead(db, filter, above) : null;
  if (exact && !exact.counted.more) {
    return { ...exact, histogram: barsOf(exact.times, filter), sampled: { buckets: false, facets: false } };
  }
  const { rate, facets, times } = await estimateHead(db, filter, above, many ?? COUNTED_MAX);
  return {
    counted: MORE,
    histogram: barsOf(times, filter),
    facets,
    sampled: { buckets: rate < 1, facets: rate < 1 },
  };
}

const sumOf = (totals: readonly { signals: number }[]): number => totals.reduce((sum, { signals }) => sum + signals, 0);

/** Counted exactly by intake, but not by whom they were said. */
const manyOf = (total: number): Counted => ({ total, more: false, people: null });

const asHours = ({ source, from, to }: SignalFilter) => ({
  ...(source && { source }),
  ...(from && { from: new Date(from) }),
  ...(to && { to: new Date(to) }),
});

/** Exact however many there are: intake has counted every hour. */
async function fromRollUp(db: Db, filter: SpeltFilter) {
  const hours = await hourlyTotals(db, asHours(filter));
  return barsOf(
    hours.map(({ hour, signals }) => ({ at: hour, count: signals })),
    filter,
    HOUR_MS,
  );
}
