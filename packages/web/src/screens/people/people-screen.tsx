import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../parts/button.tsx';
import { KeyHint } from '../../parts/key-hint.tsx';
import { useKeys } from '../../parts/keys.tsx';
import { Page } from '../../parts/page.tsx';
import { CompartmentsPanel } from './compartments-panel.tsx';
import { InvitationsPanel } from './invitations-panel.tsx';
import { InviteDialog } from './invite-dialog.tsx';
import './people.css';
import { PeoplePanel } from './people-panel.tsx';
import { compartments, invitations, people, roles, teams } from './people-queries.ts';
import { type PeopleSearch, TABS } from './people-search.ts';
import { RolesPanel } from './roles-panel.tsx';
import { TeamsPanel } from './teams-panel.tsx';

interface PeopleScreenProps {
  search: PeopleSearch;
  onSearch: (search: PeopleSearch) => void;
}

/** Whoever looks after who works here: somebody begins, somebody's work changes, somebody leaves at five to six. */
export function PeopleScreen({ search, onSearch }: PeopleScreenProps) {
  const { t } = useTranslation();
  const [inviting, setInviting] = useState(false);
  const tab = search.tab ?? 'people';
  useKeys([{ name: 'people.invite', label: t('staff.invite'), run: () => setInviting(true) }]);
  return (
    <Page
      title={t('place.people')}
      state={t('staff.lead')}
      acts={
        <Button look="go" icon="plus" onClick={() => setInviting(true)}>
          {t('staff.invite')} <KeyHint of="people.invite" />
        </Button>
      }
    >
      <Tabs tab={tab} onTab={(next) => onSearch({ tab: next === 'people' ? undefined : next })} />
      {tab === 'people' && <PeoplePanel search={search} onSearch={onSearch} />}
      {tab === 'invitations' && <InvitationsPanel />}
      {tab === 'teams' && <TeamsPanel search={search} onSearch={onSearch} />}
      {tab === 'compartments' && <CompartmentsPanel search={search} onSearch={onSearch} />}
      {tab === 'roles' && (
        <RolesPanel
          action={
            <Link to="/people/new-role" className="link">
              {t('role.new')}
            </Link>
          }
        />
      )}
      <InviteDialog opened={inviting} onClose={() => setInviting(false)} />
    </Page>
  );
}

function Tabs({ tab, onTab }: { tab: (typeof TABS)[number]; onTab: (tab: (typeof TABS)[number]) => void }) {
  const { t } = useTranslation();
  const count = {
    people: useQuery(people()).data?.people.filter((one) => one.deactivatedAt === null).length,
    invitations: useQuery(invitations()).data?.invitations.length,
    teams: useQuery(teams()).data?.teams.length,
    roles: useQuery(roles()).data?.roles.length,
    compartments: useQuery(compartments()).data?.compartments.length,
  };
  return (
    <nav className="tabs" aria-label={t('staff.which')}>
      {TABS.map((one) => (
        <button key={one} type="button" aria-current={one === tab ? 'page' : undefined} onClick={() => onTab(one)}>
          {t(`staff.tab.${one}`)}
          {count[one] !== undefined && <span className="count"> {count[one]}</span>}
        </button>
      ))}
    </nav>
  );
}
