/** What the observed-against-expected chart looks like, as a plain value that can be read and tested. */
import type { SparkPoint } from '@groundswell/contract';
import type { EChartsCoreOption } from 'echarts/core';
import { sayNumber } from './numbers.ts';
import { sayTime } from './time.tsx';
import type { TimeSeriesProps } from './time-series.tsx';

type Token = (name: string) => string;
type Pair = [number, number | null];

/** A count belongs to the whole bucket, so it stands in its middle. */
const mid = (point: SparkPoint, bucketMs: number) => Date.parse(point.at) + bucketMs / 2;

/** Below this width end labels go away and the plot takes the room. */
const NARROW = 560;
const DAY = 86_400_000;
/** Height of the plot, and what the two labels at its end need between their middles. */
const PLOT_PX = 230;
const LABELS_PX = 26;
/** So far above the axis the middle of the expected label stays at least: it has two lines, and dates stand below. */
const LABEL_FLOOR_PX = 18;

export function seriesOption(props: TimeSeriesProps, token: Token, width: number): EChartsCoreOption {
  const narrow = width < NARROW;
  const font = { color: token('--ink-3'), fontFamily: 'inherit', fontSize: 12 };
  return {
    animation: false,
    aria: { enabled: false },
    textStyle: { fontFamily: 'inherit' },
    grid: { left: 8, right: narrow ? 12 : 126, top: 34, bottom: 8, containLabel: true },
    xAxis: {
      type: 'time',
      axisLine: { lineStyle: { color: token('--line-strong') } },
      axisTick: { lineStyle: { color: token('--line-strong') } },
      axisLabel: {
        ...font,
        hideOverlap: true,
        formatter: tick(props),
      },
      splitNumber: narrow ? 3 : 7,
      splitLine: { show: false },
    },
    yAxis: {
      type: 'value',
      min: 0,
      minInterval: 1,
      splitNumber: 4,
      axisLabel: { ...font, formatter: (value: number) => sayNumber(value, props.language) },
      splitLine: { lineStyle: { color: token('--c-grid') } },
    },
    tooltip: tooltip(props, token),
    series: [...band(props, token, narrow), ...observed(props, token, narrow)],
  };
}

/** Days where the chart spans weeks, months where it spans years: the year stands in the marks and the table. */
function tick({ points, language }: TimeSeriesProps) {
  const span = Date.parse(points.at(-1)?.at ?? '') - Date.parse(points[0]?.at ?? '');
  const day: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short' };
  const hour: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' };
  const options: Intl.DateTimeFormatOptions =
    span > 300 * DAY ? { month: 'short', year: 'numeric' } : span > 2 * DAY ? day : hour;
  const words = new Intl.DateTimeFormat(language, options);
  return (at: number) => words.format(at);
}

/** Two stacked lines: an unseen floor at the low end and the grey height up to the high end; a dotted middle. */
function band({ points, bucketMs, words }: TimeSeriesProps, token: Token, narrow: boolean) {
  const quiet = { type: 'line', symbol: 'none', silent: true, lineStyle: { opacity: 0 } } as const;
  const end = { show: !narrow, color: token('--ink-3'), fontSize: 12, distance: 8 };
  return [
    { ...quiet, stack: 'band', data: points.map((point): Pair => [mid(point, bucketMs), point.low]) },
    {
      ...quiet,
      stack: 'band',
      areaStyle: { color: token('--c-band'), opacity: 1 },
      data: points.map((point): Pair => [mid(point, bucketMs), Math.max(0, point.high - point.low)]),
    },
    {
      ...quiet,
      z: 3,
      lineStyle: { color: token('--c-mid'), width: 1.3, type: 'dotted' },
      endLabel: {
        ...end,
        offset: [0, -liftOfExpected(points)],
        formatter: `${words.expected}\n${words.range}`,
        lineHeight: 15,
      },
      data: points.map((point): Pair => [mid(point, bucketMs), point.mean]),
    },
  ];
}

function observed(props: TimeSeriesProps, token: Token, narrow: boolean) {
  const onset = Date.parse(props.onsetAt);
  const all = props.points.map((point): [number, number] => [mid(point, props.bucketMs), point.count]);
  // the rise belongs to the surge: orange starts one step before the bucket in which it began
  const turn = Math.max(0, props.points.findLastIndex((point) => Date.parse(point.at) <= onset) - 1);
  const line = { type: 'line', symbol: 'none', silent: true, z: 5, labelLayout: { moveOverlap: 'shiftY' } } as const;
  const excess = token('--c-excess');
  return [
    { ...line, lineStyle: { color: token('--c-ink'), width: 1.8 }, data: all.slice(0, turn + 1) },
    {
      ...line,
      lineStyle: { color: excess, width: 2.2 },
      areaStyle: { color: excess, opacity: 0.14 },
      endLabel: {
        show: !narrow,
        color: excess,
        fontWeight: 600,
        fontSize: 12,
        distance: 8,
        offset: [0, lift(props)],
        formatter: props.words.observed,
      },
      markLine: marks(props, token),
      data: all.slice(turn),
    },
  ];
}

/** How many pixels one signal is high. */
const scale = (points: TimeSeriesProps['points']): number =>
  PLOT_PX / Math.max(1, ...points.map((point) => Math.max(point.count, point.high)));

/** How far the label of the expected line must rise so that it does not cover the dates. */
function liftOfExpected(points: TimeSeriesProps['points']): number {
  const last = points.at(-1);
  return last ? Math.max(0, LABEL_FLOOR_PX - last.mean * scale(points)) : 0;
}

/** How far the label of the observed line must rise so that it does not cover the expected one. */
function lift({ points }: TimeSeriesProps): number {
  const last = points.at(-1);
  if (!last) return 0;
  const gap = (last.count - last.mean) * scale(points) - liftOfExpected(points);
  return gap > LABELS_PX ? 0 : gap - LABELS_PX;
}

function marks({ points, onsetAt, noticedAt, words }: TimeSeriesProps, token: Token) {
  const onset = Date.parse(onsetAt);
  const noticed = Date.parse(noticedAt);
  const first = Date.parse(points[0]?.at ?? onsetAt);
  const last = Date.parse(points.at(-1)?.at ?? noticedAt);
  // a label goes to the side that has room
  const early = onset - first < (last - first) * 0.25;
  const label = { fontSize: 12, distance: 4, position: 'end', fontFamily: 'inherit' } as const;
  return {
    symbol: 'none',
    silent: true,
    animation: false,
    data: [
      {
        xAxis: onset,
        lineStyle: { color: token('--c-excess'), type: 'solid', width: 1.5 },
        label: {
          ...label,
          formatter: words.onset,
          color: token('--c-excess'),
          fontWeight: 600,
          align: early ? 'left' : 'right',
          offset: early ? [0, -14] : [0, 0],
        },
      },
      {
        xAxis: noticed,
        lineStyle: { color: token('--ink-2'), type: 'dashed', width: 1 },
        label: {
          ...label,
          formatter: words.noticed,
          color: token('--ink-3'),
          align: noticed > first + (last - first) * 0.75 ? 'right' : 'left',
          offset: noticed > first + (last - first) * 0.75 && !early ? [0, -14] : [0, 0],
        },
      },
    ],
  };
}

function tooltip({ points, bucketMs, language }: TimeSeriesProps, token: Token) {
  return {
    trigger: 'axis',
    confine: true,
    enterable: true,
    backgroundColor: token('--raised'),
    borderColor: token('--line'),
    padding: [6, 10],
    textStyle: { color: token('--ink'), fontSize: 12 },
    axisPointer: { type: 'line', lineStyle: { color: token('--line-strong'), type: 'solid' } },
    // numbers and our own words only: nothing a user wrote can reach this HTML
    formatter: (hits: { value: Pair }[]) => {
      const at = hits[0]?.value[0];
      const point = points.find((one) => mid(one, bucketMs) === at);
      if (!point) return '';
      const number = (value: number) => sayNumber(value, language, value < 10 ? 1 : 0);
      return `${sayTime(new Date(point.at), 'full', language)}<br><b>${number(point.count)}</b> · ${number(point.mean)} (${number(point.low)}–${number(point.high)})`;
    },
  };
}
