import type { ExplainedSlice, SignalExplanation } from '@groundswell/contract';
import { Link } from '@tanstack/react-router';
import type { TFunction } from 'i18next';
import { Trans, useTranslation } from 'react-i18next';
import {
  hasShare,
  isFresh,
  oneValue,
  sayChance,
  sayCount,
  saySlice,
  saySlices,
  signalSearchOf,
  surenessOf,
} from './explanation.ts';
import { Icon } from './icon.tsx';
import { sayRatio, sayShare } from './numbers.ts';
import { sayTime, Time } from './time.tsx';
import { Words } from './user-content.tsx';

type Estimate = SignalExplanation['overall']['growth'];

/** The whole of it in one sentence; that everything grew alike is an answer too. */
export function LeadSentence({ of }: { of: SignalExplanation }) {
  const { t, i18n } = useTranslation();
  return <span className="key">{leadOf(of, t, i18n.language)}</span>;
}

function leadOf({ verdict, against, overall, slices }: SignalExplanation, t: TFunction, language: string): string {
  const observed = t('signals.count', { count: Math.round(overall.observed) });
  const numbers = { observed, expected: sayCount(overall.expected, language) };
  if (verdict === 'too_few') return t('explanation.lead.tooFew', { observed });
  // against the others only how they are spread is compared: there is no number of them that was to be expected
  if (against === 'others')
    return slices.length > 0
      ? t('explanation.lead.apart', { observed, count: slices.length })
      : t('explanation.lead.alike', { observed });
  if (verdict === 'slices') return t('explanation.lead.slices', { ...numbers, count: slices.length });
  if (verdict === 'nothing') return t('explanation.lead.nothing', numbers);
  const { value, low, high } = overall.growth;
  const shrank = value !== null && value < 1;
  return t(shrank ? 'explanation.lead.shrank' : 'explanation.lead.grew', {
    ...numbers,
    ratio: times(value, t, language),
    low: times(low, t, language),
    high: times(high, t, language),
  });
}

const times = (value: Estimate['value'], t: TFunction, language: string): string =>
  value === null ? t('explanation.noLimit') : sayRatio(value, language);

interface SliceProps {
  of: ExplainedSlice;
  against: SignalExplanation['against'];
}

/** Rank, slice, numbers, how sure; and the way to its signals. */
export function SliceLine({ of, against, isFirst }: SliceProps & { isFirst: boolean }) {
  const { t, i18n } = useTranslation();
  const said = saySlice(of.conditions, t, i18n.language);
  return (
    <li>
      <p className={isFirst ? 'explained first' : 'explained'}>
        <SliceSentence of={of} against={against} said={said} />{' '}
        {hasShare(of) &&
          t(against === 'others' ? 'explanation.shareApart' : 'explanation.share', {
            share: sayShare(of.shareOfExcess, i18n.language),
          })}
      </p>
      <p className="small faint">
        <b>{t(`explanation.sure.${surenessOf(of.qValue)}`)}</b> ({sayChance(of.qValue, t, i18n.language)})
        {of.since !== null &&
          ` · ${t('explanation.since', { when: sayTime(new Date(of.since), 'clock', i18n.language) })}`}
      </p>
      <Ties of={of} />
      <p className="small">
        <OpenSlice of={of} said={said} />
      </p>
    </li>
  );
}

function SliceSentence({ of, against, said }: SliceProps & { said: string }) {
  const { t, i18n } = useTranslation();
  const count = (value: number | null) => (value === null ? t('explanation.noLimit') : sayCount(value, i18n.language));
  const signals = t('signals.count', { count: Math.round(of.observed) });
  const place = { slice: <Place said={said} />, b: <b /> };
  if (isFresh(of)) {
    const key = against === 'others' ? 'explanation.slice.alone' : 'explanation.slice.fresh';
    return <Trans t={t} i18nKey={key} values={{ signals }} components={place} />;
  }
  return (
    <Trans
      t={t}
      i18nKey="explanation.slice.more"
      values={{
        signals,
        expected: count(of.expected),
        excess: count(of.excess.value),
        low: count(of.excess.low),
        high: count(of.excess.high),
      }}
      components={place}
    />
  );
}

/** The values are words of users: never put into the text that `Trans` reads as markup. */
function Place({ said }: { said: string }) {
  return (
    <b>
      <Words>{said}</Words>
    </b>
  );
}

/** Nothing here tells which of them it is, and that is said. */
function Ties({ of: { equivalents, nearly } }: { of: ExplainedSlice }) {
  const { t, i18n } = useTranslation();
  const said = (slices: ExplainedSlice['nearly']) => ({ slices: <Words>{saySlices(slices, t, i18n.language)}</Words> });
  return (
    <>
      {equivalents.length > 0 && (
        <p className="small soft">
          <Trans t={t} i18nKey="explanation.same" components={said(equivalents)} />
        </p>
      )}
      {nearly.length > 0 && (
        <p className="small soft">
          <Trans t={t} i18nKey="explanation.nearly" components={said(nearly)} />
        </p>
      )}
    </>
  );
}

function OpenSlice({ of, said }: { of: ExplainedSlice; said: string }) {
  const { t } = useTranslation();
  if (of.opens === null) return <span className="faint">{t('explanation.notSearchable')}</span>;
  return (
    <Link to="/signals" search={signalSearchOf(of.opens)} className="link">
      {t('explanation.open', { count: Math.round(of.observed) })}
      <span className="unseen">
        {' '}
        <Words>{said}</Words>
      </span>
    </Link>
  );
}

/** "Not in …": what the same time spared. */
export function SparedLine({ of }: { of: SignalExplanation['spared'][number] }) {
  const { t, i18n } = useTranslation();
  return (
    <li className="row top">
      <Icon name="dash" small />
      <span>
        <Trans
          t={t}
          i18nKey="explanation.notIn"
          values={{ observed: sayCount(of.observed, i18n.language), expected: sayCount(of.expected, i18n.language) }}
          components={{ slice: <Place said={saySlice([oneValue(of.dimension, of.value)], t, i18n.language)} /> }}
        />
      </span>
    </li>
  );
}

/** How the rest grew: what the slices are said to exceed. Against the others there is no before. */
function restOf({ verdict, against, overall }: SignalExplanation, t: TFunction, language: string): string | null {
  const { value, low, high } = overall.growth;
  if (verdict !== 'slices' || against === 'others' || value === null) return null;
  const said = { ratio: sayRatio(value, language), low: times(low, t, language), high: times(high, t, language) };
  return t('explanation.rest', said);
}

/** Which times, how many signals lie in each, and what everything else did. */
export function ComparedLine({ of }: { of: SignalExplanation }) {
  const { t, i18n } = useTranslation();
  const when = (at: string) => sayTime(new Date(at), 'day', i18n.language);
  const side = ({ from, to, signals }: SignalExplanation['window']) => ({
    from: when(from),
    to: when(to),
    total: t('signals.count', { count: signals }),
  });
  return (
    <p className="small soft">
      {t('explanation.window', side(of.window))} {t(`explanation.compared.${of.against}`, side(of.baseline))}{' '}
      {restOf(of, t, i18n.language)}
    </p>
  );
}

export function Computed({ at, isOld }: { at: string; isOld: boolean }) {
  const { t } = useTranslation();
  return (
    <span>
      {t(isOld ? 'explanation.old' : 'explanation.computed')} <Time at={at} show="ago" />
    </span>
  );
}
