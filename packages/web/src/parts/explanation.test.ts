/** An explanation put into words and places: what is said aloud, how sure, and where the bars end. */
import type { ExplainCondition } from '@groundswell/contract';
import i18next from 'i18next';
import { beforeAll, describe, expect, it } from 'vitest';
import de from '../locales/de.json';
import en from '../locales/en.json';
import {
  barsOf,
  cellsOf,
  hasShare,
  isFresh,
  placesOf,
  sayChance,
  sayCondition,
  saySlice,
  saySlices,
  signalSearchOf,
  surenessOf,
} from './explanation.ts';

const words = i18next.createInstance();
beforeAll(() =>
  words.init({
    lng: 'en',
    resources: { en: { translation: en }, de: { translation: de } },
    interpolation: { escapeValue: false },
  }),
);

const of = (dimension: string, said: string, form: ExplainCondition['form'] = 'value'): ExplainCondition => ({
  dimension,
  form,
  said,
});
/** Without the marks that keep directions apart. */
const plain = (said: string) => said.replaceAll(/[\u2066-\u2069]/gu, '');
const said = (conditions: ExplainCondition[], language = 'en') =>
  plain(saySlice(conditions, words.getFixedT(language), language));

describe('a slice in words', () => {
  it('joins its conditions as one would say them, in the language of the reader', () => {
    expect(said([of('app_version', '38.1.2'), of('country', 'BR')])).toBe('app version 38.1.2 and country BR');
    expect(said([of('app_version', '38.1.2'), of('country', 'BR')], 'de')).toBe('App-Version 38.1.2 und Land BR');
  });

  it.each([
    ['from', '7.3', 'app version from 7.3 on'],
    ['to', '7.3', 'app version up to 7.3'],
    ['prefix', '7.*', 'app version beginning with 7'],
    ['prefix', 'ios*', 'app version beginning with ios'],
    ['between', '7.1 – 7.3', 'app version 7.1 – 7.3'],
    ['value', '', 'without app version'],
  ] as const)('%s %s', (form, value, sentence) => {
    expect(said([of('app_version', value, form)])).toBe(sentence);
  });

  it('names a language by its name and an unknown dimension by its own', () => {
    expect(said([of('language', 'pt')])).toBe('language Portuguese');
    expect(said([of('payment_rail', 'pix')])).toBe('payment rail pix');
  });

  it('keeps a value of the other direction apart', () => {
    expect(sayCondition(of('country', 'مصر'), words.t, 'en')).toBe('\u2068country\u2069 \u2068مصر\u2069');
  });

  it('tells what it could be instead as a choice', () => {
    const slices = [[of('country', 'BR')], [of('country', 'MX'), of('platform', 'ios')]];
    expect(plain(saySlices(slices, words.t, 'en'))).toBe('country BR; country MX and platform ios');
    expect(plain(saySlices([[of('country', 'BR')], [of('country', 'MX')]], words.t, 'en'))).toBe(
      'country BR or country MX',
    );
  });
});

describe('how sure', () => {
  it.each([
    [0.0009, 'certain', 'chance of a mistake below 0.1%'],
    [0.001, 'very', 'chance of a mistake 0.1%'],
    [0.0099, 'very', 'chance of a mistake 1%'],
    [0.01, 'fairly', 'chance of a mistake 1%'],
    [0.05, 'hint', 'chance of a mistake 5%'],
  ] as const)('%d is %s', (qValue, sureness, chance) => {
    expect(surenessOf(qValue)).toBe(sureness);
    expect(sayChance(qValue, words.t, 'en')).toBe(chance);
  });

  it('a place without a past is new only where nothing stands in for it', () => {
    expect(isFresh({ past: 0, expected: 0.2 })).toBe(true);
    expect(isFresh({ past: 0, expected: 12 })).toBe(false);
    expect(isFresh({ past: 3, expected: 0.2 })).toBe(false);
  });

  it('a share that is nothing is not said', () => {
    expect([0, 0.004, 0.01, 1].map((shareOfExcess) => hasShare({ shareOfExcess }))).toEqual([false, false, true, true]);
  });
});

const slice = {
  conditions: [of('country', 'BR')],
  observed: 170,
  expected: 50,
  past: 350,
  excess: { value: 120, low: 90, high: null },
  ratio: { value: 3.4, low: 2.5, high: null },
  shareOfExcess: 1,
  qValue: 0.0001,
  equivalents: [],
  nearly: [],
  since: null,
  opens: null,
};
const spared = [
  {
    dimension: 'platform',
    value: 'ios',
    observed: 40,
    expected: 80,
    ratio: { value: 0.5, low: 0.25, high: 0.75 },
  },
];

describe('bars and cells', () => {
  it('puts what was spared below nothing, with the interval of its ratio', () => {
    expect(barsOf({ slices: [slice], spared }).map(({ value, low, high }) => [value, low, high])).toEqual([
      [120, 90, null],
      [-40, -60, -20],
    ]);
  });

  it('lays zero, bars and intervals on one scale, and ends what has no limit at the edge', () => {
    const { zero, bars } = placesOf(barsOf({ slices: [slice], spared }));
    expect(zero).toBeCloseTo(100 / 3);
    expect(bars[0]!.from).toBeCloseTo(zero);
    expect(bars[0]!.from + bars[0]!.length).toBeCloseTo(100);
    expect(bars[0]!.high).toBe(100);
    expect(bars[1]!.low).toBe(0);
    expect(bars[1]!.from + bars[1]!.length).toBeCloseTo(zero);
  });

  it('measures cells by the one that is furthest from its expectation', () => {
    const cells = cellsOf({
      rows: { dimension: 'country', values: ['BR', 'DE'] },
      columns: { dimension: 'platform', values: ['ios', 'web'] },
      observed: [
        [110, 10],
        [5, 10],
      ],
      expected: [
        [10, 10],
        [55, 10],
      ],
    });
    expect(cells.map((line) => line.map(({ depth }) => depth))).toEqual([
      [1, 0],
      [-0.5, 0],
    ]);
  });
});

it('the search behind a slice becomes the address of the explorer', () => {
  expect(signalSearchOf({ topic: 't', rating: 1, dimension: 'country:BR', q: undefined })).toEqual({
    topic: 't',
    rating: '1',
    d: ['country:BR'],
  });
  expect(signalSearchOf({ dimension: ['a:1', 'b:2'] })).toEqual({ d: ['a:1', 'b:2'] });
});
