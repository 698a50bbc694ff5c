import type { TeamView } from '@groundswell/contract';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useExport } from '../../api/exports.ts';
import { AskOnce } from '../../parts/ask-once.tsx';
import { Button } from '../../parts/button.tsx';
import { ExportButton } from '../../parts/export-button.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { Panel } from '../../parts/page.tsx';
import { Words } from '../../parts/user-content.tsx';
import { teams, useRemoveTeam } from './people-queries.ts';
import type { PeopleSearch } from './people-search.ts';
import { TeamDialog } from './team-dialog.tsx';

interface TeamsPanelProps {
  search: PeopleSearch;
  onSearch: (search: PeopleSearch) => void;
}

export function TeamsPanel({ search, onSearch }: TeamsPanelProps) {
  const { t } = useTranslation();
  const query = useQuery(teams());
  const [chosen, setEditing] = useState<TeamView | 'new' | null>(null);
  const editing = chosen ?? query.data?.teams.find(({ id }) => id === search.open) ?? null;
  const close = () => {
    setEditing(null);
    if (search.open !== undefined) onSearch({ ...search, open: undefined });
  };
  return (
    <Panel label={t('staff.tab.teams')}>
      <div className="list-tools row wrap">
        <span className="soft">{t('team.why')}</span>
        <span className="push row">
          <ExportButton small exporting={useExport('teams')} />
          <Button small icon="plus" onClick={() => setEditing('new')}>
            {t('team.new')}
          </Button>
        </span>
      </div>
      <Loaded query={query} isEmpty={(answer) => answer.teams.length === 0} empty={t('team.none')}>
        {(answer) => (
          <ul className="lines">
            {answer.teams.map((team) => (
              <TeamLine key={team.id} team={team} onEdit={() => setEditing(team)} />
            ))}
          </ul>
        )}
      </Loaded>
      {editing && <TeamDialog team={editing === 'new' ? null : asItIs(editing, query.data?.teams)} onClose={close} />}
    </Panel>
  );
}

/** What somebody else changes while the form is open is shown in it. */
const asItIs = (opened: TeamView, teams: readonly TeamView[] = []): TeamView =>
  teams.find(({ id }) => id === opened.id) ?? opened;

function TeamLine({ team, onEdit }: { team: TeamView; onEdit: () => void }) {
  const { t } = useTranslation();
  const remove = useRemoveTeam();
  return (
    <li>
      <div className="slim stack tight">
        <b>
          <Words>{team.name}</Words>
        </b>
        <span className="small faint">
          {team.members.length === 0 ? (
            t('team.empty')
          ) : (
            <Words>{team.members.map(({ name }) => name).join(', ')}</Words>
          )}
        </span>
      </div>
      <div className="row wrap">
        <Button small onClick={onEdit} aria-label={t('team.changeNamed', { name: team.name })}>
          {t('team.change')}
        </Button>
        <AskOnce
          act={t('team.remove')}
          why={t('team.removeWhy')}
          sure={t('team.removeDo')}
          busy={remove.isPending}
          error={remove.error}
          onSure={() => remove.mutate(team.id)}
        />
      </div>
    </li>
  );
}
