import type { SparkPoint } from '@groundswell/contract';
import './chart-frame.css';

interface SparkProps {
  points: readonly SparkPoint[];
  /** From here on the line is orange: the surge. */
  onsetAt: string;
  /** The word that stands beside it, for those who do not see the picture. */
  label: string;
  width?: number;
  height?: number;
}

/** Fourteen steps, the expected band behind them, a dot at the end. Never the message alone: a word stands beside it. */
export function Spark({ points: all, onsetAt, label, width = 150, height = 34 }: SparkProps) {
  const points = all.filter((point) => Date.parse(point.at) <= Date.now()); // what has not happened yet is no zero
  const { x, y } = scales(points, width, height);
  const onset = Date.parse(onsetAt);
  // the step in which it began is the last that starts before the onset
  const from = points.findLastIndex((point) => Date.parse(point.at) <= onset);
  const rise = points.slice(Math.max(0, from - 1));
  const start = points.length - rise.length;
  const calm = rise.length > 0 ? points.slice(0, start + 1) : points;
  const line = (list: readonly SparkPoint[], offset: number) =>
    list.map((point, index) => `${index ? 'L' : 'M'}${x(index + offset)} ${y(point.count)}`).join('');
  const last = points.at(-1);
  return (
    <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
      <path className="c-band" d={band(points, x, y)} />
      {rise.length > 1 && (
        <path
          className="c-excess"
          d={`${line(rise, start)}${[...rise.keys()]
            .reverse()
            .map((index) => `L${x(index + start)} ${y(Math.min(rise[index]!.high, rise[index]!.count))}`)
            .join('')}Z`}
        />
      )}
      <path className="c-observed" style={{ strokeWidth: 1.4 }} d={line(calm, 0)} />
      {rise.length > 1 && <path className="c-excess-line" style={{ strokeWidth: 1.6 }} d={line(rise, start)} />}
      {last && <circle className="c-dot" cx={x(points.length - 1)} cy={y(last.count)} r="2.8" />}
    </svg>
  );
}

type Scale = (value: number) => string;

function scales(points: readonly SparkPoint[], width: number, height: number): { x: Scale; y: Scale } {
  const top = Math.max(1, ...points.flatMap((point) => [point.count, point.high]));
  const step = points.length > 1 ? (width - 6) / (points.length - 1) : 0;
  return {
    x: (index) => (1 + index * step).toFixed(1),
    y: (value) => (height - 2 - (value / top) * (height - 7)).toFixed(1),
  };
}

function band(points: readonly SparkPoint[], x: Scale, y: Scale): string {
  if (points.length < 2) return '';
  const upper = points.map((point, index) => `${index ? 'L' : 'M'}${x(index)} ${y(point.high)}`);
  const lower = points.map((point, index) => `L${x(index)} ${y(point.low)}`).reverse();
  return `${upper.join('')}${lower.join('')}Z`;
}
