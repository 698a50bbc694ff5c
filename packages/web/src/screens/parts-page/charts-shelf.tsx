import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ChartFrame, Finding, LegendEntry } from '../../parts/chart-frame.tsx';
import { Histogram } from '../../parts/histogram.tsx';
import { Progress } from '../../parts/progress.tsx';
import { Scroller } from '../../parts/scroller.tsx';
import { SortHead } from '../../parts/sort-head.tsx';
import { Spark } from '../../parts/spark.tsx';
import type { TimeRange } from '../../parts/time-range.ts';
import { TimeSeries } from '../../parts/time-series.tsx';
import { LONG, NOTICED, ONSET, POINTS, QUIET } from './samples.ts';
import { Shelf, Specimen } from './specimen.tsx';

const DAY_MS = 86_400_000;
const LABEL = 'Signals per day, observed and expected';

export function ChartsShelf() {
  const { i18n } = useTranslation();
  return (
    <Shelf title="Charts" why="sentence, legend, picture, table: key v">
      <Specimen of="Finding" wide>
        <Finding>
          Since Thursday six times as many people as expected say their upload stops: <b>312 so far</b>.
        </Finding>
      </Specimen>
      <Specimen of="ChartFrame, TimeSeries" wide>
        <ChartFrame
          sentence="Uploads that stop rose above what was expected four days ago."
          unit="signals per day"
          legend={
            <>
              <LegendEntry look="band">expected range (95 %)</LegendEntry>
              <LegendEntry look="observed">observed</LegendEntry>
              <LegendEntry look="excess">since onset</LegendEntry>
            </>
          }
          picture={
            <TimeSeries
              points={POINTS}
              bucketMs={DAY_MS}
              onsetAt={ONSET}
              noticedAt={NOTICED}
              words={{
                onset: 'Onset',
                noticed: 'Noticed',
                observed: '131 per day',
                expected: '20 expected',
                range: '95 %: 12 to 29',
              }}
              language={i18n.language}
              label={LABEL}
            />
          }
          table={{
            caption: LABEL,
            head: ['Day', 'Observed', 'Expected'],
            rows: POINTS.map((point) => [point.at.slice(0, 10), String(point.count), String(point.mean)]),
          }}
        />
      </Specimen>
      <OtherCharts />
    </Shelf>
  );
}

function OtherCharts() {
  const [range, setRange] = useState<TimeRange | null>(null);
  return (
    <>
      <Specimen of="Histogram" wide>
        <Histogram
          sentence="369 signals in two weeks."
          bars={POINTS}
          bucketMs={DAY_MS}
          range={range}
          onRange={setRange}
        />
      </Specimen>
      <Specimen of="Spark: rising, quiet, too short">
        <div className="row wrap">
          <Spark points={POINTS} onsetAt={ONSET} label="rising since Thursday" />
          <Spark points={QUIET} onsetAt={new Date(Date.now() + DAY_MS).toISOString()} label="as usual" />
          <Spark points={POINTS.slice(0, 1)} onsetAt={ONSET} label="one day known" />
        </div>
      </Specimen>
      <Specimen of="Progress: none, some, all, unknown">
        <div className="stack">
          {[0, 0.4, 1, null].map((share) => (
            <Progress key={String(share)} share={share} label={`Read so far: ${share ?? 'not known'}`} />
          ))}
        </div>
      </Specimen>
      <Specimen of="Table: SortHead, Scroller, numbers at the end" wide>
        <SortedTable />
      </Specimen>
    </>
  );
}

const ROWS = [
  ['app_version', 1204, 88],
  [LONG, 3, 1],
  ['country', 0, 0],
] as const;

function SortedTable() {
  const [{ by, down }, setSort] = useState<{ by: 'name' | 'signals' | 'people'; down: boolean }>({
    by: 'signals',
    down: true,
  });
  const sort = (next: typeof by, order: 'asc' | undefined) => setSort({ by: next, down: order !== 'asc' });
  return (
    <Scroller label="Dimensions">
      <table>
        <thead>
          <tr>
            <SortHead sort="name" label="Name" by={by} down={down} onSort={sort} />
            <SortHead sort="signals" label="Signals" end by={by} down={down} onSort={sort} />
            <SortHead sort="people" label="People" end by={by} down={down} onSort={sort} />
          </tr>
        </thead>
        <tbody>
          {ROWS.map(([name, signals, people]) => (
            <tr key={name}>
              <td>
                <bdi>{name}</bdi>
              </td>
              <td className="end">{signals}</td>
              <td className="end">{people}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroller>
  );
}
