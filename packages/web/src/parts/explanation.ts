/** What an explanation says, before it is put into sentences. Pure. */
import type { ExplainCondition, ExplainedSlice, SignalExplanation, SignalFilter } from '@groundswell/contract';
import type { TFunction } from 'i18next';
import { formatter } from './formatters.ts';
import { sayLanguage, sayNumber, sayShare } from './numbers.ts';

/** Isolated, so that a value of the other direction cannot turn the sentence around. */
const isolated = (said: string): string => `\u2068${said}\u2069`;

export function sayDimension(name: string, t: TFunction): string {
  return t(`dimension.${name as 'country'}`, { defaultValue: name.replaceAll('_', ' ') });
}

export function sayCondition({ dimension, form, said }: ExplainCondition, t: TFunction, reader: string): string {
  const name = isolated(sayDimension(dimension, t));
  if (said === '') return t('explanation.form.without', { name });
  const word = dimension === 'language' && form === 'value' ? sayLanguage(said, reader) : said;
  const value = isolated(form === 'prefix' ? word.replace(/\.?\*$/u, '') : word);
  if (form === 'value' || form === 'between') return `${name} ${value}`;
  return t(`explanation.form.${form}`, { name, value });
}

/**
 * Where it is, as one would say it aloud.
 * @example
 * saySlice(conditions, t, 'en'); // 'app version 38.1.2 and country BR'
 */
export function saySlice(conditions: readonly ExplainCondition[], t: TFunction, reader: string): string {
  const list = formatter(Intl.ListFormat, reader, { type: 'conjunction', style: 'long' });
  return list.format(conditions.map((one) => sayCondition(one, t, reader)));
}

const BETWEEN: Readonly<Record<string, string>> = { ar: '؛ ', ja: '；' };

/** Several places, any of which it may be; those of several conditions need more than a comma between them. */
export function saySlices(slices: readonly (readonly ExplainCondition[])[], t: TFunction, reader: string): string {
  const said = slices.map((one) => saySlice(one, t, reader));
  if (slices.some((conditions) => conditions.length > 1)) return said.join(BETWEEN[reader.split('-')[0]!] ?? '; ');
  return formatter(Intl.ListFormat, reader, { type: 'disjunction', style: 'long' }).format(said);
}

export const oneValue = (dimension: string, said: string): ExplainCondition => ({ dimension, form: 'value', said });

/** Counts as people read them: an expectation of a few has a decimal, what was counted has none. */
export const sayCount = (value: number, language: string): string =>
  sayNumber(value, language, Math.abs(value) < 10 ? 1 : 0);

/** Signed, for what lies beyond an expectation; a zero has no sign. In a line from the right the sign stays before its number. */
export const sayMore = (value: number, language: string): string =>
  `\u2066${formatter(Intl.NumberFormat, language, {
    maximumFractionDigits: Math.abs(value) < 10 ? 1 : 0,
    signDisplay: 'exceptZero',
  }).format(value)}\u2069`;

export type Sureness = 'certain' | 'very' | 'fairly' | 'hint';

/** In steps that people can tell apart; the chance itself stands beside the word. */
export function surenessOf(qValue: number): Sureness {
  if (qValue < 0.001) return 'certain';
  if (qValue < 0.01) return 'very';
  return qValue < 0.05 ? 'fairly' : 'hint';
}

export function sayChance(qValue: number, t: TFunction, language: string): string {
  return qValue < 0.001
    ? t('explanation.chanceBelow', { chance: sayShare(0.001, language) })
    : t('explanation.chance', { chance: sayShare(qValue, language) });
}

/** Nothing was there before and nothing stands in for it: there is no number to hold it against. */
export const isFresh = ({ past, expected }: Pick<ExplainedSlice, 'past' | 'expected'>): boolean =>
  past === 0 && expected < 0.5;

/** A share that rounds to nothing says nothing: where all signals lie inside slices, no growth outside is left to measure by. */
export const hasShare = ({ shareOfExcess }: Pick<ExplainedSlice, 'shareOfExcess'>): boolean => shareOfExcess >= 0.01;

export interface Bar {
  readonly conditions: readonly ExplainCondition[];
  readonly spared: boolean;
  readonly observed: number;
  readonly expected: number;
  readonly value: number;
  /** Null where there is no limit. */
  readonly low: number | null;
  readonly high: number | null;
}

/** Beyond the expected, with what was spared below it: its interval is that of its ratio. */
export function barsOf({ slices, spared }: Pick<SignalExplanation, 'slices' | 'spared'>): Bar[] {
  return [
    ...slices.map(
      (one): Bar => ({
        conditions: one.conditions,
        spared: false,
        observed: one.observed,
        expected: one.expected,
        value: one.excess.value ?? one.observed - one.expected,
        low: one.excess.low,
        high: one.excess.high,
      }),
    ),
    ...spared.map(({ dimension, value, observed, expected, ratio }): Bar => {
      const at = (times: number | null) => (times === null ? null : expected * (times - 1));
      return {
        conditions: [oneValue(dimension, value)],
        spared: true,
        observed,
        expected,
        value: observed - expected,
        low: at(ratio.low),
        high: at(ratio.high),
      };
    }),
  ];
}

/** Where zero and every bar lie, in percent of the width. What has no limit ends at the edge. */
export function placesOf(bars: readonly Bar[]) {
  const ends = bars.flatMap(({ value, low, high }) => [value, low ?? 0, high ?? 0]);
  const least = Math.min(0, ...ends);
  const span = Math.max(1e-9, Math.max(0, ...ends) - least);
  const at = (value: number) => ((value - least) / span) * 100;
  return {
    zero: at(0),
    bars: bars.map(({ value, low, high }) => ({
      from: at(Math.min(0, value)),
      length: Math.abs(at(value) - at(0)),
      low: low === null ? 0 : at(low),
      high: high === null ? 100 : at(high),
    })),
  };
}

export interface Cell {
  readonly row: string;
  readonly column: string;
  readonly observed: number;
  readonly expected: number;
  /** From -1, all of what was expected is missing, over 0, to 1: the largest excess of all. */
  readonly depth: number;
}

type Grid = NonNullable<SignalExplanation['grid']>;

export function cellsOf({ rows, columns, observed, expected }: Grid): Cell[][] {
  const beyond = observed.map((line, r) => line.map((count, c) => count - (expected[r]?.[c] ?? 0)));
  const most = Math.max(1, ...beyond.flat().map(Math.abs));
  return rows.values.map((row, r) =>
    columns.values.map((column, c) => ({
      row,
      column,
      observed: observed[r]?.[c] ?? 0,
      expected: expected[r]?.[c] ?? 0,
      depth: (beyond[r]?.[c] ?? 0) / most,
    })),
  );
}

/** As the address of the signals screen has it. */
export function signalSearchOf(filter: SignalFilter) {
  const { dimension, rating, copies, q, from, to, source, language, topic } = filter;
  const d = [dimension ?? []].flat();
  return {
    ...Object.fromEntries(
      Object.entries({ q, from, to, source, language, topic, copies }).filter(([, said]) => said !== undefined),
    ),
    ...(rating !== undefined && { rating: String(rating) }),
    ...(d.length > 0 && { d }),
  };
}
