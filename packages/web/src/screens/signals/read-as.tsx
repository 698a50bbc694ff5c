import type { Facet } from '@groundswell/contract';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../parts/icon.tsx';
import { DimensionName } from '../../parts/surge.tsx';
import { sayTime } from '../../parts/time.tsx';
import { Words } from '../../parts/user-content.tsx';
import { piecesOf, type SignalSearch, toggled } from './signal-search.ts';

interface ReadAsProps {
  search: SignalSearch;
  facets: readonly Facet[];
  onSearch: (search: SignalSearch) => void;
}

/** How the search was understood, each part with a way to take it off. */
export function ReadAs({ search, facets, onSearch }: ReadAsProps) {
  const { t, i18n } = useTranslation();
  const parts = partsOf(search, facets);
  if (parts.length === 0) return <p className="read-as small faint">{t('readAs.everything')}</p>;
  const range =
    search.from && search.to
      ? t('readAs.between', {
          from: sayTime(new Date(search.from), 'full', i18n.language),
          to: sayTime(new Date(search.to), 'full', i18n.language),
        })
      : null;
  return (
    <div className="read-as small faint">
      <b className="soft">{t('readAs.title')}</b>
      {parts.map((part) => (
        <button
          key={part.key}
          type="button"
          className={part.not ? 'token-chip not' : 'token-chip'}
          onClick={() => onSearch(part.without)}
          title={t('readAs.remove')}
        >
          <span>{part.key === 'range' ? range : part.say(t)}</span>
          <Icon name="x" small />
          <span className="unseen">{t('readAs.remove')}</span>
        </button>
      ))}
      {parts.length > 1 && (
        <button type="button" className="link" onClick={() => onSearch({ sort: search.sort })}>
          {t('readAs.clear')}
        </button>
      )}
    </div>
  );
}

type Say = ReturnType<typeof useTranslation>['t'];
interface Part {
  key: string;
  not?: boolean;
  say: (t: Say) => ReactNode;
  without: SignalSearch;
}

function partsOf(search: SignalSearch, facets: readonly Facet[]): Part[] {
  const parts: Part[] = [];
  const rest = { ...search, open: undefined };
  if (search.q) {
    const { words, phrases, not } = piecesOf(search.q);
    const whole = { ...rest, q: undefined };
    if (phrases.length > 0)
      parts.push({
        key: 'phrases',
        say: (t) => (
          <>
            {t('readAs.phrase')} <Words>{phrases.map((one) => `“${one}”`).join(' + ')}</Words>
          </>
        ),
        without: whole,
      });
    if (words.length > 0)
      parts.push({
        key: 'words',
        say: (t) => (
          <>
            {t('readAs.words', { count: words.length })} <Words>{words.join(' + ')}</Words>
          </>
        ),
        without: whole,
      });
    if (not.length > 0)
      parts.push({
        key: 'not',
        not: true,
        say: (t) => (
          <>
            {t('readAs.not')} <Words>{not.join(', ')}</Words>
          </>
        ),
        without: whole,
      });
  }
  for (const facet of ['source', 'language', 'rating'] as const) {
    const value = search[facet];
    if (!value) continue;
    const label = facets.find((one) => one.name === facet)?.values.find((one) => one.value === value)?.label ?? value;
    parts.push({
      key: facet,
      say: (t) => (
        <>
          {t(`facet.${facet}`)} <Words>{label}</Words>
        </>
      ),
      without: { ...rest, [facet]: undefined },
    });
  }
  if (search.topic) parts.push({ key: 'topic', say: (t) => t('readAs.topic'), without: { ...rest, topic: undefined } });
  for (const said of search.d ?? []) {
    const at = said.indexOf(':');
    const [name, value] = [said.slice(0, at), said.slice(at + 1)];
    parts.push({
      key: said,
      say: () => (
        <>
          <DimensionName name={name} /> <Words>{value}</Words>
        </>
      ),
      without: toggled(search, name, value),
    });
  }
  if (search.from && search.to)
    parts.push({ key: 'range', say: () => null, without: { ...rest, from: undefined, to: undefined } });
  return parts;
}
