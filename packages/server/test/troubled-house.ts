/** For tests: a house in which the engine has found two troubles that came about together, and can be told of more. */

import { openLog } from '../src/platform/log.ts';
import { giveSignals, type Said, sayings } from '../src/topics/grammar.fixture.ts';
import { openEngine } from '../src/topics/index.ts';
import { openHouse, type TestHouse } from './house.ts';

const DAY_MS = 86_400_000;
const CARDS = [
  'the refund of my gift card never arrived',
  'gift card refund is missing since days',
  'no refund for the gift card I returned',
  'where is my gift card refund, it never arrived',
];
const UPLOADS = [
  'my video upload stops at ninety nine percent',
  'uploading a clip hangs at ninety nine percent and fails',
  'every upload is stuck at ninety nine percent',
];

export type About = 'cards' | 'uploads';

/** So many more people say it, one every few minutes from `start`. */
function saying(about: About, count: number, start: Date, country = 'BR'): Said[] {
  const texts = about === 'cards' ? CARDS : UPLOADS;
  return Array.from({ length: count }, (_, i) => ({
    at: new Date(start.getTime() + i * 300_000),
    text: texts[i % texts.length]!,
    author: `${about} ${start.getTime()} ${i}`,
    dimensions: { version: '31.2', country },
  }));
}

export async function troubledHouse(): Promise<TestHouse> {
  const house = await openHouse();
  const start = new Date(house.now().getTime() - 12 * DAY_MS);
  const weeks = sayings({ seed: 1, start, days: 12, perDay: 40, burst: { day: 10, count: 40 } });
  const cards = saying('cards', 36, new Date(start.getTime() + 10.2 * DAY_MS));
  const all = [...weeks, ...cards].sort((a, b) => a.at.getTime() - b.at.getTime());
  await giveSignals(house, all, { source: 'feedback' });
  await work(house);
  return house;
}

/** The engine reads everything there is, from where it was left, and what follows from it is done. */
export async function work(house: TestHouse): Promise<void> {
  await openEngine({ ...house.tools, log: openLog('silent') }).drain();
  await house.drainJobs();
}

let given = 0;
/** More of it is said now, and read. */
export async function grow(house: TestHouse, about: About, count: number): Promise<string[]> {
  house.clock.advance(3_600_000);
  const said = saying(about, count, new Date(house.now().getTime() - count * 300_000));
  const ids = await giveSignals(house, said, { source: `more ${++given}` });
  await work(house);
  return ids;
}

/** A second reading of the whole log by an engine that remembers nothing, over tables that say nothing of members. */
export async function readAgain(house: TestHouse): Promise<void> {
  await house.owner.query('delete from engine_checkpoints');
  await house.owner.query('update engine_runs set position = 0, applied = 0, items = 0, build = null');
  await house.owner.query('update topic_signals set topic_id = null, origin_id = null, decided_by = null');
  await work(house);
}

/** Where every signal is told. */
export async function members(house: TestHouse): Promise<Map<string, string[]>> {
  const { rows } = await house.owner.query<{ topic: string; signals: string[] }>(
    `select topic_id as topic, array_agg(signal_id::text order by signal_id) as signals from topic_signals
      where topic_id is not null group by 1`,
  );
  return new Map(rows.map(({ topic, signals }) => [topic, signals]));
}
