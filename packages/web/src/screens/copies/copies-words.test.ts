import type { CopyGroupView } from '@groundswell/contract';
import i18next from 'i18next';
import { beforeAll, expect, test } from 'vitest';
import en from '../../locales/en.json';
import { findingOf } from './copies-words.ts';

const words = i18next.createInstance();
beforeAll(() =>
  words.init({ lng: 'en', resources: { en: { translation: en } }, interpolation: { escapeValue: false } }),
);

const FIRST = Date.parse('2026-03-02T09:00:00Z');
const group = (over: object, { hours = 31, half = 8, people = 97 as number | null, characters = 240 } = {}) =>
  ({
    signals: 97,
    mostByOne: 1,
    exactShare: 1,
    shape: 'campaign',
    firstAt: new Date(FIRST).toISOString(),
    lastAt: new Date(FIRST + hours * 3_600_000).toISOString(),
    because: { people, hours: half, characters },
    ...over,
  }) as CopyGroupView;

test.each([
  [group({}), '97 people sent the same 240 characters within 31 hours.'],
  [group({ exactShare: 0.9 }), '97 people sent nearly the same 240 characters within 31 hours.'],
  [group({ signals: 142 }), '97 people sent the same 240 characters, 142 times in all, within 31 hours.'],
  [group({}, { hours: 0 }), '97 people sent the same 240 characters within one hour.'],
  [group({}, { hours: 500 }), '97 people sent the same 240 characters, half of them within 8 hours.'],
  [group({ signals: 3 }, { hours: 500, people: 3 }), '3 people sent the same 240 characters within 21 days.'],
  [group({}, { people: null }), '97 signals with the same 240 characters within 31 hours.'],
  [group({ shape: 'flood', mostByOne: 97 }), 'One author sent the same 240 characters 97 times within 31 hours.'],
  [group({ shape: 'flood', mostByOne: 60 }), 'One author sent the same 240 characters 60 of 97 times within 31 hours.'],
  [
    group({ shape: 'phrase' }, { characters: 8, hours: 500, half: 0 }),
    '97 people sent the same 8 characters within 21 days: too short to be more than chance.',
  ],
])('%#', (found, sentence) => {
  expect(findingOf(found, words.t)).toBe(sentence);
});
