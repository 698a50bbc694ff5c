/** Explains a selection of signals against a baseline, by what the reader may see and nothing else. */
import type { Period } from '@groundswell/analytics';
import { type explainSignals, Refusal, type SignalExplanation, type SignalFilter } from '@groundswell/contract';
import type { z } from 'zod';
import type { Actor } from '../access/index.ts';
import { activeBehind } from '../background/index.ts';
import type { Db } from '../platform/db.ts';
import type { Tools } from '../platform/tools.ts';
import { type Above, mergeKey, mergesOf, reachOf, readSides } from '../signals/index.ts';
import type { Explain } from './explain.thread.ts';
import { exposureOf, rowsOf, viewOf } from './explain.ts';
import { type Asking, periodsOf } from './periods.ts';

export type Asked = z.output<typeof explainSignals.query>;

export interface Room {
  readonly above: Above;
  readonly explain: Explain;
}

/** So much of what is compared must be of one compartment for its active users to speak for it. */
const MOSTLY = 0.9;

export async function explainSelection(
  { db, clock }: Tools,
  actor: Actor,
  asked: Asked,
  { above, explain }: Room,
): Promise<SignalExplanation> {
  const { against, againstFrom, againstTo, againstQ, ...selection } = asked;
  const said: Asking = { against, from: selection.from, to: selection.to, againstFrom, againstTo };
  const read = await db.as(actor, (reader) => gather(reader, selection, said, clock.now(), { above, againstQ }));
  const { rows, options, about, opened } = read;
  return viewOf(await explain({ rows, options }), about, opened);
}

async function gather(
  db: Db,
  selection: SignalFilter,
  said: Asking,
  now: Date,
  { above, againstQ }: { above: Above; againstQ: string | undefined },
) {
  const { window, baseline, shiftMs } = periodsOf(said, await reachOf(db), now);
  const opened = { ...selection, ...spanOf(window) };
  const others = { ...(againstQ && { q: againstQ }), ...(selection.source && { source: selection.source }) };
  const apart = said.against === 'others';
  const sides = await readSides(db, above, {
    window: opened,
    baseline: { ...(apart ? others : selection), ...spanOf(baseline) },
    apart,
  });
  const merges = await mergesOf(db);
  const called = (compartment: string, name: string, value: string) =>
    merges.get(mergeKey(compartment, name, value)) ?? value;
  const rows = rowsOf(sides.window.alike, sides.baseline.alike, called, shiftMs);
  if (rows.columns.length === 0 && sides.window.looked + sides.baseline.looked > 0) throw noDimensions();
  const compartment = apart ? null : mainOf([...sides.window.alike, ...sides.baseline.alike]);
  const cells = compartment && (await activeBehind(db, compartment, namesOf(rows), asDates({ window, baseline })));
  const exposure = cells && exposureOf(cells, compartment, rows.columns, called);
  const scale = apart
    ? sides.window.looked / Math.max(1, sides.baseline.looked) / (lengthOf(window) / lengthOf(baseline))
    : sides.window.rate / sides.baseline.rate;
  const shifted = { from: baseline.from - shiftMs, to: baseline.to - shiftMs };
  return {
    rows,
    options: {
      window,
      baseline: shifted,
      pastScale: scale > 0 ? scale : 1,
      ...(exposure && { exposure }),
    },
    opened,
    about: {
      against: said.against,
      window: sideOf(window, sides.window),
      baseline: sideOf(baseline, sides.baseline),
      dimensions: namesOf(rows),
    },
  };
}

const lengthOf = ({ from, to }: Period): number => to - from;
const namesOf = ({ columns }: { columns: readonly { name: string }[] }) => columns.map(({ name }) => name);
const spanOf = ({ from, to }: Period) => ({ from: new Date(from).toISOString(), to: new Date(to).toISOString() });

const asDates = ({ window, baseline }: { window: Period; baseline: Period }) => ({
  base: { from: new Date(baseline.from), to: new Date(baseline.to) },
  current: { from: new Date(window.from), to: new Date(window.to) },
});

const sideOf = (period: Period, { looked, rate }: { looked: number; rate: number }) => ({
  ...spanOf(period),
  signals: Math.round(looked / rate),
  looked,
});

/** The compartment that nearly all of it is of; null where there is none. */
function mainOf(alike: readonly { compartment: string; at: readonly number[] }[]): string | null {
  const counts = new Map<string, number>();
  let all = 0;
  for (const { compartment, at } of alike) {
    all += at.length;
    counts.set(compartment, (counts.get(compartment) ?? 0) + at.length);
  }
  const [most] = [...counts].sort(([, a], [, b]) => b - a);
  return most && most[1] >= MOSTLY * all ? most[0] : null;
}

const noDimensions = () =>
  new Refusal(
    'request.invalid',
    'All of these signals are alike: they have no dimension in which they differ, so nothing can be compared. Widen the search, or send dimensions with the signals.',
  );
