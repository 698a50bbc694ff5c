/** Whether texts are varied enough to be believed, by the engine that finds copied texts in the product. */
import { openCopyIndex } from '@groundswell/analytics';
import { beforeAll, expect, test } from 'vitest';
import { DAY_MS } from './plan.ts';
import { openWorld } from './world.ts';

const TEXTS = 40_000;
const ALIKE = 0.8;
let groups: Map<string, number>;
let spam: { of: number; found: number };

beforeAll(async () => {
  const world = await openWorld({ seed: 7, start: Date.UTC(2026, 0, 5), days: 14, signalsPerDay: 5_000 });
  const index = openCopyIndex({ window: TEXTS * 2, forMs: 60 * DAY_MS });
  groups = new Map();
  spam = { of: 0, found: 0 };
  let organic = 0;
  for (let hour = 0; organic < TEXTS; hour++) {
    for (const { id, title, text, at, truth } of world.signalsOfHour(hour)) {
      const copy = index.take({ id, item: id, text: title === null ? text : `${title}. ${text}`, at });
      const alike = copy !== null && copy.likeness >= ALIKE;
      if (truth.label === 'spam') {
        spam.of++;
        if (alike) spam.found++;
        continue;
      }
      organic++;
      if (alike) groups.set(copy.group, (groups.get(copy.group) ?? 1) + 1);
    }
  }
}, 120_000);

test('of 40,000 texts that nobody copied fewer than one in twenty are nearly alike, and no two hundred of them', () => {
  const alike = [...groups.values()].reduce((sum, n) => sum + n, 0);
  const largest = Math.max(0, ...groups.values());
  console.log(`${((100 * alike) / TEXTS).toFixed(2)} % nearly alike, the largest group ${largest}`);
  expect(alike / TEXTS).toBeLessThan(0.05);
  expect(largest).toBeLessThan(200);
});

test('what is copied on purpose is found by the same measure', () => {
  expect(spam.of).toBeGreaterThan(40);
  expect(spam.found / spam.of).toBeGreaterThan(0.85);
});
