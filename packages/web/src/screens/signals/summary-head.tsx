import type { ReplyOf, summariseSignals } from '@groundswell/contract';
import type { UseQueryResult } from '@tanstack/react-query';
import { Trans, useTranslation } from 'react-i18next';
import { Histogram } from '../../parts/histogram.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { sayNumber, saySpan } from '../../parts/numbers.ts';
import { Panel } from '../../parts/page.tsx';
import { sayTime } from '../../parts/time.tsx';
import type { TimeRange } from '../../parts/time-range.ts';
import { isNarrowed, type SignalSearch } from './signal-search.ts';

const DAY_MS = 86_400_000;

type Summary = ReplyOf<typeof summariseSignals>;

interface SummaryHeadProps {
  search: SignalSearch;
  query: UseQueryResult<Summary>;
  onRange: (range: TimeRange | null) => void;
}

/** How many, from how many people, and when. */
export function SummaryHead({ search, query, onRange }: SummaryHeadProps) {
  const { t } = useTranslation();
  const range = search.from && search.to ? { from: search.from, to: search.to } : null;
  return (
    <Panel className="signals-head" label={t('histogram.caption')}>
      <Loaded query={query} lines={3} isEmpty={() => false} empty="">
        {(summary) => (
          <div className="panel-body">
            {summary.total === 0 ? (
              <p className="finding">
                <b>{t(isNarrowed(search) ? 'signals.none' : 'signals.noneYet')}</b>{' '}
                {range && (
                  <button type="button" className="link" onClick={() => onRange(null)}>
                    {t('range.all')}
                  </button>
                )}
              </p>
            ) : (
              <Histogram
                sentence={<SummarySentence summary={summary} />}
                bars={summary.buckets}
                bucketMs={summary.bucketMs}
                sampled={summary.sampled.buckets}
                range={range}
                onRange={onRange}
              />
            )}
          </div>
        )}
      </Loaded>
    </Panel>
  );
}

function SummarySentence({ summary }: { summary: Summary }) {
  const { t, i18n } = useTranslation();
  const number = (value: number) => sayNumber(value, i18n.language);
  const total = t(summary.more ? 'signals.countMore' : 'signals.count', { count: summary.total });
  const peak = summary.buckets.reduce(
    (best, bar) => (bar.count > best.count ? bar : best),
    summary.buckets[0] ?? { at: '', count: 0 },
  );
  return (
    <>
      <b>
        {summary.people === null
          ? t('signals.found', { total })
          : t('signals.foundPeople', { total, people: t('people.count', { count: summary.people }) })}
      </b>{' '}
      {summary.people === null &&
        `${t(summary.more || summary.total > 10_000 ? 'signals.tooManyForPeople' : 'signals.noPeople')} `}
      {summary.buckets.length > 1 && peak.at && (
        <Trans
          t={t}
          i18nKey="signals.peak"
          values={{
            count: `${summary.sampled.buckets ? '≈ ' : ''}${number(peak.count)}`,
            span: saySpan(summary.bucketMs / 1000, i18n.language),
            when: sayTime(new Date(peak.at), summary.bucketMs < DAY_MS ? 'clock' : 'day', i18n.language),
          }}
        />
      )}
    </>
  );
}
