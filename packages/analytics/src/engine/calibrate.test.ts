import { describe, expect, test } from 'vitest';
import { poissonInterval } from '../stats/poisson.ts';
import { calibrate, exchanged } from './calibrate.ts';
import { aNullStream } from './null.fixture.ts';
import { createEngine } from './state.ts';
import { step } from './step.ts';
import { aStream } from './stream.fixture.ts';

const HOUR = 3_600_000;
const WEEK = 168 * HOUR;
const history = aNullStream({ seed: 3, weeks: 4, perWeek: 120, clump: 4 });

describe('exchanged times', () => {
  test('are those of the history, hour of the week by hour of the week, and of other texts', () => {
    const out = exchanged(history, 1);
    const times = (items: typeof history) => items.map(({ at }) => at).sort((a, b) => a - b);
    expect(times(out)).toEqual(times(history));
    const hourOf = new Map(history.map(({ id, at }) => [id, Math.floor(at / HOUR) % 168]));
    expect(out.every(({ id, at }) => Math.floor(at / HOUR) % 168 === hourOf.get(id))).toBe(true);
    const at = new Map(history.map((item) => [item.id, item.at]));
    expect(out.filter((item) => at.get(item.id) !== item.at).length).toBeGreaterThan(history.length / 3);
  });

  test('are the same for the same seed and others for another', () => {
    expect(exchanged(history, 5)).toEqual(exchanged(history, 5));
    expect(exchanged(history, 5)).not.toEqual(exchanged(history, 6));
  });
});

describe('calibration', () => {
  test('keeps the replay within the wish, says what it counted, and says the same again', () => {
    const found = calibrate(history, { falseAlertsPerWeek: 1 });
    expect(found.weeks).toBeGreaterThan(2);
    expect(found.met).toBe(true);
    expect(found.counted).toBeLessThanOrEqual(found.weeks);
    expect(found).toMatchObject(poissonInterval(found.counted));
    expect(calibrate(history, { falseAlertsPerWeek: 1 })).toEqual(found);
  }, 60_000);

  test('says that nothing was measured where there is too little', () => {
    expect(calibrate(history.slice(0, 50), { falseAlertsPerWeek: 1 })).toMatchObject({ shift: 0, weeks: 0 });
    expect(() => calibrate([], { falseAlertsPerWeek: 0 })).toThrow('falseAlertsPerWeek');
  });

  test('a shift makes the engine ask for more, at the start and by settings', () => {
    const items = aStream({ days: 12, outage: { day: 10, items: 12, hours: 8 } });
    const surges = (state: ReturnType<typeof createEngine>) =>
      step(state, { position: 1, kind: 'items', items }).filter((o) => o.kind === 'surge').length;
    expect(surges(createEngine({ historical: true }))).toBeGreaterThan(0);
    expect(surges(createEngine({ historical: true, shift: 200 }))).toBe(0);
    const told = createEngine({ historical: true });
    step(told, { position: 0, kind: 'settings', falseAlertsPerWeek: 1, shift: 200 });
    expect(surges(told)).toBe(0);
    expect(() => createEngine({ shift: Number.NaN })).toThrow('shift');
  }, 60_000);
});

test('of streams in which nothing happens no more is told than was asked for', () => {
  let count = 0;
  for (const seed of [1, 2, 3]) {
    const state = createEngine({ historical: true });
    const items = aNullStream({ seed, weeks: 6, perWeek: 150, clump: 1 });
    for (const output of step(state, { position: 1, kind: 'items', items })) {
      if (output.kind === 'surge' && !output.update && output.at >= 3 * WEEK) count++;
    }
  }
  expect(poissonInterval(count).low).toBeLessThanOrEqual(9);
}, 60_000);
