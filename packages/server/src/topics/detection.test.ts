import { afterAll, beforeAll, expect, test } from 'vitest';
import { openHouse, type TestHouse } from '../../test/house.ts';
import { openLog } from '../platform/log.ts';
import { openEngine } from './engine.ts';
import { giveSignals, sayings } from './grammar.fixture.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

const streams = async (role: 'lead' | 'specialist') => (await house.as(role).get('/api/detection')).body.streams;

test('before the first signal there is a stream with the usual budget', async () => {
  const fresh = { compartment: 'open', falseAlertsPerWeek: 1, dismissedAsFalse: 0, read: 0, waiting: 0 };
  expect(await streams('lead')).toEqual([{ ...fresh, can: ['change'] }]);
  expect(await streams('specialist')).toEqual([{ ...fresh, can: [] }]);
});

test('says how many signals wait, and how many were read', async () => {
  const said = sayings({ seed: 2, start: new Date(house.now().getTime() - 86_400_000), days: 1, perDay: 30 });
  await giveSignals(house, said, { source: 'feedback', batchRows: 10 });
  expect(await streams('lead')).toMatchObject([{ read: 0, waiting: 30 }]);

  await openEngine({ ...house.tools, log: openLog('silent') }).drain();
  expect(await streams('lead')).toMatchObject([{ read: 30, waiting: 0 }]);
});

test('a change is kept, recorded and told to the engine in its place in the log', async () => {
  const { status, body } = await house.as('lead').put('/api/detection/open', { falseAlertsPerWeek: 0.3 });

  expect([status, body.falseAlertsPerWeek]).toEqual([200, 0.3]);
  const { rows } = await house.owner.query(
    'select position, kind, body from engine_log order by position desc limit 1',
  );
  expect(rows).toEqual([{ position: '4', kind: 'settings', body: { falseAlertsPerWeek: 0.3 } }]);
  const [event] = (await house.events()).filter(({ name }) => name === 'detection.changed');
  expect(event).toMatchObject({ subject: { kind: 'stream', id: 'open' }, payload: { falseAlertsPerWeek: 0.3 } });
  await openEngine({ ...house.tools, log: openLog('silent') }).drain();
});

test('ten changes at once take ten places', async () => {
  await Promise.all(
    Array.from({ length: 10 }, (_, i) => house.as('lead').put('/api/detection/open', { falseAlertsPerWeek: i + 1 })),
  );
  const { rows } = await house.owner.query('select position from engine_log order by position');
  expect(rows.map(({ position }) => Number(position))).toEqual(Array.from({ length: 14 }, (_, i) => i + 1));
});

test('somebody without the right, and somebody outside, change nothing', async () => {
  await house.givenCompartment('legal');
  expect((await house.as('specialist').put('/api/detection/open', { falseAlertsPerWeek: 3 })).status).toBe(403);
  const [hidden, absent] = [
    await house.as('lead').put('/api/detection/legal', { falseAlertsPerWeek: 3 }),
    await house.as('lead').put('/api/detection/nowhere', { falseAlertsPerWeek: 3 }),
  ];
  expect(hidden.status).toBe(404);
  expect({ ...hidden.body, requestId: '' }).toEqual({ ...absent.body, requestId: '' });
  expect((await house.as('lead').put('/api/detection/open', { falseAlertsPerWeek: 0 })).status).toBe(400);
});
