/** Alerts as others read them: where they are is said in the values that hold now. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openHouse, type TestHouse } from '../../test/house.ts';
import { SYSTEM } from '../access/index.ts';
import { takeSignals } from '../signals/index.ts';
import { fixedId } from './grammar.fixture.ts';
import { loadAlerts } from './topic.store.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

/** An alert as the engine leaves it. */
async function givenAlert(name: string, slice: object | null): Promise<string> {
  const [run, topic, alert] = [fixedId('run'), fixedId(`topic ${name}`), fixedId(`alert ${name}`)];
  const at = house.now();
  await house.owner.query(
    `insert into engine_runs (id, compartment, state, created_at) values ($1, 'open', 'running', $2) on conflict do nothing`,
    [run, at],
  );
  await house.owner.query(
    `insert into topics values ($1::uuid, 'open', $2, $1::text, 'label', '{}', $1::uuid, $3, $3, null, 1, 100, 0.1, $3)`,
    [topic, run, at],
  );
  await house.owner.query(
    `insert into alerts values ($1, 'open', $2, $3, false, $4, $4, $4, 'new', 9, 1, 0, 3, 12, 10, $5, '{}', 1, 100, 0.1, 9, $4)`,
    [alert, topic, run, at, slice && JSON.stringify(slice)],
  );
  return alert;
}

const sliceOf = (id: string) =>
  house.tools.db.as(house.as('viewer'), async (db) => (await loadAlerts(db, [id])).get(id)!.slice);

test('a value that was merged after the alert is read as what it counts as, until that is taken back', async () => {
  const { rows } = await house.owner.query(
    `insert into sources (compartment, name, kind, created_at) values ('open', 'reviews', 'app_review', now()) returning id`,
  );
  const value = { id: 'r1', ts: '2026-02-01', text: 'hello', dimensions: { device: 'pixel 8' } };
  await takeSignals(house.tools, SYSTEM.intake('open'), rows[0].id, [{ row: 1, value }]);
  const said = { device: 'pixel 8', platform: 'android' };
  const alert = await givenAlert('merged', said);
  expect(await sliceOf(alert)).toEqual(said);

  const admin = house.as('admin');
  const merge = { compartment: 'open', from: ['pixel 8'], to: 'Pixel 8' };
  const { merges } = (await admin.post('/api/dimensions/device/merges', merge)).body;
  expect(await sliceOf(alert)).toEqual({ ...said, device: 'Pixel 8' });

  await admin.delete(`/api/dimensions/device/merges/${merges[0].id}`);
  expect(await sliceOf(alert)).toEqual(said);
});

test('an alert that is nowhere in particular stays so', async () => {
  expect(await sliceOf(await givenAlert('everywhere', null))).toBeNull();
});
