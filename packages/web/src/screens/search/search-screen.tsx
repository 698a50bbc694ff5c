import type { SearchReply } from '@groundswell/contract';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { everything, suggestFor } from '../../api/search-queries.ts';
import { useListKeys } from '../../parts/list-keys.ts';
import { Loaded } from '../../parts/loaded.tsx';
import { EmptyNote } from '../../parts/notes.tsx';
import { sayNumber } from '../../parts/numbers.ts';
import { Page } from '../../parts/page.tsx';
import { QueryField } from '../../parts/query-field.tsx';
import { QueryNotes } from '../../parts/query-notes.tsx';
import type { AllSearch } from './all-search.ts';
import { IssueHits } from './issue-hits.tsx';
import './search.css';
import { SignalHits } from './signal-hits.tsx';
import { TopicHits } from './topic-hits.tsx';

interface SearchScreenProps {
  search: AllSearch;
  onSearch: (search: AllSearch) => void;
}

/** How much there is, said to whoever does not see it. */
function Found({ found: { signals, topics, issues } }: { found: SearchReply }) {
  const { t, i18n } = useTranslation();
  const many = (of: { total: number; more?: boolean } | null) =>
    of === null ? '–' : `${sayNumber(of.total, i18n.language)}${of.more ? '+' : ''}`;
  return (
    <p role="status" className="unseen">
      {t('search.found', { signals: many(signals), topics: many(topics), issues: many(issues) })}
    </p>
  );
}

/** Somebody who knows a word, a key or an id and not yet where it is. */
export function SearchScreen({ search, onSearch }: SearchScreenProps) {
  const { t } = useTranslation();
  const { q = '', only } = search;
  const query = useQuery(everything(q, only));
  const keys = useListKeys<HTMLDivElement>();
  // who comes back from a hit goes on in the list, and is not put into the field
  const [arrivedEmpty] = useState(q === '');
  const more = (kind: AllSearch['only']) => onSearch({ q, only: kind });
  return (
    <Page title={t('search.title')}>
      <QueryField
        autoFocus={arrivedEmpty}
        value={q}
        label={t('search.label')}
        hint={t('search.hint')}
        suggest={suggestFor}
        onSearch={(next) => next !== q && onSearch({ q: next || undefined })}
      />
      <div className="search-answer">
        {q === '' ? (
          <EmptyNote tone="unknown">{t('search.empty')}</EmptyNote>
        ) : (
          <Loaded query={query} isEmpty={() => false} empty="">
            {(found) => (
              <div className="search-found" ref={keys.list} aria-busy={query.isPlaceholderData}>
                <Found found={found} />
                <QueryNotes notes={found.notes} />
                {only && (
                  <div>
                    <button type="button" className="link" onClick={() => onSearch({ q })}>
                      {t('search.allKinds')}
                    </button>
                  </div>
                )}
                {found.issues && <IssueHits of={found.issues} q={q} onMore={only ? undefined : () => more('issues')} />}
                {found.topics && <TopicHits of={found.topics} q={q} onMore={only ? undefined : () => more('topics')} />}
                {found.signals && <SignalHits of={found.signals} q={q} />}
              </div>
            )}
          </Loaded>
        )}
      </div>
    </Page>
  );
}
