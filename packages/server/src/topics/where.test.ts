/** Where a topic is, when its values were written in several ways and people merged them. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openHouse, type TestHouse } from '../../test/house.ts';
import { SYSTEM } from '../access/index.ts';
import { takeSignals } from '../signals/index.ts';
import type { Shown } from './series.ts';
import { readWhere } from './where.store.ts';

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
