import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { openHouse, type TestHouse } from './house.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await openHouse({ slices: [] });
});
afterAll(() => house.close());

test('a run is on the PostgreSQL that it says it is on', async () => {
  const { rows } = await house.app.query(`select current_setting('server_version_num')::int / 10000 as major`);
  expect(rows[0].major).toBe(inject('cluster')?.major);
});
