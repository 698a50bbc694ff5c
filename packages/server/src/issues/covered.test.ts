import { afterAll, beforeAll, expect, test } from 'vitest';
import { openHouse, type TestHouse } from '../../test/house.ts';
import { openLog } from '../platform/log.ts';
import { giveSignals, sayings } from '../topics/grammar.fixture.ts';
import { openEngine } from '../topics/index.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await openHouse();
  const start = new Date(house.now().getTime() - 12 * 86_400_000);
  const said = sayings({ seed: 1, start, days: 12, perDay: 40, burst: { day: 10, count: 40 } });
  await giveSignals(house, said, { source: 'reports' });
  // What the burst says is hard to look at: nobody may meet a word of it unasked.
  await house.owner.query(`update signals set exposure = 3 where text like '%ninety nine%'`);
  await openEngine({ ...house.tools, log: openLog('silent') }).drain();
  await house.drainJobs();
});
afterAll(() => house.close());

test('covered texts are grouped and counted, and none of their words stands in a name, a phrase or a quote', async () => {
  const ana = house.as('specialist');
  const { body } = await ana.get('/api/issues?group=all');
  expect(body.issues).toMatchObject([{ key: 'IS-1', title: 'unnamed' }]);
  expect(body.issues[0].signals).toBeGreaterThan(20);
  const detail = (await ana.get('/api/issues/IS-1')).body;
  expect(detail).toMatchObject({ phrases: [], medoid: { text: null, exposure: 3 } });
  for (const path of ['/api/issues?group=all', '/api/issues/IS-1', '/api/home', '/api/signals?limit=200']) {
    expect(JSON.stringify((await ana.get(path)).body)).not.toMatch(/ninety|percent|upload/i);
  }
});
