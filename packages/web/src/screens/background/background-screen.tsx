import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../parts/button.tsx';
import { KeyHint } from '../../parts/key-hint.tsx';
import { useKeys } from '../../parts/keys.tsx';
import { Page } from '../../parts/page.tsx';
import { changes } from './background-queries.ts';
import type { BackgroundSearch } from './background-search.ts';
import './background.css';
import { ChangeDialog } from './change-dialog.tsx';
import { ChangesPanel } from './changes-panel.tsx';
import { UsersPanel } from './users-panel.tsx';

interface BackgroundScreenProps {
  search: BackgroundSearch;
  onSearch: (search: BackgroundSearch) => void;
}

/** What was going on around the signals: whoever explains a surge looks here first for what was changed, and for whom. */
export function BackgroundScreen({ search, onSearch }: BackgroundScreenProps) {
  const { t } = useTranslation();
  const [writing, setWriting] = useState(false);
  const can = useInfiniteQuery(changes(search)).data?.pages[0]?.can ?? [];
  const maySend = can.includes('send');
  useKeys(maySend ? [{ name: 'changes.new', label: t('changes.newKey'), run: () => setWriting(true) }] : []);
  return (
    <Page
      title={t('background.title')}
      state={t('background.lead')}
      acts={
        maySend && (
          <Button look="go" icon="plus" onClick={() => setWriting(true)}>
            {t('changes.new')} <KeyHint of="changes.new" />
          </Button>
        )
      }
    >
      <nav className="tabs" aria-label={t('background.which')}>
        {(['changes', 'users'] as const).map((tab) => (
          <button
            key={tab}
            type="button"
            aria-current={(search.tab ?? 'changes') === tab ? 'page' : undefined}
            onClick={() => onSearch({ ...search, tab: tab === 'users' ? tab : undefined })}
          >
            {t(`background.tab.${tab}`)}
          </button>
        ))}
      </nav>
      {search.tab === 'users' ? (
        <UsersPanel search={search} maySend={maySend} onSearch={onSearch} />
      ) : (
        <ChangesPanel search={search} can={can} onSearch={onSearch} />
      )}
      <ChangeDialog opened={writing} onClose={() => setWriting(false)} />
    </Page>
  );
}
