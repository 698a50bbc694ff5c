import type { IssueDetail } from '@groundswell/contract';
import { useTranslation } from 'react-i18next';
import { ChartFrame, LegendEntry } from '../../parts/chart-frame.tsx';
import { sayNumber, sayRatio, sayShare, saySpan } from '../../parts/numbers.ts';
import { Panel } from '../../parts/page.tsx';
import { DimensionName, SurgeSentence } from '../../parts/surge.tsx';
import { sayTime } from '../../parts/time.tsx';
import { TimeSeries } from '../../parts/time-series.tsx';
import { Words } from '../../parts/user-content.tsx';

/** The finding: one sentence, and the picture that supports it. */
export function SurgePanel({ issue }: { issue: IssueDetail }) {
  const { t, i18n } = useTranslation();
  const { points, bucketMs } = issue.series;
  // the bucket that is still filling would look like a fall; it stands in the table only
  const complete = points.filter((point) => Date.parse(point.at) + bucketMs <= Date.now());
  const span = saySpan(bucketMs / 1000, i18n.language);
  const number = (value: number) => sayNumber(value, i18n.language, value < 10 ? 1 : 0);
  return (
    <Panel label={t('issue.finding')}>
      <div className="panel-body">
        <ChartFrame
          sentence={<FindingWords issue={issue} />}
          unit={t('issue.unit', { span })}
          legend={
            <>
              <LegendEntry look="band">{t('chart.expected')}</LegendEntry>
              <LegendEntry look="observed">{t('chart.observed')}</LegendEntry>
              <LegendEntry look="excess">{t('chart.sinceOnset')}</LegendEntry>
            </>
          }
          picture={
            <TimeSeries
              points={complete}
              bucketMs={bucketMs}
              onsetAt={issue.surge.onsetAt}
              noticedAt={issue.surge.noticedAt}
              language={i18n.language}
              label={t('issue.chartLabel', { span })}
              words={useChartWords(issue, complete, span)}
            />
          }
          table={{
            caption: t('issue.chartLabel', { span }),
            head: [
              t('histogram.from'),
              t('chart.observedHead'),
              t('chart.expectedHead'),
              t('chart.lowHead'),
              t('chart.highHead'),
            ],
            rows: points.map((point) => [
              sayTime(new Date(point.at), 'full', i18n.language),
              number(point.count),
              number(point.mean),
              number(point.low),
              number(point.high),
            ]),
          }}
        />
      </div>
    </Panel>
  );
}

function useChartWords(issue: IssueDetail, points: IssueDetail['series']['points'], span: string) {
  const { t, i18n } = useTranslation();
  const last = points.at(-1);
  const number = (value: number) => sayNumber(value, i18n.language, value < 10 ? 1 : 0);
  const when = (at: string) => sayTime(new Date(at), issue.historical ? 'day' : 'clock', i18n.language);
  const late = (Date.parse(issue.surge.noticedAt) - Date.parse(issue.surge.onsetAt)) / 1000;
  return {
    onset: t('chart.onset', { when: when(issue.surge.onsetAt) }),
    noticed: t('chart.noticed', { span: saySpan(Math.max(0, late), i18n.language) }),
    observed: last ? t('chart.perSpan', { count: number(last.count), span }) : '',
    expected: last ? t('chart.expectedEnd', { count: number(last.mean) }) : '',
    range: last ? t('chart.rangeEnd', { low: number(last.low), high: number(last.high) }) : '',
  };
}

/** Since when and how much, then the one slice that says most about where. */
function FindingWords({ issue }: { issue: IssueDetail }) {
  const { t, i18n } = useTranslation();
  const first = issue.where?.here.find((one) => one.stands);
  return (
    <span className="key">
      <SurgeSentence surge={issue.surge} historical={issue.historical} />
      {first && (
        <>
          {' '}
          {t('issue.slice', { share: sayShare(first.share, i18n.language) })} <DimensionName name={first.dimension} />{' '}
          <b>
            <Words>{first.value}</Words>
          </b>
          {t('issue.sliceUsual', {
            share: sayShare(first.usualShare, i18n.language),
            lift: sayRatio(first.lift, i18n.language),
          })}
        </>
      )}
    </span>
  );
}
