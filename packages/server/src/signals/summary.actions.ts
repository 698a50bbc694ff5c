/** Reads the head of the signals screen: counts, bars over time, and where signals concentrate. */
import type { SignalFilter, summariseSignals } from '@groundswell/contract';
import type { z } from 'zod';
import type { Db } from '../platform/db.ts';
import type { Above } from './above.ts';
import { isRolledUp } from './filter.store.ts';
import { hourlyTotals, listSources, totalsBySource } from './source.store.ts';
import { type Counted, countMatches, findFacets, findTimes, sampleRate } from './summary.store.ts';
import { barsOf, facetsOf, stepFor } from './summary.ts';

export type Summary = z.output<typeof summariseSignals.reply>;

const HOUR_MS = 3_600_000;

export async function summarise(db: Db, filter: SignalFilter, above: Above): Promise<Summary> {
  const counted = await countMatches(db, filter, above);
  const rolledUp = isRolledUp(filter);
  const rate = counted.more ? await sampleRate(db) : 1;
  const sources = await listSources(db);
  const values = await findFacets(db, filter, above, rate);
  const bars =
    rolledUp && counted.more ? await fromRollUp(db, filter) : await fromSignals(db, filter, above, counted, rate);
  const exact = rolledUp && counted.more ? await totalsBySource(db, asHours(filter)) : null;
  return {
    total: exact ? exact.reduce((sum, { signals }) => sum + signals, 0) : counted.total,
    more: counted.more && !exact,
    people: counted.people,
    sampled: { buckets: rate < 1 && !exact, facets: rate < 1 },
    bucketMs: bars.bucketMs,
    buckets: bars.bars.map(({ at, count }) => ({ at: at.toISOString(), count })),
    facets: facetsOf(values, new Map(sources.map(({ id, name }) => [id, name]))),
  };
}

const asHours = ({ source, from, to }: SignalFilter) => ({
  ...(source && { source }),
  ...(from && { from: new Date(from) }),
  ...(to && { to: new Date(to) }),
});

/** Exact however many there are: intake has counted every hour. */
async function fromRollUp(db: Db, filter: SignalFilter) {
  const hours = await hourlyTotals(db, asHours(filter));
  return barsOf(
    hours.map(({ hour, signals }) => ({ at: hour, count: signals })),
    filter,
    HOUR_MS,
  );
}

/** Up to 10,000 the first and the last moment are known, and with them how fine the bars can be. */
async function fromSignals(db: Db, filter: SignalFilter, above: Above, counted: Counted, rate: number) {
  const stepMs = stepFor(filter, counted.more ? null : counted);
  return barsOf(await findTimes(db, filter, above, { rate, stepMs }), filter, stepMs);
}
