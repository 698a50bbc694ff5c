import type { SavedView, ViewSearch, ViewShare } from '@groundswell/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { BothVersions, useSeen } from './both-versions.tsx';
import { Button } from './button.tsx';
import { ViewForm } from './view-form.tsx';
import type { ViewHands } from './view-line.tsx';

interface ViewEditProps {
  view: SavedView;
  teams: readonly { id: string; name: string }[];
  /** The list as it stands. */
  search: ViewSearch;
  busy: boolean;
  hands: Pick<ViewHands, 'change'>;
  onClose: () => void;
}

type Said = Pick<SavedView, 'name' | 'search' | 'share'>;
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
const sayList = (search: ViewSearch): string =>
  Object.entries(search)
    .map(([name, value]) => `${name}: ${[value].flat().join(', ')}`)
    .join(' · ');

/** Another name, other readers, or the list as it stands; if it was changed elsewhere meanwhile, both versions. */
export function ViewEdit({ view, teams, search, busy, hands, onClose }: ViewEditProps) {
  const { t } = useTranslation();
  const { seen, met } = useSeen(view, ({ version }) => version, busy);
  const [form, setForm] = useState<{ name: string; share: ViewShare }>(seen);
  const [list, setList] = useState(seen.search);
  const change = (on: SavedView, said: Said) => hands.change(on, said, onClose);
  const shareSaid = ({ share, team }: Pick<SavedView, 'share'> & { team?: string | null }): string => {
    if (share.with !== 'team') return t(`views.${share.with}`);
    return t('views.team', { name: teams.find(({ id }) => id === share.team)?.name ?? team ?? '' });
  };
  if (met) {
    // what I have not touched is as it is now
    const mine: Said = {
      name: form.name.trim() === seen.name || form.name.trim() === '' ? view.name : form.name.trim(),
      share: same(form.share, seen.share) ? view.share : form.share,
      search: same(list, seen.search) ? view.search : list,
    };
    return (
      <div className="view-edit">
        <BothVersions
          own
          fields={[
            { name: t('views.newName'), mine: mine.name, theirs: view.name },
            { name: t('views.for'), mine: shareSaid({ ...mine, team: view.team }), theirs: shareSaid(view) },
            { name: t('views.list'), mine: sayList(mine.search), theirs: sayList(view.search) },
          ]}
          busy={busy}
          onMine={() => change(view, mine)}
          onTheirs={onClose}
        />
      </div>
    );
  }
  return (
    <div className="view-edit stack">
      <ViewForm
        teams={teams}
        start={seen}
        label={t('views.newName')}
        act={t('views.change')}
        busy={busy}
        onTyped={(name, share) => setForm({ name, share })}
        onDone={(name, share) => change(seen, { name, share, search: seen.search })}
        onCancel={onClose}
      />
      <div>
        <Button
          small
          busy={busy}
          onClick={() => {
            setList(search);
            change(seen, { name: seen.name, share: seen.share, search });
          }}
        >
          {t('views.useNow')}
        </Button>
      </div>
    </div>
  );
}
