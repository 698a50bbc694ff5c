/** What the dictionary does while rows arrive: caps, counts, and one writer at a time. */
import { NAMES_CAP, OTHER_VALUE, VALUES_CAP } from '@groundswell/contract';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openHouse, type TestHouse } from '../../test/house.ts';
import { SYSTEM } from '../access/index.ts';
import { takeSignals } from './index.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

let made = 0;
async function aSource(compartment = 'open'): Promise<string> {
  const { rows } = await house.owner.query(
    `insert into sources (compartment, name, kind, created_at) values ($1, $2, 'ticket', now()) returning id`,
    [compartment, `source ${++made}`],
  );
  return rows[0].id;
}

const aRow = (id: string | number, dimensions: object, over: object = {}) => ({
  id: String(id),
  ts: '2026-03-01T10:00:00Z',
  text: 'it crashes',
  language: 'en',
  dimensions,
  ...over,
});
const take = (source: string, values: readonly unknown[]) =>
  takeSignals(
    house.tools,
    SYSTEM.intake('open'),
    source,
    values.map((value, i) => ({ row: i + 1, value })),
  );

const query = async (text: string, values: unknown[]) => (await house.owner.query(text, values)).rows;
const valuesOf = (source: string, name: string) =>
  query(
    `select value, rows::int, first_at, last_at from dimension_values where source_id = $1 and name = $2 order by value`,
    [source, name],
  );
const nameOf = async (source: string, name: string) => {
  const rows = await query(
    `select values_known as values, values_cap as cap, rows::int, capped_rows::int as capped from dimension_names
      where source_id = $1 and name = $2`,
    [source, name],
  );
  return rows[0];
};
const capAt = (source: string, name: string, cap: number) =>
  house.owner.query('update dimension_names set values_cap = $3 where source_id = $1 and name = $2', [
    source,
    name,
    cap,
  ]);

/** The dictionary says of every value how many rows have it: so do the rows. */
async function expectCounted(source: string) {
  const [told, kept] = [
    await query(
      `select name, value, rows::int from dimension_values where source_id = $1 and rows > 0 order by name, value`,
      [source],
    ),
    await query(
      `select d.key as name, d.value, count(*)::int as rows from signals, jsonb_each_text(dimensions) d where source_id = $1
        group by 1, 2 order by 1, 2`,
      [source],
    ),
  ];
  expect(told).toEqual(kept);
}

test('what came is counted with the times at which it was said; what came again is not', async () => {
  const source = await aSource();
  const rows = [
    aRow(1, { Platform: 'iOS', app_version: 'v7.1' }),
    aRow(2, { platform: 'iOS' }, { ts: '2026-02-01T10:00:00Z' }),
    aRow(3, { platform: 'web' }),
  ];
  await take(source, rows);
  await take(source, rows);
  await take(source, [aRow(3, { platform: 'web' }, { text: 'another wording', updated_at: '2026-03-02T08:00:00Z' })]);
  expect(await valuesOf(source, 'platform')).toEqual([
    {
      value: 'iOS',
      rows: 2,
      first_at: new Date('2026-02-01T10:00:00Z'),
      last_at: new Date('2026-03-01T10:00:00Z'),
    },
    expect.objectContaining({ value: 'web', rows: 2 }), // a revision brought it again
  ]);
  expect(await nameOf(source, 'platform')).toEqual({ values: 2, cap: VALUES_CAP, rows: 4, capped: 0 });
  expect((await valuesOf(source, 'app_version')).map(({ value }) => value)).toEqual(['7.1']);
  await expectCounted(source);
});

test('50,000 distinct values are all taken in; the dictionary keeps its cap of them, the rest is "other" and counted', async () => {
  const source = await aSource();
  const many = 50_000;
  for (let from = 0; from < many; from += 10_000) {
    const rows = Array.from({ length: 10_000 }, (_, i) =>
      aRow(from + i, { order_id: `o-${from + i}`, platform: 'web' }),
    );
    expect(await take(source, rows)).toMatchObject({ added: 10_000, refused: [] });
  }
  expect(await nameOf(source, 'order_id')).toEqual({
    values: VALUES_CAP,
    cap: VALUES_CAP,
    rows: many,
    capped: many - VALUES_CAP,
  });
  expect(await valuesOf(source, 'order_id')).toHaveLength(VALUES_CAP + 1);
  const [kept] = await query(
    `select count(distinct dimensions ->> 'order_id')::int as values,
            count(*) filter (where dimensions ->> 'order_id' = $2)::int as other from signals where source_id = $1`,
    [source, OTHER_VALUE],
  );
  expect(kept).toEqual({ values: VALUES_CAP + 1, other: many - VALUES_CAP });
  await expectCounted(source);
}, 120_000);

test('once full, known values stay themselves; a raised cap tells apart what comes from then on', async () => {
  const source = await aSource();
  await take(source, [aRow(1, { os: 'a' }), aRow(2, { os: 'b' })]);
  await capAt(source, 'os', 2);
  await take(source, [aRow(3, { os: 'c' }), aRow(4, { os: 'a' }), aRow(5, { os: OTHER_VALUE })]);
  expect(await nameOf(source, 'os')).toMatchObject({ values: 2, rows: 5, capped: 1 });
  await capAt(source, 'os', 3);
  await take(source, [aRow(6, { os: 'c' }), aRow(7, { os: 'd' })]);
  expect((await valuesOf(source, 'os')).map(({ value, rows }) => [value, rows])).toEqual([
    ['a', 2],
    ['b', 1],
    ['c', 1],
    [OTHER_VALUE, 3],
  ]);
  expect(await nameOf(source, 'os')).toMatchObject({ values: 3, capped: 2 });
  await expectCounted(source);
});

test('a source may bring so many names; a row that brings more loses those, is kept, and is counted', async () => {
  const source = await aSource();
  const names = (from: number, n: number) =>
    Object.fromEntries(Array.from({ length: n }, (_, i) => [`n${from + i}`, 'x'] as const));
  const rows = Array.from({ length: 5 }, (_, i) => aRow(i, names(i * 50, 50)));
  expect(await take(source, rows)).toMatchObject({ added: 5, refused: [] });
  expect(await query('select names_left_out::int as rows from sources where id = $1', [source])).toEqual([{ rows: 1 }]);
  expect(await query('select count(*)::int as n from dimension_names where source_id = $1', [source])).toEqual([
    { n: NAMES_CAP },
  ]);
  await take(source, [aRow('later', { n0: 'x', brand_new: 'y' })]);
  const [later] = await query(`select dimensions from signals where source_id = $1 and external_id = 'later'`, [
    source,
  ]);
  expect(later).toEqual({ dimensions: { n0: 'x' } });
  await expectCounted(source);
});

test('many senders at once to several sources: nothing is counted twice, no cap is overrun', async () => {
  const sources = [await aSource(), await aSource()];
  for (const source of sources) {
    await take(source, [aRow('first', { v: 'v0' })]);
    await capAt(source, 'v', 20);
  }
  await Promise.all(
    Array.from({ length: 24 }, (_, n) =>
      take(
        sources[n % 2]!,
        Array.from({ length: 20 }, (_, i) => aRow(`${n}-${i}`, { v: `v${(n * 7 + i) % 40}`, w: `w${i}` })),
      ),
    ),
  );
  for (const source of sources) {
    await expectCounted(source);
    expect(await nameOf(source, 'v')).toMatchObject({ values: 20, rows: 241 });
  }
});

test('as many statements for 2,000 values as for one', async () => {
  const source = await aSource();
  const statements = vi.spyOn(Client.prototype, 'query');
  const sent = async (rows: number) => {
    statements.mockClear();
    const values = Array.from({ length: rows }, (_, i) => aRow(`${rows}-${i}`, { v: `v${i}`, w: `w${i % 9}` }));
    await take(source, values);
    return statements.mock.calls.filter(([said]) => /dimension_/.test(JSON.stringify(said))).length;
  };
  expect([await sent(1), await sent(2_000)]).toEqual([2, 2]);
  statements.mockRestore();
});
