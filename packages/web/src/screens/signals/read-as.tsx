import { type Facet, parseQuery, type QueryNode, queryField, withoutPart } from '@groundswell/contract';
import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../parts/icon.tsx';
import { sayLanguage } from '../../parts/numbers.ts';
import { DimensionName } from '../../parts/surge.tsx';
import { sayTime } from '../../parts/time.tsx';
import { Words } from '../../parts/user-content.tsx';
import { type SignalSearch, toggled } from './signal-search.ts';

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
    ...(search.q ? queryParts(search.q, rest) : []),
    ...facetParts(rest, facets, reader),
    ...(search.topic ? [topic] : []),
    ...(search.copies ? [copies] : []),
    ...dimensionParts(rest),
    ...(search.from && search.to ? [range] : []),
  ];
}

/** Each part at the top of the query by itself: fields by their name, words as they were typed. */
function queryParts(q: string, rest: SignalSearch): Part[] {
  const { tree } = parseQuery(q);
  const parts = tree?.type === 'and' ? tree.of : tree ? [tree] : [];
  return parts.map((part) => {
    const left = withoutPart(q, part.at);
    const leaf = part.type === 'not' ? part.of : part;
    const own = leaf.type === 'field' ? queryField(leaf.name) : undefined;
    const said = q.slice(...part.at);
    return {
      key: `q${part.at[0]}`,
      not: part.type === 'not',
      without: { ...rest, q: left === '' ? undefined : left },
      say: (t) =>
        leaf.type === 'field' ? (
          <Pair
            name={
              <>
                {part.type === 'not' && `${t('readAs.not')} `}
                {own ? t(`query.field.${own.name as 'source'}`) : <DimensionName name={leaf.name} />}
              </>
            }
            words={said.slice(said.indexOf(':') + 1)}
          />
        ) : (
          <Pair
            name={t(part.type === 'not' ? 'readAs.not' : nameOf(leaf))}
            words={part.type === 'not' ? said.slice(1) : said}
          />
        ),
    };
  });
}

function nameOf(leaf: QueryNode): 'readAs.phrase' | 'readAs.fuzzy' | 'readAs.either' | 'readAs.word' {
  if (leaf.type === 'or' || leaf.type === 'and') return 'readAs.either';
  if (leaf.type === 'phrase') return leaf.fuzzy ? 'readAs.fuzzy' : 'readAs.phrase';
  return leaf.type === 'word' && leaf.how === 'fuzzy' ? 'readAs.fuzzy' : 'readAs.word';
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
