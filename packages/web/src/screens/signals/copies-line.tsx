import type { SignalView } from '@groundswell/contract';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { Button } from '../../parts/button.tsx';
import { Icon } from '../../parts/icon.tsx';
import type { SignalSearch } from './signal-search.ts';

type Copies = NonNullable<SignalView['copies']>;

/** "142 alike, 97 people"; without people where no source names them. */
export function sayAlike({ signals, authors }: Copies, t: TFunction): string {
  const alike = t('signals.alike', { count: signals });
  return authors === null ? alike : t('signals.alikePeople', { alike, people: t('people.count', { count: authors }) });
}

interface CopiesLineProps {
  copies: Copies;
  search: SignalSearch;
  onSearch: (search: SignalSearch) => void;
}

/** That others said the same, and the way to them. */
export function CopiesLine({ copies, search, onSearch }: CopiesLineProps) {
  const { t } = useTranslation();
  return (
    <div className="stack tight">
      <p className="small soft">
        <Icon name="copy" small /> {sayAlike(copies, t)}. {t(`signals.likeness.${copies.likeness}`)}
      </p>
      {search.copies !== copies.groupId && (
        <div>
          <Button small icon="search" onClick={() => onSearch({ copies: copies.groupId })}>
            {t('signals.sameWords', { count: copies.signals })}
          </Button>
        </div>
      )}
    </div>
  );
}
