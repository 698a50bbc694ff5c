/** A drill: its truth is not to be had before it is closed, by any way in; afterwards it says who saw what when. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Caller, openHouse, type TestHouse } from '../../test/house.ts';
import { type AtWork, atWork, inside, opened, SMALL, steer, TINY } from './world.fixture.ts';

let house: TestHouse;
let lead: Caller;
let work: AtWork;
beforeEach(async () => {
  house = await openHouse();
  lead = house.as('lead');
  work = atWork(house);
});
afterEach(async () => {
  await work.halt();
  await house.close();
});

const rows = async (query: string) => (await house.owner.query(query)).rows;

test('nothing that is said before it is closed tells the truth, to nobody', { timeout: 180_000 }, async () => {
  const { seed: _known, ...asked } = TINY;
  const world = await opened(lead, { ...asked, kind: 'drill' });
  await work.until(world.number, 'paused');
  const [{ seed }] = await rows('select seed from worlds');
  const words = new RegExp(`\\b${seed}\\b|incident-\\d|"truth"|"what"|isIncident|"seed":\\d`);
  const addresses = [
    'signals',
    'sources',
    'issues',
    'home',
    'changes',
    'dimensions',
    'active-users',
    'copies',
    'session',
    'detection',
  ];
  for (const who of [lead, house.as('admin')]) {
    expect((await who.get('/api/worlds/1/debrief')).body).toMatchObject({ code: 'world.truth_hidden' });
    expect((await inside(who, 1).get('/api/worlds/1/debrief')).status).toBe(409);
    for (const path of ['/api/worlds', '/api/worlds/1'])
      expect(JSON.stringify((await who.get(path)).body)).not.toMatch(words);
    for (const path of addresses) {
      expect(JSON.stringify((await inside(who, 1).get(`/api/${path}`)).body), path).not.toMatch(words);
    }
  }
  const { signals } = (await inside(lead, 1).get('/api/signals?limit=20')).body;
  for (const { id } of signals) {
    expect(JSON.stringify((await inside(lead, 1).get(`/api/signals/${id}`)).body)).not.toMatch(words);
  }
  // Where a skip ends would tell where the next one begins: it is an hour, whatever is to come.
  await steer(lead, 1, 'skip');
  const [{ skip_to: end, day_from: from }] = await rows('select skip_to, day_from from worlds');
  if (end !== null) expect(end - from).toBe(3_600_000);
  expect((await lead.get('/api/worlds/1')).body.seed).toBeNull();
  const events = JSON.stringify(await house.events());
  expect(events).not.toMatch(words);

  const closed = (await steer(lead, 1, 'close')).body;
  expect(closed).toMatchObject({ state: 'closed', seed: Number(seed) });
  const { status, body } = await lead.get('/api/worlds/1/debrief');
  expect(status).toBe(200);
  expect(JSON.stringify(body)).toMatch(words); // the walk above would have found it
  expect((await steer(lead, 1, 'play')).body).toMatchObject({ code: 'world.wrong_state' });
});

test('what was noted, looked at and decided stands beside the truth, on the clock of the world', {
  timeout: 240_000,
}, async () => {
  const world = await opened(lead, { ...SMALL, signalsPerDay: 1_500, kind: 'drill' });
  const note = (who: Caller, text: string) => who.post('/api/worlds/1/notes', { text });
  await work.until(world.number, 'paused');
  expect((await note(house.as('specialist'), 'not mine')).body).toMatchObject({ code: 'world.wrong_state' });
  expect((await note(lead, 'before it begins')).status).toBe(200);
  const here = inside(lead, 1);
  await expect
    .poll(async () => (await here.get('/api/issues')).body.issues.length, { timeout: 30_000 })
    .toBeGreaterThan(0);
  const [issue] = (await here.get('/api/issues')).body.issues;
  const page = (await here.get(`/api/issues/${issue.key}`)).body;
  await here.get(`/api/issues/${issue.key}`); // looked at twice, told once
  expect(await rows(`select from events where name = 'issue.looked_at'`)).toHaveLength(1);
  const move = { version: page.version, move: { type: 'dismiss', reason: 'known' } };
  const moved = await here.post(`/api/issues/${issue.key}/moves`, move);

  house.clock.advance(60_000);
  await steer(lead, 1, 'skip');
  await expect.poll(() => rows('select from worlds where skip_to is null'), { timeout: 60_000 }).toHaveLength(1);
  await steer(lead, 1, 'pause');
  house.clock.advance(86_400_000); // a day later in the house, no moment later in the world
  expect((await note(lead, 'after an hour')).status).toBe(200);
  await steer(lead, 1, 'close');
  expect((await note(lead, 'too late')).body).toMatchObject({ code: 'world.wrong_state' });

  const { body } = await lead.get('/api/worlds/1/debrief');
  expect(body.notes.map(({ said, by }: Record<string, string>) => [said, by])).toEqual([
    ['before it begins', 'lead'],
    ['after an hour', 'lead'],
  ]);
  const [begin, later] = body.notes.map(({ at }: { at: string }) => Date.parse(at) - Date.parse(world.dayFrom));
  expect(begin).toBe(0);
  expect(later).toBeGreaterThanOrEqual(3_600_000);
  expect(later).toBeLessThanOrEqual(Date.parse(body.world.playedTo) - Date.parse(world.dayFrom));
  const found = body.incidents.filter((one: { found: unknown }) => one.found !== null);
  expect(found.length + body.others.length).toBeGreaterThan(0);
  const own = found.find((one: { found: { issueKeys: string[] } }) => one.found.issueKeys.includes(issue.key));
  if (own) {
    expect(own.noticedAt).toBe(world.dayFrom);
    expect(own.actedAt).toBe(moved.status === 200 ? world.dayFrom : null);
  }
  for (const one of body.incidents)
    expect(Date.parse(one.onsetAt)).toBeLessThanOrEqual(Date.parse(body.world.playedTo));
  // What is confidential in it is told to nobody else.
  const others = (await house.as('admin').get('/api/worlds/1/debrief')).body.incidents;
  expect(others.filter(({ confidential }: { confidential: boolean }) => confidential)).toEqual([]);
});
