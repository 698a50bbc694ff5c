import type { Facet } from '@groundswell/contract';
import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../parts/icon.tsx';
import { sayLanguage } from '../../parts/numbers.ts';
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
  const parts = partsOf(search, facets, i18n.language);
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

type Naming = (t: TFunction) => string;
interface Part {
  key: string;
  not?: boolean;
  say: (t: TFunction) => ReactNode;
  without: SignalSearch;
}

function partsOf(search: SignalSearch, facets: readonly Facet[], reader: string): Part[] {
  const rest = { ...search, open: undefined };
  const range = { key: 'range', say: () => null, without: { ...rest, from: undefined, to: undefined } };
  const topic: Part = { key: 'topic', say: (t) => t('readAs.topic'), without: { ...rest, topic: undefined } };
  const copies: Part = {
    key: 'copies',
    say: (t) => t(search.copies === 'any' ? 'readAs.anyCopies' : 'readAs.copies'),
    without: { ...rest, copies: undefined },
  };
  return [
    ...(search.q ? wordParts(search.q, { ...rest, q: undefined }) : []),
    ...facetParts(rest, facets, reader),
    ...(search.topic ? [topic] : []),
    ...(search.copies ? [copies] : []),
    ...dimensionParts(rest),
    ...(search.from && search.to ? [range] : []),
  ];
}

/** Phrases, words and what must not occur; each takes the whole query off, because they were typed as one. */
function wordParts(q: string, without: SignalSearch): Part[] {
  const { words, phrases, not } = piecesOf(q);
  const said = (key: string, list: readonly string[], say: Naming, between: string): Part[] =>
    list.length === 0
      ? []
      : [{ key, not: key === 'not', without, say: (t) => <Pair name={say(t)} words={list.join(between)} /> }];
  const quoted = phrases.map((phrase) => `“${phrase}”`);
  return [
    ...said('phrases', quoted, (t) => t('readAs.phrase'), ' + '),
    ...said('words', words, (t) => t('readAs.words', { count: words.length }), ' + '),
    ...said('not', not, (t) => t('readAs.not'), ', '),
  ];
}

function facetParts(search: SignalSearch, facets: readonly Facet[], reader: string): Part[] {
  return (['source', 'language', 'rating'] as const).flatMap((name): Part[] => {
    const value = search[name];
    if (!value) return [];
    const known = facets.find((one) => one.name === name)?.values.find((one) => one.value === value)?.label;
    const label = name === 'language' ? sayLanguage(value, reader) : (known ?? value);
    return [
      {
        key: name,
        without: { ...search, [name]: undefined },
        say: (t) => <Pair name={t(`facet.${name}`)} words={label} />,
      },
    ];
  });
}

function dimensionParts(search: SignalSearch): Part[] {
  return (search.d ?? []).map((said) => {
    const at = said.indexOf(':');
    const [name, value] = [said.slice(0, at), said.slice(at + 1)];
    const say = () => <Pair name={<DimensionName name={name} />} words={value} />;
    return { key: said, say, without: toggled(search, name, value) };
  });
}

function Pair({ name, words }: { name: ReactNode; words: string }) {
  return (
    <>
      {name} <Words>{words}</Words>
    </>
  );
}
