/** The clock of a world: how its day is filled in, played, paused, run forward and ended, and by whom. */
import { setTimeout as sleep } from 'node:timers/promises';
import { WORLDS_MAX, type WorldView } from '@groundswell/contract';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openHouse, type TestHouse } from '../../test/house.ts';
import { type AtWork, atWork, inside, keptIds, opened, saidIds, steer, TINY } from './world.fixture.ts';
import { runTurn, takeUpWorlds } from './world-run.actions.ts';

let house: TestHouse;
let work: AtWork | null = null;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(async () => {
  await work?.halt();
  work = null;
  await house.close();
});

const rows = async (query: string, values: unknown[] = []) => (await house.owner.query(query, values)).rows;
const times = ({ dayFrom, dayTo, historyDays }: WorldView) => ({
  from: new Date(dayFrom),
  to: new Date(dayTo),
  start: new Date(new Date(dayFrom).getTime() - historyDays * 86_400_000),
});

/** Enough voices a day that an incident is told in one language by several people at once. */
const LIVELY = 1_500;

test('a sample is filled, read as history, played to its end, and issues appear while it plays', {
  timeout: 240_000,
}, async () => {
  const lead = house.as('lead');
  const world = await opened(lead, { ...TINY, signalsPerDay: LIVELY });
  expect(world).toMatchObject({ state: 'filling', filled: { signals: 0, read: 0 }, mine: true });
  expect(world.filled.of).toBe(LIVELY * 7);
  const { from, to, start } = times(world);
  work = atWork(house);
  await work.until(world.number, 'paused');

  const filled = await saidIds(world, start, from);
  expect(await keptIds(house, world.number, new Date(0), new Date('2030-01-01'))).toEqual(filled);
  const [past] = await rows(
    `select sum(added)::int as added, sum(old_rows)::int as old, bool_and(state = 'done') as done from imports where of_world`,
  );
  expect(past).toEqual({ added: filled.length, old: filled.length, done: true });
  const read = (await lead.get(`/api/worlds/${world.number}`)).body;
  expect(read.filled).toEqual({ signals: filled.length, of: filled.length, read: filled.length });
  // What is said in the last 48 hours before the day is history all the same: nothing of it is called live.
  expect(await rows('select distinct historical from alerts')).toEqual([{ historical: true }]);

  await steer(lead, world.number, 'play', { speed: 600 });
  const here = inside(lead, world.number);
  let liveWhilePlaying = 0;
  for (let skippedAt = 0; ; await sleep(100)) {
    const [{ state, played_to: at }] = await rows('select state, played_to from worlds');
    if (state === 'over') break;
    liveWhilePlaying ||= (await rows('select from issues where not historical')).length;
    if (liveWhilePlaying > 0 || at - skippedAt > 3 * 3_600_000) await steer(lead, world.number, 'skip');
    if (at - skippedAt > 3 * 3_600_000) skippedAt = at.getTime();
  }
  expect(liveWhilePlaying).toBeGreaterThan(0);
  expect((await here.get('/api/issues')).body.issues.length).toBeGreaterThan(0);
  expect(await keptIds(house, world.number, from, new Date('2030-01-01'))).toEqual(await saidIds(world, from, to));
  for (const { at } of await rows('select at from alerts where not historical'))
    expect(at >= from && at <= to).toBe(true);
  const over = (await lead.get(`/api/worlds/${world.number}`)).body;
  expect(over).toMatchObject({ state: 'over', playedTo: world.dayTo });
  expect(over.played).toBe((await saidIds(world, from, to)).length);
});

/** Turn by turn, without the queue: until it is not in that state any more. */
async function turnsWhile(state: string, tools = house.tools): Promise<void> {
  for (;;) {
    const [world] = await rows('select id, state from worlds');
    if (world.state !== state) return;
    await runTurn(tools, world.id);
  }
}
const worldRow = async () => (await rows('select * from worlds'))[0];

/** As if the past had been read: what the engine makes of it is tested above. */
async function playable(asked: object = TINY): Promise<WorldView> {
  const world = await opened(house.as('lead'), asked);
  await turnsWhile('filling');
  await house.owner.query(`update worlds set state = 'paused'`);
  return world;
}

test('of two who open at once where one more has room, one is told that there are enough', async () => {
  const lead = house.as('lead');
  for (let i = 0; i < WORLDS_MAX - 1; i++) await opened(lead, TINY);
  const answers = await Promise.all(Array.from({ length: 5 }, () => lead.post('/api/worlds', TINY)));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409, 409]);
  expect(await rows('select from worlds')).toHaveLength(WORLDS_MAX);
});

test('two runners at once: one has it; one that lost it to another saves nothing any more', {
  timeout: 60_000,
}, async () => {
  const world = await opened(house.as('lead'), { ...TINY, signalsPerDay: 2_000 });
  const { id } = await worldRow();
  const first = runTurn(house.tools, id);
  while ((await worldRow()).runner === null) await sleep(5);
  const before = (await worldRow()).runner;
  await runTurn(house.tools, id); // ends at once
  expect((await worldRow()).runner).toBe(before);
  await house.owner.query('update worlds set runner = null');
  await Promise.all([first, runTurn(house.tools, id)]);
  await turnsWhile('filling');
  const { from, start } = times(world);
  const said = await saidIds(world, start, from);
  expect(await keptIds(house, 1, start, from)).toEqual(said);
  expect(await worldRow()).toMatchObject({ filled: said.length, fill_total: said.length, state: 'reading' });
});

/** What the world's own work meets with; what is written about the world itself goes through. */
const broken = (error: () => Error): typeof house.tools => ({
  ...house.tools,
  db: {
    as: house.tools.db.as,
    change: (actor, fn) => (actor.id === 'system.worlds' ? Promise.reject(error()) : house.tools.db.change(actor, fn)),
  },
});

test('a filling that fails every time ends after some tries, and says so', async () => {
  const lead = house.as('lead');
  const { number } = await opened(lead, TINY);
  const { id } = await worldRow();
  const ours = broken(() => new Error('a mistake of ours'));
  for (let i = 0; i < 5; i++) {
    expect((await worldRow()).state).toBe('filling');
    await expect(runTurn(ours, id)).rejects.toThrow('a mistake of ours');
    expect((await worldRow()).runner).toBeNull();
  }
  const { body } = await lead.get(`/api/worlds/${number}`);
  expect(body).toMatchObject({ state: 'failed', can: ['enter', 'remove'] });
  expect(body.problem).toMatch(/could not be filled in.*Remove this sample and open another/);
  await runTurn(house.tools, id); // nobody goes on with it
  expect(await rows('select from signals')).toEqual([]);
});

test('a disk that is full passes: it is tried for as long as it takes, and then goes on', async () => {
  const world = await opened(house.as('lead'), TINY);
  const { id } = await worldRow();
  const full = broken(() => Object.assign(new Error('could not extend file'), { code: '53100' }));
  for (let i = 0; i < 8; i++) await expect(runTurn(full, id)).rejects.toThrow('could not extend');
  expect(await worldRow()).toMatchObject({ state: 'filling', faults: 8 });
  const queued = async () => Number((await rows('select count(*) as n from graphile_worker._private_jobs'))[0].n);
  const before = await queued();
  await takeUpWorlds(house.tools, false); // the queue has it: not one job more every minute
  expect(await queued()).toBe(before);
  house.clock.advance(11 * 60_000);
  await takeUpWorlds(house.tools, false);
  expect(await queued()).toBe(before + 1);
  await turnsWhile('filling');
  const { from, start } = times(world);
  expect(await keptIds(house, 1, start, from)).toEqual(await saidIds(world, start, from));
  expect(await worldRow()).toMatchObject({ faults: 0, rest_until: null, problem: null });
});

test('a turn of the day that fails leaves it where it stood, and the next goes on from there', async () => {
  const world = await playable();
  await steer(house.as('lead'), 1, 'skip');
  const { id } = await worldRow();
  await expect(
    runTurn(
      broken(() => new Error('a mistake of ours')),
      id,
    ),
  ).rejects.toThrow();
  expect(await worldRow()).toMatchObject({ state: 'playing', played: 0, runner: null });
  while ((await worldRow()).skip_to !== null) await runTurn(house.tools, id);
  const { from } = times(world);
  const { played_to: to } = await worldRow();
  expect(await keptIds(house, 1, from, new Date('2030-01-01'))).toEqual(await saidIds(world, from, to));
});

test('it plays as fast as it is told, stands while it is paused, for days too, and is ended early', {
  timeout: 60_000,
}, async () => {
  const lead = house.as('lead');
  const world = await playable();
  const { id } = await worldRow();
  const { from } = times(world);
  const playedFor = async (speed: number) => {
    const { played_to: before } = await worldRow();
    await steer(lead, 1, 'play', { speed });
    const begun = performance.now();
    await runTurn(house.tools, id);
    return ((await worldRow()).played_to - before) / (performance.now() - begun);
  };
  for (const speed of [1, 60, 600]) {
    const ran = await playedFor(speed);
    expect(ran / speed).toBeGreaterThan(0.6);
    expect(ran / speed).toBeLessThanOrEqual(1.05);
  }
  await steer(lead, 1, 'pause');
  const stood = await worldRow();
  house.clock.advance(3 * 86_400_000);
  await runTurn(house.tools, id);
  expect((await worldRow()).played_to).toEqual(stood.played_to);
  house.clock.advance(-2 * 86_400_000); // somebody puts the clock of the house back
  await steer(lead, 1, 'play', { speed: 600 });
  await runTurn(house.tools, id);
  const { played_to: to } = await worldRow();
  expect(to > stood.played_to).toBe(true);
  expect(to - stood.played_to).toBeLessThan(2 * 3_600_000);
  expect(await keptIds(house, 1, from, new Date('2030-01-01'))).toEqual(await saidIds(world, from, to));
  expect((await steer(lead, 1, 'stop')).body).toMatchObject({ state: 'over' });
  expect((await steer(lead, 1, 'play')).body).toMatchObject({ code: 'world.wrong_state' });
});

test('only whoever opened it steers it; a person who is deactivated leaves it to who manages people', async () => {
  await playable();
  const [lead, admin] = [house.as('lead'), house.as('admin')];
  for (const type of ['play', 'pause', 'skip', 'stop']) {
    expect((await steer(admin, 1, type)).body).toMatchObject({ code: 'access.not_allowed' });
  }
  expect((await admin.get('/api/worlds/1')).body).toMatchObject({ mine: false, can: ['enter', 'debrief', 'remove'] });
  await steer(lead, 1, 'play', { speed: 600 });
  await house.owner.query('update people set deactivated_at = now() where id = $1', [lead.id]);
  expect((await lead.get('/api/worlds/1')).status).toBe(401);
  const { id, played_to: before } = await worldRow();
  await runTurn(house.tools, id); // the day goes on: nobody is harmed by it
  expect((await worldRow()).played_to > before).toBe(true);
  expect((await admin.delete('/api/worlds/1')).status).toBe(200);
});

test('what a person decides meanwhile is not overwritten by whoever plays', async () => {
  await playable({ ...TINY, kind: 'drill' });
  const lead = house.as('lead');
  await house.owner.query(
    `update worlds set state = 'playing', played_to = day_to - interval '1 minute', skip_to = day_to`,
  );
  const { id } = await worldRow();
  const slow = {
    ...house.tools,
    db: {
      as: house.tools.db.as,
      change: (async (actor, fn) => {
        if (actor.id === 'system.worlds') await steer(lead, 1, 'close'); // while the last signals are told
        return house.tools.db.change(actor, fn);
      }) as typeof house.tools.db.change,
    },
  };
  await runTurn(slow, id);
  expect((await worldRow()).state).toBe('closed');
});

test('changes are told when they are made and active users when their day is over, each once', {
  timeout: 60_000,
}, async () => {
  const world = await playable();
  const { from, to } = times(world);
  const told = async () => ({
    days: (await rows(`select max(day)::text as last from active_users`))[0].last,
    lastChange: (await rows(`select max(at) as last from changes`))[0].last,
  });
  expect(world.dayFrom).toBe('2026-03-01T09:00:00.000Z');
  expect((await told()).days).toBe('2026-02-28'); // the day that the sample begins in is not over
  expect((await told()).lastChange < from).toBe(true);
  const { id } = await worldRow();
  await house.owner.query(`update worlds set state = 'playing', speed = 1, skip_to = $1`, [
    new Date('2026-03-01T23:59:00Z'),
  ]);
  while ((await worldRow()).skip_to !== null) await runTurn(house.tools, id);
  expect((await told()).days).toBe('2026-02-28');
  await house.owner.query(`update worlds set state = 'playing', skip_to = day_to`);
  while ((await worldRow()).state === 'playing') await runTurn(house.tools, id);
  expect((await told()).days).toBe('2026-03-01');
  const { n, events } = (
    await rows(
      `select (select count(*) from changes where at >= $1 and at < $2)::int as n,
              (select count(*) from events where name = 'active_users.received' and at = $3)::int as events`,
      [from, to, house.now()],
    )
  )[0];
  expect(n).toBeGreaterThan(0);
  expect(events).toBe((await rows('select count(distinct day)::int as n from active_users'))[0].n);
});
