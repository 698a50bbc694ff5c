/** Where a topic is, when its values were written in several ways and people merged them. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openHouse, type TestHouse } from '../../test/house.ts';
import { SYSTEM } from '../access/index.ts';
import { takeSignals } from '../signals/index.ts';
import type { Shown } from './series.ts';
import { readWhere, type Streams } from './where.store.ts';
import type { Where } from './where.ts';

let house: TestHouse;
let source: string;
beforeAll(async () => {
  house = await openHouse();
  const { rows } = await house.owner.query(
    `insert into sources (compartment, name, kind, created_at) values ('open', 'reviews', 'ticket', now()) returning id`,
  );
  source = rows[0].id;
});
afterAll(() => house.close());

const AT = new Date('2026-03-01T10:00:00Z');

async function said(prefix: string, devices: readonly string[], topicId: string | null): Promise<void> {
  const rows = devices.map((device, i) => ({
    row: i + 1,
    value: { id: `${prefix}${i}`, ts: AT.toISOString(), text: 'it stops', language: 'en', dimensions: { device } },
  }));
  await takeSignals(house.tools, SYSTEM.intake('open'), source, rows);
  if (topicId === null) return;
  await house.owner.query(
    `insert into topic_signals (signal_id, compartment, topic_id, at)
     select signal_id, compartment, $1, at from signals where external_id like $2 || '%'`,
    [topicId, prefix],
  );
}

test('values that were merged are one place, with the counts of all', async () => {
  const topicId = randomUUID();
  await said('m', [...Array(20).fill('Pixel 8'), ...Array(20).fill('pixel-8')], topicId);
  await said('o', [...Array(5).fill('Pixel 8'), ...Array(5).fill('pixel-8'), ...Array(90).fill('iPhone')], null);
  const shown = {
    alert: { topicId, compartment: 'open', onsetAt: AT, updatedAt: AT, historical: true },
    sourceId: null,
    engineAt: AT,
  } as unknown as Shown;
  const places = async () => {
    const where = await house.tools.db.as(house.as('viewer'), (db) => readWhere(db, shown));
    return where!.here.map(({ value, count, share }) => [value, count, share]);
  };
  expect((await places()).map(([value]) => value).sort()).toEqual(['Pixel 8', 'pixel-8']);
  await house.as('admin').post('/api/dimensions/device/merges', { from: ['pixel-8'], to: 'Pixel 8' });
  expect(await places()).toEqual([['Pixel 8', 40, 1]]);
});

describe('in a stream of which only the newest are looked at', () => {
  const [spread, most] = [randomUUID(), randomUUID()];
  const LATER = new Date('2026-06-20T10:00:00Z');
  const shownOf = (topicId: string, compartment = 'open') =>
    ({
      alert: { topicId, compartment, onsetAt: LATER, updatedAt: LATER, historical: false },
      sourceId: null,
      engineAt: new Date(LATER.getTime() + 86_400_000),
    }) as unknown as Shown;

  /** 42,000 in a day, their dimensions by turns. The one topic has every fiftieth, the other three of four in the second half. */
  beforeAll(async () => {
    await house.owner.query(
      `insert into signals (signal_id, item_id, compartment, source_id, batch_id, external_id, revision, revised_at, latest,
         arrived_latest, at, received_at, kind, text, length, dimensions, search)
       select gen_random_uuid(), gen_random_uuid(), 'open', $1, 1, 'many' || i, '', at, true, true, at, at, 'ticket', 'x', 1,
              jsonb_build_object('os', case when i % 50 = 0 or i % 10 < 2 then 'old' else 'new' end, 'half', case when i > 21000 then 'second' else 'first' end), ''
         from (select i, $2::timestamptz + i * interval '2 seconds' as at from generate_series(1, 42000) i) made`,
      [source, LATER],
    );
    await house.owner.query(
      `insert into topic_signals (signal_id, compartment, topic_id, at)
       select signal_id, compartment, case when i % 50 = 0 then $1::uuid else $2::uuid end, at
         from (select *, substr(external_id, 5)::int as i from signals where external_id like 'many%') s
        where i % 50 = 0 or (i > 21000 and i % 4 > 0)`,
      [spread, most],
    );
    await house.owner.query('vacuum analyze signals');
    await house.owner.query('vacuum analyze topic_signals');
  }, 60_000);

  const read = (shown: Shown, streams: Streams, reader: { id: string; compartments: string[] } = READER) =>
    house.tools.db.as(reader, (db) => readWhere(db, shown, streams));
  const READER = { id: 'reader', compartments: ['open'] };
  const osOf = (where: Where | null) => where!.here.find(({ dimension }) => dimension === 'os')!;

  test('its own are no part of the others, whether the stream was counted before or not', async () => {
    const streams: Streams = new Map();
    const first = osOf(await read(shownOf(spread), streams));
    expect(first).toMatchObject({ value: 'old', count: 840, share: 1 });
    // of the newest 20,000 one in fifty is its own; of the other 19,600 there are 3,600 old ones
    expect(first.usualShare).toBeCloseTo(3_600 / 19_600, 3);
    expect(streams.size).toBe(1);
    expect(osOf(await read(shownOf(spread), streams))).toEqual(first);
  });

  test('what was counted for one reader says nothing to another who does not see it', async () => {
    const streams: Streams = new Map();
    expect(await read(shownOf(spread), streams)).not.toBeNull();
    const outside = { id: 'outside', compartments: ['legal'] };
    expect(await read(shownOf(spread), streams, outside)).toBeNull();
    // nor is what nobody could count kept for those who see it
    const fresh: Streams = new Map();
    expect(await read(shownOf(spread), fresh, outside)).toBeNull();
    expect(osOf(await read(shownOf(spread), fresh)).count).toBe(840);
  });

  test('a surge that is most of the newest is held against others from before it', async () => {
    const where = await read(shownOf(most), new Map());
    // 10,000 of its 15,540 are looked at; of the 20,000 newest others 5,460 are from its own time
    const half = where!.here.find(({ dimension }) => dimension === 'half')!;
    expect(half).toMatchObject({ value: 'second', count: 10_000, share: 1 });
    expect(half.usualShare).toBeCloseTo(5_460 / 20_000, 3);
  });
});
