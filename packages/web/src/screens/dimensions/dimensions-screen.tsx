import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useExport } from '../../api/exports.ts';
import { ExportButton } from '../../parts/export-button.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { EmptyNote } from '../../parts/notes.tsx';
import { Page, Panel } from '../../parts/page.tsx';
import { SearchField } from '../../parts/search-field.tsx';
import { CapWarnings, NamesLeftOut } from './cap-warnings.tsx';
import { CompartmentChoice } from './compartment-choice.tsx';
import { dimensions, useCompartment } from './dimension-queries.ts';
import type { DimensionsSearch } from './dimension-search.ts';
import { DimensionTable } from './dimension-table.tsx';
import './dimensions.css';

interface DimensionsScreenProps {
  search: DimensionsSearch;
  onSearch: (search: DimensionsSearch) => void;
}

/** Whoever wonders what "where" is made of: each thing that senders say about their signals, and where too much of it came. */
export function DimensionsScreen({ search, onSearch }: DimensionsScreenProps) {
  const { t } = useTranslation();
  const { compartment, mine } = useCompartment(search.in);
  const query = useQuery(dimensions(compartment));
  const exporting = useExport('dimensions', { compartment, q: search.q });
  return (
    <Page
      title={t('place.dimensions')}
      state={t('dictionary.lead')}
      acts={
        <CompartmentChoice now={compartment} mine={mine} onChoose={(chosen) => onSearch({ ...search, in: chosen })} />
      }
    >
      <div className="stack wide">
        {query.data && (
          <>
            <CapWarnings dimensions={query.data.dimensions} compartment={search.in} />
            <NamesLeftOut sources={query.data.namesLeftOut} />
          </>
        )}
        <Panel title={t('dictionary.list')} count={query.data?.dimensions.length}>
          <Loaded
            query={query}
            isEmpty={(answer) => answer.dimensions.length === 0}
            empty={
              <EmptyNote
                tone="unknown"
                action={
                  <Link to="/sources" className="link">
                    {t('dictionary.toSources')}
                  </Link>
                }
              >
                {t('dictionary.none')}
              </EmptyNote>
            }
          >
            {(answer) => (
              <>
                <div className="list-tools row wrap">
                  <SearchField
                    little
                    value={search.q ?? ''}
                    label={t('dictionary.filter')}
                    hint={t('dictionary.name')}
                    onSearch={(q) => onSearch({ ...search, q: q || undefined })}
                  />
                  <span className="push">
                    <ExportButton small exporting={exporting} />
                  </span>
                </div>
                <DimensionTable dimensions={answer.dimensions} search={search} onSearch={onSearch} />
              </>
            )}
          </Loaded>
        </Panel>
      </div>
    </Page>
  );
}
