export type { Calendar, CalendarSpec, Holiday, Period as OpenPeriod } from './clocks/calendar.ts';
export { compileCalendar } from './clocks/calendar.ts';
export type { CalendarOf, ClockEvent, ClockState, Pin, Reference } from './clocks/clock.ts';
export { look, NOT_BEGUN, nextMoment, replay, stepClock } from './clocks/clock.ts';
export { type Interval, intervals } from './clocks/intervals.ts';
export type { Happened, Item as ClockedItem, ItemClock, Written } from './clocks/item.ts';
export { happen, NEW_ITEM, nextLook } from './clocks/item.ts';
export { due, elapsed, nextOpen } from './clocks/measure.ts';
export { type Happening, METRICS, METRICS_IN_ORDER, type Metric, type Standing } from './clocks/metrics.ts';
export { choosePin, type Policy, type Rulebook, type Target } from './clocks/policy.ts';
export { type Reading, readClock, worthTelling } from './clocks/reading.ts';
export { explainClock, type Part } from './clocks/why.ts';
export { instantOf, isZone, LATEST as LATEST_INSTANT, offsetAt } from './clocks/zone.ts';
export { type Backtest, backtest, type Known, type Lead, type Past, type Told } from './engine/backtest.ts';
export { calibrate, type Thresholds, type Wish } from './engine/calibrate.ts';
export { loadState, saveState } from './engine/checkpoint.ts';
export type { Entry, ExpectedShare, Item, Output } from './engine/entry.ts';
export { surgeOfSplit } from './engine/regroup.ts';
export { createEngine, type EngineOptions, type EngineState } from './engine/state.ts';
export { step } from './engine/step.ts';
export type { Condition } from './explain/box.ts';
export { type Column, encodeColumn, type Order } from './explain/column.ts';
export { type ExplainOptions, explainEvents } from './explain/events.ts';
export type { Exposure } from './explain/exposure.ts';
export type { Explanation, Slice } from './explain/findings.ts';
export type { Estimate } from './explain/intervals.ts';
export type { Period, Rows } from './explain/rows.ts';
export { explainTable, type MetricTable, type TableExplanation, type TableSlice } from './explain/table.ts';
export { DISTINCT_ERROR, estimateDistinct } from './impact/distinct.ts';
export { LEAST_PAST, silentPeople } from './impact/silent.ts';
export { concentration, type SliceCount, type SliceShare, wilson } from './stats/concentration.ts';
export { adjustForMany } from './stats/multiple-tests.ts';
export { poissonInterval } from './stats/poisson.ts';
export { type PredictiveBand, predictiveBand } from './stats/predictive-band.ts';
export {
  type CopyIndex,
  type CopyIndexOptions,
  type FoundCopy,
  type KnownCopy,
  openCopyIndex,
  PHRASE_WEIGHT,
  type SaidText,
  weightOf,
} from './text/copies.ts';
