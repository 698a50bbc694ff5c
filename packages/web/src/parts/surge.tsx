import type { Surge } from '@groundswell/contract';
import { Fragment } from 'react';
import { Trans, useTranslation } from 'react-i18next';
import { sayNumber, sayRatio } from './numbers.ts';
import { sayTime } from './time.tsx';
import { Words } from './user-content.tsx';

const TONE = { growing: 'is-excess', level: 'is-excess', falling: 'is-good', over: 'soft' } as const;

/** "6.2× and growing": the word that stands beside every sparkline. */
export function SurgeWord({ surge }: { surge: Surge }) {
  return <span className={`nowrap ${TONE[surge.trend]}`}>{useSurgeWord(surge)}</span>;
}

export function useSurgeWord(surge: Surge): string {
  const { t, i18n } = useTranslation();
  const ratio = surge.ratio === null ? t('surge.new') : sayRatio(surge.ratio, i18n.language);
  return t(`surge.word.${surge.trend}`, { ratio });
}

/** The finding as a sentence that can be read aloud: since when, how much more than expected, and whether it goes on. */
export function SurgeSentence({ surge, historical }: { surge: Surge; historical: boolean }) {
  const { t, i18n } = useTranslation();
  const number = (value: number) => sayNumber(value, i18n.language, value < 10 ? 1 : 0);
  const kind = surge.ratio === null ? 'fresh' : 'more';
  return (
    <Trans
      t={t}
      i18nKey={`surge.sentence.${historical ? 'past' : 'now'}.${kind}`}
      values={{
        since: sayTime(new Date(surge.onsetAt), historical ? 'day' : 'clock', i18n.language),
        times: surge.ratio === null ? '' : sayNumber(surge.ratio, i18n.language, surge.ratio < 10 ? 1 : 0),
        observed: number(surge.observed),
        expected: number(surge.expected),
        low: number(surge.low),
        high: number(surge.high),
        trend: t(`surge.trend.${surge.trend}`),
      }}
      components={{ b: <b /> }}
    />
  );
}

/** Where it is: the slice of dimensions, as "app version 38.1.2, country BR"; nothing where no slice stands out. */
export function SliceWords({ slice }: { slice: Surge['slice'] }) {
  const parts = Object.entries(slice ?? {});
  return parts.map(([name, value], index) => (
    <Fragment key={name}>
      {index > 0 && ', '}
      <DimensionName name={name} /> <b>{<Words>{value}</Words>}</b>
    </Fragment>
  ));
}

/** `app_version` as people say it. */
export function DimensionName({ name }: { name: string }) {
  const { t } = useTranslation();
  return <Words>{t(`dimension.${name}`, { defaultValue: name.replaceAll('_', ' ') })}</Words>;
}
