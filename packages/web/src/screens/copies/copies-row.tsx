import type { CopyGroupView } from '@groundswell/contract';
import { memo } from 'react';
import { Trans, useTranslation } from 'react-i18next';
import type { IconName } from '../../parts/icon.tsx';
import { sayLanguage, sayNumber, sayShare } from '../../parts/numbers.ts';
import { RowLink } from '../../parts/row-link.tsx';
import { Pill, type Tone } from '../../parts/status.tsx';
import { Time } from '../../parts/time.tsx';
import { UserContent, Words } from '../../parts/user-content.tsx';
import { revealSample } from './copies-queries.ts';
import { findingOf } from './copies-words.ts';

const SHAPE: Record<CopyGroupView['shape'], readonly [Tone, IconName]> = {
  campaign: ['warn', 'users'],
  flood: ['warn', 'back'],
  phrase: ['idle', 'dash'],
  copies: ['info', 'copy'],
};

/** The finding first: it opens the signals. Then the words themselves, and what the finding rests on. */
export const CopiesRow = memo(function CopiesRow({ group }: { group: CopyGroupView }) {
  const { t } = useTranslation();
  const [tone, icon] = SHAPE[group.shape];
  return (
    <li className="copies-row" data-row={group.id}>
      <div className="stack tight slim">
        <p className="finding">
          <RowLink to={`/signals?copies=${group.id}`} className="copies-open">
            <b>{findingOf(group, t)}</b>
          </RowLink>{' '}
          <Origin sources={group.sources} signals={group.signals} />
        </p>
        <div className="copies-sample">
          <UserContent content={group.sample} onReveal={revealSample} />
        </div>
        <Facts group={group} />
      </div>
      <div className="copies-side">
        <Pill tone={tone} icon={icon}>
          {t(`copies.shape.${group.shape}`)}
        </Pill>
        <Bars group={group} />
        <span className="small faint">
          <Time at={group.firstAt} /> – <Time at={group.lastAt} />
        </span>
      </div>
    </li>
  );
});

/** Where most of it comes from, if one source stands out. */
function Origin({ sources, signals }: Pick<CopyGroupView, 'sources' | 'signals'>) {
  const { t } = useTranslation();
  const first = sources[0];
  if (!first || 2 * first.signals <= signals) return null;
  return (
    <Trans
      t={t}
      i18nKey={first.signals === signals ? 'copies.allFrom' : 'copies.mostlyFrom'}
      components={{ source: <Words>{first.name}</Words> }}
    />
  );
}

function Facts({ group }: { group: CopyGroupView }) {
  const { t, i18n } = useTranslation();
  const { signals, authors, mostByOne, exactShare, busiestHour, sources, languages } = group;
  return (
    <div className="row wrap small faint copies-facts">
      <span>{t('signals.count', { count: signals })}</span>
      <span>{authors === null ? t('copies.noPeople') : t('people.count', { count: authors })}</span>
      {mostByOne !== null && mostByOne > 1 && <span>{t('copies.mostByOne', { count: mostByOne })}</span>}
      {exactShare < 1 && exactShare * signals > 1.5 && (
        <span>{t('copies.exact', { share: sayShare(exactShare, i18n.language) })}</span>
      )}
      <span>{t('copies.busiestHour', { count: busiestHour })}</span>
      {sources.length > 1 &&
        sources.slice(0, 3).map((source) => (
          <span key={source.id} className="clip copies-source">
            <Words>{source.name}</Words> {sayNumber(source.signals, i18n.language)}
          </span>
        ))}
      {languages.slice(0, 3).map((language) => (
        <span key={language} className="lang" title={sayLanguage(language, i18n.language)}>
          {language}
        </span>
      ))}
    </div>
  );
}

const WIDTH = 144;
const HEIGHT = 30;

/** How its signals lie between the first and the last. The words beside it say what counts. */
function Bars({ group: { spark, busiestHour } }: { group: CopyGroupView }) {
  const { t } = useTranslation();
  const top = Math.max(1, ...spark);
  const step = WIDTH / spark.length;
  return (
    <svg
      className="copies-bars"
      width={WIDTH}
      height={HEIGHT}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={t('copies.busiestHour', { count: busiestHour })}
    >
      {spark.map((count, part) => {
        const height = count === 0 ? 1 : Math.max(2, (count / top) * HEIGHT);
        const x = part * step;
        return (
          <rect
            key={x}
            x={x}
            y={HEIGHT - height}
            width={step - 1.5}
            height={height}
            data-none={count === 0 || undefined}
          />
        );
      })}
    </svg>
  );
}
