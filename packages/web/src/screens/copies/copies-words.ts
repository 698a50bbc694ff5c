/** A group of copied texts in one sentence whose numbers stand beside it. */
import type { CopyGroupView } from '@groundswell/contract';
import type { TFunction } from 'i18next';

const HOUR_MS = 3_600_000;
/** A whole time up to this is said as it is; a longer one by the stretch that holds half of it. */
const SHORT_HOURS = 72;
const FEW = 5;

export function findingOf(group: CopyGroupView, t: TFunction): string {
  const { signals, mostByOne, shape, exactShare, because } = group;
  const words = t(exactShare === 1 ? 'copies.same' : 'copies.nearlySame', { count: because.characters });
  const when = timeOf(group, t);
  if (shape === 'flood' && mostByOne !== null) {
    const times =
      mostByOne === signals
        ? t('copies.times', { count: signals })
        : t('copies.timesOf', { some: mostByOne, count: signals });
    return t('copies.finding.flood', { times, words, when });
  }
  const { people } = because;
  if (people === null) {
    const who = t('signals.count', { count: signals });
    return t(shape === 'phrase' ? 'copies.finding.unnamedPhrase' : 'copies.finding.unnamed', { who, words, when });
  }
  const who = t('people.count', { count: people });
  const said =
    people === signals ? words : t('copies.wordsTimes', { words, times: t('copies.times', { count: signals }) });
  return t(shape === 'phrase' ? 'copies.finding.phrase' : 'copies.finding.people', { who, words: said, when });
}

function timeOf({ firstAt, lastAt, signals, because }: CopyGroupView, t: TFunction): string {
  const hours = Math.ceil((Date.parse(lastAt) - Date.parse(firstAt)) / HOUR_MS);
  if (hours <= 1) return t('copies.withinHour');
  if (hours <= SHORT_HOURS) return t('copies.within', { span: t('copies.hours', { count: hours }) });
  const half = because.hours;
  const days = Math.ceil(hours / 24);
  // of a phrase nobody counts the hours, and half of three is no finding
  if (half === 0 || signals < FEW) return t('copies.within', { span: t('copies.days', { count: days }) });
  const span =
    half <= SHORT_HOURS ? t('copies.hours', { count: half }) : t('copies.days', { count: Math.ceil(half / 24) });
  return t('copies.halfWithin', { span });
}
