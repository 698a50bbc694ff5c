import type { listPeople, PersonView, ReplyOf } from '@groundswell/contract';
import { Switch } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useExport } from '../../api/exports.ts';
import { ExportButton } from '../../parts/export-button.tsx';
import { useListKeys } from '../../parts/list-keys.ts';
import { Loaded } from '../../parts/loaded.tsx';
import { EmptyNote } from '../../parts/notes.tsx';
import { Panel } from '../../parts/page.tsx';
import { Scroller } from '../../parts/scroller.tsx';
import { SearchField } from '../../parts/search-field.tsx';
import { ActDialog } from './act-dialog.tsx';
import { people, teams } from './people-queries.ts';
import { findPeople, type PeopleSearch } from './people-search.ts';
import { PersonDialog } from './person-dialog.tsx';
import { type Chosen, PersonRow } from './person-row.tsx';

interface PeoplePanelProps {
  search: PeopleSearch;
  onSearch: (search: PeopleSearch) => void;
}

export function PeoplePanel({ search, onSearch }: PeoplePanelProps) {
  const { t } = useTranslation();
  const query = useQuery(people());
  const exporting = useExport('people', { q: search.q, gone: search.gone });
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const gone = query.data?.people.filter((one) => one.deactivatedAt !== null).length ?? 0;
  const linked = query.data?.people.find((one) => one.id === search.open && one.can.includes('change'));
  const asked = chosen ?? (linked ? { id: linked.id, move: 'change' as const } : null);
  const person = query.data?.people.find((one) => one.id === asked?.id);
  const close = () => {
    setChosen(null);
    if (search.open !== undefined) onSearch({ ...search, open: undefined });
  };
  return (
    <Panel>
      <Loaded query={query} isEmpty={() => false} empty="">
        {(answer) => (
          <>
            <div className="list-tools row wrap">
              <SearchField
                little
                value={search.q ?? ''}
                label={t('staff.filter')}
                hint={t('staff.filterHint')}
                onSearch={(q) => onSearch({ ...search, q: q || undefined })}
              />
              {gone > 0 && (
                <Switch
                  className="push"
                  checked={search.gone ?? false}
                  onChange={(event) => onSearch({ ...search, gone: event.currentTarget.checked || undefined })}
                  label={t('staff.showGone', { count: gone })}
                />
              )}
              <span className={gone > 0 ? undefined : 'push'}>
                <ExportButton small exporting={exporting} />
              </span>
            </div>
            <PeopleTable answer={answer} search={search} onChoose={setChosen} />
          </>
        )}
      </Loaded>
      {person && asked?.move === 'change' && (
        <PersonDialog key={person.id} person={person} offered={query.data!.compartments} onClose={close} />
      )}
      {person && asked && asked.move !== 'change' && <ActDialog person={person} move={asked.move} onClose={close} />}
    </Panel>
  );
}

interface TableProps {
  answer: ReplyOf<typeof listPeople>;
  search: PeopleSearch;
  onChoose: (chosen: Chosen) => void;
}

function PeopleTable({ answer, search, onChoose }: TableProps) {
  const { t } = useTranslation();
  const keys = useListKeys<HTMLTableSectionElement>();
  const named = new Map(useQuery(teams()).data?.teams.map((team) => [team.id, team.name]));
  const shown: readonly PersonView[] = findPeople(answer.people, search);
  if (shown.length === 0) return <EmptyNote tone="unknown">{t('staff.noneMatch')}</EmptyNote>;
  return (
    <Scroller label={t('staff.tab.people')}>
      <table className="cards people">
        <thead>
          <tr>
            <th>{t('staff.name')}</th>
            <th>{t('staff.roles')}</th>
            <th>{t('staff.teams')}</th>
            {answer.compartments.length > 1 && <th>{t('staff.compartments')}</th>}
            <th>{t('staff.seen')}</th>
            <th>
              <span className="unseen">{t('staff.acts')}</span>
            </th>
          </tr>
        </thead>
        <tbody ref={keys.list}>
          {shown.map((person) => (
            <PersonRow
              key={person.id}
              person={person}
              teams={person.teams.flatMap((id) => named.get(id) ?? [])}
              withCompartments={answer.compartments.length > 1}
              onChoose={onChoose}
            />
          ))}
        </tbody>
      </table>
    </Scroller>
  );
}
