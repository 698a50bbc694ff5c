import type { SignalKind } from '@groundswell/contract';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openHouse, type TestHouse } from '../../test/house.ts';
import { SYSTEM } from '../access/index.ts';
import { readAfter } from '../platform/follow.ts';
import { BATCHES, type BatchRow, readBatch, takeSignals } from './index.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

const INTAKE = SYSTEM.intake('open');
const HOUR = 3_600_000;

let made = 0;
async function aSource(kind: SignalKind = 'app_review'): Promise<string> {
  const { rows } = await house.owner.query(
    `insert into sources (compartment, name, kind, created_at) values ('open', $1, $2, now()) returning id`,
    [`source ${++made}`, kind],
  );
  return rows[0].id;
}

const aRow = (over: object = {}) => ({ id: 'r1', ts: '2026-03-01T10:00:00Z', text: 'it crashes', ...over });
const numbered = (values: readonly unknown[]) => values.map((value, i) => ({ row: i + 1, value }));
const take = (source: string, values: readonly unknown[], actor = INTAKE) =>
  takeSignals(house.tools, actor, source, numbered(values));

/** What was kept of a source, as far as it may not depend on how it came: arrival itself is left out. */
async function table(source: string) {
  const { rows } = await house.owner.query(
    `select external_id, revision, text, title, rating, latest, at, dimensions from signals where source_id = $1
      order by external_id, revision`,
    [source],
  );
  return rows;
}

async function batches(source: string) {
  const { rows } = await house.owner.query(
    `select b.id, b.row_count, count(s.*)::int as kept from intake_batches b left join signals s on s.batch_id = b.id
      where b.source_id = $1 group by b.id order by b.id`,
    [source],
  );
  return rows as { id: string; row_count: number; kept: number }[];
}

/** The roll-up, and what it should be. */
async function counts(source: string) {
  const kept = await house.owner.query(
    `select hour, signals from signal_counts where source_id = $1 and signals <> 0 order by hour`,
    [source],
  );
  const counted = await house.owner.query(
    `select date_trunc('hour', at) as hour, count(*)::int as signals from signals where source_id = $1 and latest
      group by 1 order by 1`,
    [source],
  );
  return { kept: kept.rows, counted: counted.rows };
}

test('any split, order and repetition of rows that carry their times gives the same table', async () => {
  const moment = (n: number) => new Date(Date.UTC(2026, 1, 1) + n * HOUR).toISOString();
  const row = fc.tuple(fc.nat(4), fc.nat(4)).map(([id, n]) => ({
    id: `r${id}`,
    ts: moment(n), // an edit may move it to another hour
    updated_at: moment(n + 1),
    text: `text ${id} as of ${n}`,
  }));
  const delivery = fc.array(row, { minLength: 1, maxLength: 30 }).chain((rows) =>
    fc.record({
      rows: fc.constant(rows),
      again: fc.shuffledSubarray([...rows, ...rows], { minLength: rows.length }),
      cut: fc.integer({ min: 1, max: 7 }),
    }),
  );
  await fc.assert(
    fc.asyncProperty(delivery, async ({ rows, again, cut }) => {
      const [once, anyhow] = [await aSource(), await aSource()];
      await take(once, rows);
      for (let i = 0; i < again.length; i += cut) await take(anyhow, again.slice(i, i + cut));
      await take(anyhow, rows); // a subset may have left some out
      expect(await table(anyhow)).toEqual(await table(once));
      const rollUp = await counts(anyhow);
      expect(rollUp.kept).toEqual(rollUp.counted);
    }),
    { numRuns: 30 },
  );
}, 120_000);

test('the summary says what became of each row, and the source counts things, not revisions', async () => {
  const source = await aSource();
  const edit = (n: number) => aRow({ updated_at: `2026-03-01T1${n}:00:00Z`, text: `edit ${n}` });

  expect(await take(source, [edit(1), edit(1), edit(3), aRow({ id: 'r2', rating: 9 })])).toMatchObject({
    added: 1,
    revised: 1,
    unchanged: 1,
    refused: [{ row: 4, id: 'r2', reason: expect.stringContaining('"rating"') }],
  });
  expect(await take(source, [edit(2), edit(3)])).toMatchObject({ added: 0, revised: 1, unchanged: 1, refused: [] });

  expect((await table(source)).map(({ text, latest }) => [text, latest])).toEqual([
    ['edit 1', false],
    ['edit 2', false],
    ['edit 3', true],
  ]);
  const { rows } = await house.owner.query('select signals, refused, has_authors from sources where id = $1', [source]);
  expect(rows).toEqual([{ signals: '1', refused: '1', has_authors: false }]);
});

test('a batch says how many rows it has, what each replaced, and which was out of date when it came', async () => {
  const source = await aSource();
  const edit = (n: number) => aRow({ updated_at: `2026-03-01T1${n}:00:00Z`, text: `edit ${n}` });
  await take(source, [edit(4)]);
  await take(source, [edit(5), edit(3), edit(6)]);
  await take(source, [edit(6)]); // nothing new: no batch

  const written = await batches(source);
  expect(written.map(({ row_count, kept }) => [row_count, kept])).toEqual([
    [1, 1],
    [3, 3],
  ]);
  const [first] = await house.tools.db.as(INTAKE, (db) => readBatch(db, written[0]!.id));
  const second = await house.tools.db.as(INTAKE, (db) => readBatch(db, written[1]!.id));
  expect(first).toMatchObject({ text: 'edit 4', replaces: null, arrivedLatest: true }); // though it no longer is
  expect(second.find((one) => one.arrivedLatest)).toMatchObject({ text: 'edit 6', replaces: first!.id });
  expect(second.filter((one) => !one.arrivedLatest).map(({ replaces }) => replaces)).toEqual([null, null]);
});

test('batches are followed in the order in which they settled', async () => {
  const source = await aSource();
  await take(source, [aRow()]);
  await take(source, [aRow({ id: 'r2' })]);
  const settled = async () => {
    const { rows } = await house.tools.db.as(INTAKE, (db) => readAfter<BatchRow>(db, BATCHES, null, 10_000));
    return rows.filter((row) => row.source_id === source).map(({ id }) => id);
  };
  // Nothing settles while a transaction of another test file, in the same cluster, is open.
  await expect.poll(settled, { timeout: 15_000 }).toEqual((await batches(source)).map(({ id }) => id));
});

test('more rows than a transaction takes are kept in several', async () => {
  const source = await aSource();
  const values = Array.from({ length: 5_001 }, (_, i) => aRow({ id: `r${i}` }));
  expect(await take(source, values)).toMatchObject({ added: 5_001, refused: [] });
  expect((await batches(source)).map(({ kept }) => kept)).toEqual([5_000, 1]);
});

test('what is done alongside is kept with the rows, or neither is', async () => {
  const source = await aSource();
  const alongside = async () => {
    throw new Error('the progress could not be kept');
  };
  await expect(takeSignals(house.tools, INTAKE, source, numbered([aRow()]), { alongside })).rejects.toThrow('progress');
  expect(await table(source)).toEqual([]);
  expect((await counts(source)).kept).toEqual([]);
});

test('of two at once that bring revisions of the same thing, one has the latest, and the later by its time', async () => {
  const other = { ...INTAKE, id: 'system.other' }; // two senders do not share a transaction
  for (let round = 0; round < 15; round++) {
    const source = await aSource();
    const edits = (n: number) =>
      Array.from({ length: 40 }, (_, i) =>
        aRow({ id: `r${i}`, updated_at: `2026-03-01T1${n}:00:00Z`, text: `edit ${n}` }),
      );
    await Promise.all([take(source, edits(1)), take(source, edits(2), other)]);
    const kept = await table(source);
    expect(kept.filter(({ latest }) => latest).map(({ text }) => text)).toEqual(Array(40).fill('edit 2'));
    const rollUp = await counts(source);
    expect(rollUp.kept).toEqual(rollUp.counted);
  }
});

test('small deliveries that come at once share transactions, and each is told of its own rows', async () => {
  const source = await aSource();
  const summaries = await Promise.all(
    Array.from({ length: 60 }, (_, i) =>
      take(source, [aRow({ id: `r${i % 40}` }), i % 3 ? aRow({ id: `x${i}` }) : 'bad']),
    ),
  );
  const total = (field: 'added' | 'unchanged') => summaries.reduce((sum, one) => sum + one[field], 0);
  expect({ added: total('added'), unchanged: total('unchanged') }).toEqual({ added: 40 + 40, unchanged: 20 });
  expect(summaries.map(({ refused }) => refused.length)).toEqual(Array.from({ length: 60 }, (_, i) => (i % 3 ? 0 : 1)));
  expect(await table(source)).toHaveLength(80);
  expect((await batches(source)).length).toBeLessThan(20);
});

test('if a shared transaction fails, everybody in it is told, and the next ones go on', async () => {
  const failing = Promise.all([1, 2, 3].map(() => take(house.unusedId, [aRow()]).catch(({ code }) => code)));
  expect(await failing).toEqual(['source.not_found', 'source.not_found', 'source.not_found']);
  expect(await take(await aSource(), [aRow()])).toMatchObject({ added: 1 });
});
