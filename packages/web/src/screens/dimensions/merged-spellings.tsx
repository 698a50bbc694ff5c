import type { MergeView } from '@groundswell/contract';
import { useState } from 'react';
import { Trans, useTranslation } from 'react-i18next';
import { Button } from '../../parts/button.tsx';
import { ErrorNote } from '../../parts/notes.tsx';
import { sayTime } from '../../parts/time.tsx';
import { Words } from '../../parts/user-content.tsx';
import { Said } from './cap-warnings.tsx';
import { useUnmerge } from './dimension-queries.ts';

interface MergedSpellingsProps {
  merges: readonly MergeView[];
  into: string;
  name: string;
  may: boolean;
}

/** What else counts as this value, who said so, and the way back. */
export function MergedSpellings({ merges, into, name, may }: MergedSpellingsProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const unmerge = useUnmerge({ name });
  return (
    <div className="merged">
      <button type="button" className="merged-toggle small" aria-expanded={open} onClick={() => setOpen(!open)}>
        {t('dictionary.merged', { count: merges.length })}
      </button>
      {open && (
        <ul>
          {merges.map((one) => (
            <MergedLine
              key={one.id}
              one={one}
              into={into}
              busy={unmerge.isPending && unmerge.variables === one.id}
              onTakeBack={may ? () => unmerge.mutate(one.id) : null}
            />
          ))}
        </ul>
      )}
      {unmerge.isError && <ErrorNote error={unmerge.error} />}
    </div>
  );
}

interface MergedLineProps {
  one: MergeView;
  into: string;
  busy: boolean;
  onTakeBack: (() => void) | null;
}

function MergedLine({ one, into, busy, onTakeBack }: MergedLineProps) {
  const { t, i18n } = useTranslation();
  return (
    <li>
      <span>
        <b>
          <Words>{one.from}</Words>
        </b>{' '}
        <span className="small faint">
          {one.to !== into && (
            <>
              <Trans t={t} i18nKey="dictionary.byWay" components={{ to: <Said word={one.to} /> }} />{' '}
            </>
          )}
          <Trans
            t={t}
            i18nKey="dictionary.mergedBy"
            values={{ at: sayTime(new Date(one.at), 'day', i18n.language) }}
            components={{ who: <Said word={one.by} /> }}
          />
        </span>
      </span>
      {onTakeBack && (
        <Button small busy={busy} title={t('dictionary.takeBackWhy')} onClick={onTakeBack}>
          {t('dictionary.takeBack')}
        </Button>
      )}
    </li>
  );
}
