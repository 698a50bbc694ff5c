import { afterAll, beforeAll, expect, test } from 'vitest';
import { openHouse, type TestHouse } from '../../test/house.ts';
import { openLog } from '../platform/log.ts';
import { giveSignals, sayings } from '../topics/grammar.fixture.ts';
import { openEngine } from '../topics/index.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
let house: TestHouse;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

const home = async (who: Parameters<TestHouse['as']>[0]) => (await house.as(who).get('/api/home')).body;

test('an empty house says so, and nothing in it is missing', async () => {
  expect(await home('lead')).toEqual({
    emerging: [],
    emergingTotal: 0,
    working: [],
    signals: { today: 0, yesterday: 0, total: 0, lastReceivedAt: null },
    sources: 0,
    imports: { running: 0, failed: 0 },
    forMe: { mentions: [], watches: [] },
    since: { from: null, lines: [] },
  });
});

test('says what emerges, what is worked on, and what came in today and the day before', async () => {
  const start = new Date(house.now().getTime() - 12 * DAY_MS);
  const weeks = sayings({ seed: 1, start, days: 12, perDay: 40, burst: { day: 10, count: 40 } });
  await giveSignals(house, weeks.slice(0, 300), { source: 'feedback' });
  const before = house.now().toISOString();
  house.clock.advance(30 * HOUR_MS);
  await giveSignals(house, weeks.slice(300), { source: 'feedback' });
  await openEngine({ ...house.tools, log: openLog('silent') }).drain();
  await house.drainJobs();

  const body = await home('lead');

  expect(body.signals).toEqual({
    today: weeks.length - 300,
    yesterday: 300,
    total: weeks.length,
    lastReceivedAt: house.now().toISOString(),
  });
  expect(new Date(before) < new Date(body.signals.lastReceivedAt)).toBe(true);
  expect(body).toMatchObject({
    sources: 1,
    emergingTotal: 1,
    emerging: [{ key: 'IS-1', state: 'suspected' }],
    working: [],
  });

  const { version } = body.emerging[0];
  await house.as('lead').post('/api/issues/IS-1/moves', { version, move: { type: 'confirm' } });
  expect(await home('lead')).toMatchObject({ emergingTotal: 0, emerging: [], working: [{ key: 'IS-1' }] });
});

test('each part is shown to whoever may see it elsewhere', async () => {
  const nobody = await home({ can: [] });
  expect(nobody).toMatchObject({ emerging: [], working: [], signals: { today: 0, total: 0 }, sources: 0 });
  const outsider = await home({ compartments: [], can: ['issue.read', 'signal.read', 'source.read'] });
  expect(outsider).toMatchObject({ working: [], signals: { today: 0, total: 0 }, sources: 0 });
});

test('somebody who was here before is told what happened since, with the names of things and people', async () => {
  const lead = house.as('lead');
  const { rows } = await house.owner.query('select at from events where name = $1', ['issue.suspected']);
  await house.owner.query('update people set last_seen_at = $2 where id = $1', [
    lead.id,
    new Date(rows[0].at.getTime() - 1),
  ]);

  const { since } = await home('lead');

  expect(since.lines.map(({ name, issueKey }: { name: string; issueKey: string }) => [name, issueKey])).toEqual([
    ['issue.moved', 'IS-1'],
    ['issue.suspected', 'IS-1'],
  ]);
  expect(since.lines[0].actor).toBe('lead');
  expect(since.lines[1].actor).toBeNull();
});
