import { expect, test } from 'vitest';
import type { Item, Output } from './entry.ts';
import { createEngine } from './state.ts';
import { step } from './step.ts';
import { anItem, aStream, START } from './stream.fixture.ts';

const HOUR = 3_600_000;
const DAYS = 16;
const WORDS = [
  'tax form refused',
  'my tax form is not accepted',
  'the tax form says invalid',
  'tax form cannot be sent',
];
const ENDS = ['again', 'today', 'since monday', 'please help', 'thanks', 'for weeks', 'in the evening'];

/** Eight everyday subjects from all areas, and one that always comes from the area "money", as often every day. */
function steady(perDay: number): Item[] {
  const usual = aStream({ days: DAYS, perDay: 120 }).map((item, i) => ({
    ...item,
    dimensions: { area: i % 20 === 0 ? 'money' : `area ${i % 6}` },
  }));
  const bound = Array.from({ length: DAYS * perDay }, (_, i) =>
    anItem({
      id: `t${i}`,
      at: START + ((i + ((i * 7919) % 97) / 97) * 24 * HOUR) / perDay,
      text: `${WORDS[(i * 5) % WORDS.length]} ${ENDS[(i * 3) % ENDS.length]} ${ENDS[(i * 11 + 2) % ENDS.length]}`,
      author: `t${i}`,
      dimensions: { area: 'money' },
    }),
  );
  return [...usual, ...bound].sort((a, b) => a.at - b.at);
}

const surges = (items: readonly Item[]): Extract<Output, { kind: 'surge' }>[] => {
  const state = createEngine({ falseAlertsPerWeek: 1, historical: true });
  return items
    .flatMap((item, i) => step(state, { position: i + 1, kind: 'items', items: [item] }))
    .filter((output) => output.kind === 'surge' && !output.update) as Extract<Output, { kind: 'surge' }>[];
};

test('a subject that has always come from one place is no news there', () => {
  const known = START + 5 * 24 * HOUR; // before that everything is new
  expect(surges(steady(4)).filter(({ at }) => at > known)).toEqual([]);
});

test('and still is one when there is more of it than ever', () => {
  const more = Array.from({ length: 30 }, (_, i) =>
    anItem({
      id: `x${i}`,
      at: START + (14 * 24 + i / 2) * HOUR,
      text: `${WORDS[i % WORDS.length]} ${ENDS[(i * 3) % ENDS.length]} ${ENDS[(i * 11 + 2) % ENDS.length]}`,
      author: `x${i}`,
      dimensions: { area: 'money' },
    }),
  );
  const found = surges([...steady(4), ...more].sort((a, b) => a.at - b.at));
  expect(found.filter(({ at }) => at > START + 14 * 24 * HOUR)).toHaveLength(1);
});
