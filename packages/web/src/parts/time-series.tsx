import type { SparkPoint } from '@groundswell/contract';
import { useComputedColorScheme } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { Skeleton } from './notes.tsx';

export interface TimeSeriesProps {
  points: readonly SparkPoint[];
  bucketMs: number;
  onsetAt: string;
  noticedAt: string;
  words: { onset: string; noticed: string; observed: string; expected: string; range: string };
  language: string;
  label: string;
}

const Picture = lazy(() => import('./time-series-picture.tsx').then((file) => ({ default: file.TimeSeriesPicture })));

/** Observed against expected over time. The drawing library comes only when a chart is on the page. */
export function TimeSeries(props: TimeSeriesProps) {
  const scheme = useComputedColorScheme('light');
  return (
    <Suspense fallback={<Skeleton lines={6} />}>
      <Picture key={scheme} {...props} />
    </Suspense>
  );
}
