import { NewSignal } from '@groundswell/contract';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { EventLog } from './event-log.ts';
import { openHandling } from './handling.ts';
import { idOf } from './id.ts';
import { intentsOf } from './intents.ts';
import { tongueOf } from './language.ts';
import { DAY_MS, HOUR_MS, type WorldOptions } from './plan.ts';
import { hash } from './random.ts';
import { openWorld, type SimulatedSignal, type World } from './world.ts';

const START = Date.UTC(2026, 0, 5);
const OPTIONS: WorldOptions = { seed: 7, start: START, days: 5, signalsPerDay: 1_500 };
let world: World;
let signals: SimulatedSignal[];

beforeAll(async () => {
  world = await openWorld(OPTIONS);
  signals = Array.from({ length: 120 }, (_, hour) => world.signalsOfHour(hour)).flat();
});

test('hours asked in any order, in another world of the same options, are the same to the letter', async () => {
  const again = await openWorld(OPTIONS);
  const byHour = Map.groupBy(signals, ({ at }) => Math.floor((at - START) / HOUR_MS));
  const hours = fc.shuffledSubarray([...byHour.keys()], { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(hours, (some) => {
      for (const hour of some) expect(again.signalsOfHour(hour)).toEqual(byHour.get(hour));
    }),
    { seed: 1, numRuns: 20 },
  );
});

test('another seed is another world', async () => {
  const other = await openWorld({ ...OPTIONS, seed: 8 });
  const ids = new Set(signals.map(({ id }) => id));
  const texts = new Set(signals.map(({ text }) => text));
  const theirs = other.signalsOfHour(30);
  expect(theirs.length).toBeGreaterThan(20);
  expect(theirs.filter(({ id }) => ids.has(id))).toEqual([]);
  expect(theirs.filter(({ text }) => texts.has(text)).length).toBeLessThan(3);
});

test('what is said lies in its hour, by time, and nothing lies outside of the world', () => {
  for (const [i, { at }] of signals.entries()) {
    expect(at).toBeGreaterThanOrEqual(i === 0 ? START : signals[i - 1]!.at);
    expect(at).toBeLessThan(world.end);
  }
  expect(world.signalsOfHour(-1)).toEqual([]);
  expect(world.signalsOfHour(120)).toEqual([]);
});

test('the intake of the product takes every signal as it is', () => {
  for (const { id, at, kind, text, title, author, rating, language, tier, exposure, dimensions } of signals) {
    const row = {
      id,
      ts: new Date(at).toISOString(),
      text,
      ...(title !== null && { title }),
      author,
      rating,
      language,
    };
    const read = NewSignal.safeParse({ ...row, creator_tier: tier, exposure, dimensions });
    expect(read.error?.issues ?? []).toEqual([]);
    expect(text.trim().length).toBeGreaterThan(3);
    expect(text).not.toMatch(kind === 'machine_flag' ? /undefined|NaN/ : /[[\]{}|]|undefined|NaN/);
  }
});

test('stars go with reviews only, titles with what has a subject', () => {
  for (const { kind, rating, title } of signals) {
    expect(rating === null).toBe(kind !== 'app_review');
    if (kind === 'ticket' || kind === 'appeal') expect(title).toMatch(/\S/);
    if (kind === 'user_report' || kind === 'machine_flag' || kind === 'social_mention') expect(title).toBeNull();
  }
});

test('what is hard to look at says so, and what only a few may see is marked', async () => {
  const intents = intentsOf(7, [...(await tongueOf('en')).intents.keys()]);
  const harm = intents.filter(({ id }) =>
    /^(child_safety|self_harm|violence|extremism|sexual|animal_welfare)\./.test(id),
  );
  expect(harm.filter(({ exposure }) => exposure === 0)).toEqual([]);
  expect(intents.filter(({ id, exposure }) => /^(account|monet|app_q|talk|shop)/.test(id) && exposure > 0)).toEqual([]);
  const worst = signals.filter(({ truth }) => /^child_safety\.(csam|grooming)/.test(truth.label));
  expect(worst.length).toBeGreaterThan(0);
  expect(worst.every(({ confidential, exposure }) => confidential && exposure >= 3)).toBe(true);
});

test('a million ids are a million', () => {
  const ids = new Set<string>();
  const [hours, countries, each] = [700, 14, 103];
  for (let hour = 0; hour < hours; hour++)
    for (let c = 0; c < countries; c++)
      for (let n = 0; n < each; n++) {
        const key = hash(7, hour, c, n);
        ids.add(idOf(7, key, START + hour * HOUR_MS + (key % HOUR_MS)));
      }
  expect(ids.size).toBe(hours * countries * each);
  expect(new Set(signals.map(({ id }) => id)).size).toBe(signals.length);
});

test.each([
  [{ start: START + 1 }, 'full hour'],
  [{ days: 2 }, '3 to 400 days'],
  [{ days: Number.NaN }, '3 to 400 days'],
  [{ signalsPerDay: 99 }, '100 to 1,000,000'],
])('%j makes no world', async (wrong, why) => {
  await expect(openWorld({ ...OPTIONS, ...wrong })).rejects.toThrow(why);
});

test('the event log of a day is the same whether the hours before it are asked once or twice', () => {
  const log = (): string[] => {
    const events = new EventLog(openHandling(OPTIONS));
    const said: string[] = [];
    for (let hour = 0; hour < 48; hour++) {
      for (const signal of world.signalsOfHour(hour)) events.add(signal);
      for (const event of events.before(START + (hour + 1) * HOUR_MS)) said.push(JSON.stringify(event));
    }
    return said;
  };
  const once = log();
  expect(once.length).toBeGreaterThan(1_000);
  expect(log()).toEqual(once);
  const times = once.map((line) => (JSON.parse(line) as { at: number }).at);
  expect(times).toEqual([...times].sort((a, b) => a - b));
  expect(times.at(-1)).toBeLessThan(START + 2 * DAY_MS);
});
