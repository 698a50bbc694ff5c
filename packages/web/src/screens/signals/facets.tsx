import type { Facet } from '@groundswell/contract';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../parts/button.tsx';
import { sayLanguage, sayNumber } from '../../parts/numbers.ts';
import { DimensionName } from '../../parts/surge.tsx';
import { Words } from '../../parts/user-content.tsx';
import { isOn, type SignalSearch, toggled } from './signal-search.ts';

const KINDS = 8;

interface FacetsProps {
  facets: readonly Facet[];
  /** The counts were scaled up from a sample: they are shown with ≈. */
  sampled: boolean;
  search: SignalSearch;
  onSearch: (search: SignalSearch) => void;
}

/** Narrow down by what the signals carry; how many are left stands beside each. On a phone behind one button. */
export function Facets({ facets, sampled, search, onSearch }: FacetsProps) {
  const { t } = useTranslation();
  const [shown, setShown] = useState(false);
  const [all, setAll] = useState(false);
  // a file with forty columns must not bury the three that everybody needs; what is switched on stays in sight
  const kinds = facets.filter(
    (facet, index) => all || index < KINDS || facet.values.some(({ value }) => isOn(search, facet.name, value)),
  );
  if (facets.length === 0) return <div className="facets-none" />;
  return (
    <aside className="facets-box" aria-label={t('facet.title')} data-shown={shown || undefined}>
      <Button icon="filter" className="facets-toggle" aria-expanded={shown} onClick={() => setShown(!shown)}>
        {t('facet.title')}
      </Button>
      <div className="panel facets">
        {kinds.map((facet) => (
          <FacetValues key={facet.name} facet={facet} sampled={sampled} search={search} onSearch={onSearch} />
        ))}
        {facets.length > kinds.length && (
          <button type="button" className="link small" onClick={() => setAll(true)}>
            {t('facet.moreKinds', { count: facets.length - kinds.length })}
          </button>
        )}
      </div>
    </aside>
  );
}

const FEW = 6;

function FacetValues({ facet, sampled, search, onSearch }: { facet: Facet } & Omit<FacetsProps, 'facets'>) {
  const { t, i18n } = useTranslation();
  const [all, setAll] = useState(false);
  const top = Math.max(1, ...facet.values.map((value) => value.count));
  // what is switched on stays in sight, however few there are of it
  const values =
    facet.name === 'rating' ? [...facet.values].sort((a, b) => Number(a.value) - Number(b.value)) : facet.values;
  const shown = values.filter(({ value }, index) => all || index < FEW || isOn(search, facet.name, value));
  const own = ['source', 'language', 'rating'].includes(facet.name);
  return (
    <fieldset className="facet">
      <legend>{own ? t(`facet.${facet.name as 'source'}`) : <DimensionName name={facet.name} />}</legend>
      {shown.map(({ value, label, count }) => (
        <label key={value}>
          <input
            type="checkbox"
            checked={isOn(search, facet.name, value)}
            onChange={() => onSearch(toggled(search, facet.name, value))}
          />
          <span className="clip" title={label}>
            {facet.name === 'language' ? sayLanguage(value, i18n.language) : <Words>{label}</Words>}
          </span>
          <span className="small faint">
            {sampled && '≈ '}
            {sayNumber(count, i18n.language)}
          </span>
          <span className="facet-bar" aria-hidden="true">
            <i style={{ inlineSize: `${(count / top) * 100}%` }} />
          </span>
        </label>
      ))}
      {facet.values.length > FEW && (
        <button type="button" className="link small" onClick={() => setAll(!all)}>
          {all ? t('facet.fewer') : t('facet.more', { count: facet.values.length - FEW })}
        </button>
      )}
      {facet.more && all && (
        <p className="small faint">
          {t('facet.evenMore')}{' '}
          {!own && (
            <Link to="/dimensions/$name" params={{ name: facet.name }} className="link">
              {t('facet.allValues')}
            </Link>
          )}
        </p>
      )}
    </fieldset>
  );
}
