import { afterAll, beforeAll, expect, test } from 'vitest';
import { openHouse, type TestHouse } from '../../test/house.ts';
import { openLog } from '../platform/log.ts';
import { giveSignals, sayings } from '../topics/grammar.fixture.ts';
import { openEngine } from '../topics/index.ts';
import { forgetLooks } from './presence.jobs.ts';

const DAY_MS = 86_400_000;
let house: TestHouse;
let issueId: string;
beforeAll(async () => {
  house = await openHouse();
  const start = new Date(house.now().getTime() - 12 * DAY_MS);
  const weeks = sayings({ seed: 1, start, days: 12, perDay: 40, burst: { day: 10, count: 40 } });
  await giveSignals(house, weeks, { source: 'feedback' });
  await openEngine({ ...house.tools, log: openLog('silent') }).drain();
  await house.drainJobs();
  issueId = (await house.owner.query('select id from issues limit 1')).rows[0].id;
});
afterAll(() => house.close());

const say = (who: ReturnType<TestHouse['as']>, where: string | null, left?: string) =>
  who.post('/api/presence', { issueId: where, ...(left && { left }) });
const others = async (who: ReturnType<TestHouse['as']>) => (await who.get('/api/presence')).body.issues;

test('who looks at an issue is seen there by others, not by themselves, until they have gone for a while', async () => {
  const [ana, bob] = [house.as('specialist'), house.as('viewer')];
  expect((await say(ana, issueId)).body.issues).toEqual([]);
  const seen = [{ issueId, people: [{ id: ana.id, name: 'specialist' }] }];
  expect(await others(bob)).toEqual(seen);
  expect((await say(bob, issueId)).body.issues).toEqual(seen);
  expect(await others(ana)).toEqual([{ issueId, people: [{ id: bob.id, name: 'viewer' }] }]);

  house.clock.advance(44_000);
  await say(ana, issueId);
  house.clock.advance(2_000);
  expect(await others(bob)).toEqual(seen);
  expect(await others(ana)).toEqual([]); // bob said nothing for 46 s
  await say(ana, null, issueId);
  expect(await others(bob)).toEqual([]);
});

test('nothing of it stays, and nothing of it is recorded', async () => {
  const before = (await house.events()).length;
  await say(house.as('specialist'), issueId);
  await forgetLooks.run(house.tools, {});
  const kept = async () => (await house.owner.query('select from presence')).rowCount;
  expect(await kept()).toBe(1);
  house.clock.advance(45_000);
  await forgetLooks.run(house.tools, {});
  expect(await kept()).toBe(0);
  expect((await house.events()).length).toBe(before);
});

test('never across a wall: nobody is seen where one may not look oneself, nor can one be there', async () => {
  await house.givenCompartment('legal');
  const hidden = house.unusedId;
  await house.owner.query(
    `insert into topics select (jsonb_populate_record(t, jsonb_build_object('id', $1::text, 'compartment', 'legal'))).*
       from topics t limit 1`,
    [hidden],
  );
  await house.owner.query(
    `insert into issues select (jsonb_populate_record(i, jsonb_build_object('id', $1::text, 'compartment', 'legal', 'number', 99,
       'topic_id', $1::text))).* from issues i where id = $2`,
    [hidden, issueId],
  );
  const counsel = house.as({ name: 'counsel', can: ['issue.read'], compartments: ['open', 'legal'] });
  const outsider = house.as('viewer');
  await say(counsel, hidden);
  expect((await others(house.as({ name: 'other', can: ['issue.read'], compartments: ['legal'] })))[0].issueId).toBe(
    hidden,
  );
  expect(await others(outsider)).toEqual([]);
  const [closed, absent] = [await say(outsider, hidden), await say(outsider, '00000000-0000-4000-8000-000000000000')];
  expect(closed.body).toEqual(absent.body);
  expect((await others(counsel)).length).toBe(0);
  expect((await house.as({ name: 'clerk', can: [] }).get('/api/presence')).status).toBe(403);
});

test('at a case as at an issue: seen by those who may read cases, and by nobody else', async () => {
  const [ana, lead, viewer] = [house.as('specialist'), house.as('lead'), house.as('viewer')];
  const { id: caseId } = (await ana.post('/api/cases', { kind: 'escalation' })).body;
  expect((await ana.post('/api/presence', { caseId })).body.cases).toEqual([]);
  const here = async (who: ReturnType<TestHouse['as']>) => (await who.get('/api/presence')).body.cases;
  expect(await here(lead)).toEqual([{ caseId, people: [{ id: ana.id, name: 'specialist' }] }]);
  await viewer.post('/api/presence', { caseId });
  expect(await here(viewer)).toEqual([]);
  expect(await here(ana)).toEqual([]); // who may not read it is not there
  await ana.post('/api/presence', { left: caseId });
  expect(await here(lead)).toEqual([]);
});
