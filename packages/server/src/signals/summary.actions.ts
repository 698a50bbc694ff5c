/** Reads the head of the signals screen: counts, bars over time, and where signals concentrate. */
import type { SignalFilter, summariseSignals } from '@groundswell/contract';
import type { z } from 'zod';
import type { Db } from '../platform/db.ts';
import type { Above } from './above.ts';
import { isRolledUp, type SpeltFilter, understood } from './filter.store.ts';
import { hourlyTotals, listSources, totalsBySource } from './source.store.ts';
import {
  COUNTED_MAX,
  type Counted,
  chooseSample,
  countMatches,
  findFacets,
  findTimes,
  type Sample,
} from './summary.store.ts';
import { barsOf, facetsOf, stepFor } from './summary.ts';

export type Summary = z.output<typeof summariseSignals.reply>;

const HOUR_MS = 3_600_000;

export async function summarise(db: Db, asked: SignalFilter, above: Above): Promise<Summary> {
  const filter = await understood(db, asked, above);
  const known = isRolledUp(filter) ? sumOf(await totalsBySource(db, asHours(filter))) : 0;
  const isKnown = known > COUNTED_MAX; // below, counting the signals themselves is as cheap, and tells people apart
  const counted = isKnown ? manyOf(known) : await countMatches(db, filter, above);
  const sample = isKnown || counted.more ? await chooseSample(db) : null;
  const { bucketMs, bars } = isKnown
    ? await fromRollUp(db, filter)
    : await fromSignals(db, filter, above, counted, sample);
  const sources = await listSources(db);
  return {
    total: counted.total,
    more: counted.more,
    people: counted.people,
    sampled: { buckets: !isKnown && sample !== null && sample.rate < 1, facets: sample !== null },
    bucketMs,
    buckets: bars.map(({ at, count }) => ({ at: at.toISOString(), count })),
    notes: (filter.asked?.notes ?? []).map((note) => ({ ...note, at: [...note.at] })),
    facets: facetsOf(await findFacets(db, filter, above, sample), new Map(sources.map(({ id, name }) => [id, name]))),
  };
}

const sumOf = (totals: readonly { signals: number }[]): number => totals.reduce((sum, { signals }) => sum + signals, 0);

/** Counted exactly by intake, but not by whom they were said. */
const manyOf = (total: number): Counted => ({ total, more: false, people: null, first: null, last: null });

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

/** Up to 10,000 the first and the last moment are known, and with them how fine the bars can be. */
async function fromSignals(db: Db, filter: SpeltFilter, above: Above, counted: Counted, sample: Sample | null) {
  const stepMs = stepFor(filter, counted);
  return barsOf(await findTimes(db, filter, above, sample, stepMs), filter, stepMs);
}
