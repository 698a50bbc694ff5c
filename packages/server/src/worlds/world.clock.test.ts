/** The clock of a world: how its day is filled in, played, paused, run forward and ended, and by whom. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { WorldView } from '@groundswell/contract';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openHouse, type TestHouse } from '../../test/house.ts';
import { type AtWork, atWork, inside, keptIds, opened, SMALL, saidIds, steer, TINY } from './world.fixture.ts';
import { runTurn, takeUpWorlds } from './world-run.actions.ts';

let house: TestHouse;
let work: AtWork | null = null;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(async () => {
  await work?.stop();
  work = null;
  await house.close();
});

const rows = async (query: string, values: unknown[] = []) => (await house.owner.query(query, values)).rows;
const times = ({ dayFrom, dayTo, historyDays }: WorldView) => ({
  from: new Date(dayFrom),
  to: new Date(dayTo),
  start: new Date(new Date(dayFrom).getTime() - historyDays * 86_400_000),
});

test('a sample is filled, read as history, played to its end, and issues appear while it plays', {
  timeout: 120_000,
}, async () => {
  const lead = house.as('lead');
  const world = await opened(lead);
  expect(world).toMatchObject({ state: 'filling', filled: { signals: 0, read: 0 }, mine: true });
  expect(world.filled.of).toBe(600 * 7);
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
  await steer(lead, world.number, 'skip');
  const seen = new Set<string>();
  while (!(await rows(`select from worlds where state = 'over'`)).length) {
    const { body } = await inside(lead, world.number).get('/api/issues');
    for (const { key } of body.issues ?? []) seen.add(key);
    const [{ played_to: at }] = await rows('select played_to from worlds');
    if (at < to) await steer(lead, world.number, 'skip');
    await sleep(100);
  }
  await sleep(1_000);
  expect(await keptIds(house, world.number, from, new Date('2030-01-01'))).toEqual(await saidIds(world, from, to));
  const live = await rows('select at from alerts where not historical order by at');
  expect(live.length).toBeGreaterThan(0);
  for (const { at } of live) expect(at >= from && at <= to).toBe(true);
  expect((await lead.get(`/api/worlds/${world.number}`)).body).toMatchObject({ state: 'over', playedTo: world.dayTo });
});
