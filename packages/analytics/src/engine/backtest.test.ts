import { expect, test } from 'vitest';
import { backtest, knownOf, leadOf, summed, type Told } from './backtest.ts';
import { aStream, START } from './stream.fixture.ts';

const DAY = 86_400_000;
const told = (at: number, known: string | null): Told => ({
  at,
  onsetAt: at,
  label: '',
  slice: null,
  items: [],
  known,
});

test('a planted outage is told before the person acted, once, and the lead is the time between', () => {
  const items = aStream({ days: 21, outage: { day: 17, items: 60, hours: 12 } });
  const outage = items.filter(({ id }) => id.startsWith('x')).map(({ id }) => id);
  const actedAt = START + 17.5 * DAY;
  const past = { items, from: START + 7 * DAY, known: [{ id: 'k', items: outage, actedAt }] };
  const answer = backtest(past, { falseAlertsPerWeek: 1 });
  expect(answer.found).toBe(1);
  const [first] = answer.told.filter(({ known }) => known === 'k');
  expect(first!.at).toBeGreaterThanOrEqual(START + 17 * DAY);
  expect(answer.lead).toEqual({ median: actedAt - first!.at, range: null, n: 1 });
  expect(answer.lead!.median).toBeGreaterThan(0);
  expect(first!.label).not.toBe('');
  expect(backtest({ ...past, items: [...items].reverse() }, { falseAlertsPerWeek: 1 })).toEqual(answer);
  expect(backtest({ ...past, from: START + 19 * DAY }, { falseAlertsPerWeek: 1 }).found).toBe(0);
  expect(backtest({ ...past, to: START + 16 * DAY }, { falseAlertsPerWeek: 1 }).found).toBe(0);
  expect(backtest(past, { falseAlertsPerWeek: 1, shift: 500 }).told).toEqual([]);
});

test('belongs to what it shares most with: three members and a third of its own at least', () => {
  const known = (id: string, ...items: string[]) => ({ id, items, actedAt: null });
  expect(knownOf(['a', 'b'], [known('k', 'a', 'b')])).toBeNull();
  expect(knownOf(['a', 'b', 'c'], [known('k', 'a', 'b', 'a')])).toBeNull();
  expect(knownOf(['a', 'b', 'c', 'd'], [known('k', 'a', 'b', 'c'), known('l', 'a', 'b', 'c', 'd')])).toBe('l');
  expect(knownOf([...'abcdefghij'], [known('k', 'a', 'b', 'c')])).toBeNull();
  expect(knownOf([...'abcdefghij'], [known('k', 'a', 'b', 'c', 'd')])).toBe('k');
});

test('each known thing leads by its first telling, and one that nobody acted on has no lead', () => {
  const known = [
    { id: 'k', items: [], actedAt: 100 },
    { id: 'l', items: [], actedAt: 10 },
    { id: 'm', items: [], actedAt: null },
  ];
  const answer = summed([told(40, 'k'), told(60, 'k'), told(30, 'l'), told(5, 'm'), told(7, null)], known);
  expect(answer).toMatchObject({ matched: 4, found: 3, lead: { median: 20, range: null, n: 2 } });
});

test('the range of the median is that of the tables: whole range of 6 and 8, second of 9, sixth of 20', () => {
  const upTo = (n: number) => Array.from({ length: n }, (_, i) => n - i);
  expect(leadOf([])).toBeNull();
  expect(leadOf(upTo(5))!.range).toBeNull();
  expect(leadOf(upTo(6))).toEqual({ median: 3.5, range: [1, 6], n: 6 });
  expect(leadOf(upTo(8))!.range).toEqual([1, 8]);
  expect(leadOf(upTo(9))!.range).toEqual([2, 8]);
  expect(leadOf(upTo(20))!.range).toEqual([6, 15]);
});
