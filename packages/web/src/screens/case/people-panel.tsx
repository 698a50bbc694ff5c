import { type CaseDetail, type CaseSubject, changeCasePeople } from '@groundswell/contract';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../api/call.ts';
import { Button } from '../../parts/button.tsx';
import { ErrorNote } from '../../parts/notes.tsx';
import { Panel } from '../../parts/page.tsx';
import { Words } from '../../parts/user-content.tsx';
import type { Asked } from './case-dialogs.tsx';
import { useCaseAct } from './case-queries.ts';

const SHOWN = 5;
const ROLES = ['affected', 'reported', 'involved'] as const satisfies readonly ReturnType<
  typeof CaseSubject.parse
>['role'][];

/** Whom it is about, by pseudonym; many stand behind a number until somebody asks for them. */
export function PeoplePanel({ kase, ask }: { kase: CaseDetail; ask: (dialog: Asked) => void }) {
  const { t } = useTranslation();
  const act = useCaseAct();
  const [all, setAll] = useState(false);
  const may = kase.can.includes('change');
  const shown = all ? kase.people : kase.people.slice(0, SHOWN);
  const remove = (person: string) =>
    act.mutate(() => call(changeCasePeople, { params: { id: kase.id }, body: { remove: [person] } }));
  return (
    <Panel
      title={t('case.people.title')}
      count={kase.people.length}
      aside={
        may &&
        kase.people.length > 1 && (
          <Button small onClick={() => ask('split')}>
            {t('case.act.split')}
          </Button>
        )
      }
    >
      <div className="panel-body stack">
        {kase.people.length === 0 && <p className="faint">{t('case.people.none')}</p>}
        <ul className="case-people">
          {shown.map(({ person, role }) => (
            <li key={person}>
              <span className="mono">
                <Words>{person}</Words>
              </span>
              <span className="small faint">{t(`case.role.${role}`)}</span>
              {may && (
                <Button
                  small
                  look="quiet"
                  icon="x"
                  aria-label={t('case.people.remove', { person })}
                  onClick={() => remove(person)}
                />
              )}
            </li>
          ))}
        </ul>
        {kase.people.length > SHOWN && (
          <div>
            <Button small look="quiet" aria-expanded={all} onClick={() => setAll(!all)}>
              {all ? t('case.people.fewer') : t('case.people.more', { count: kase.people.length - SHOWN })}
            </Button>
          </div>
        )}
        {may && <AddPerson kase={kase} />}
        {act.isError && <ErrorNote error={act.error} />}
      </div>
    </Panel>
  );
}

function AddPerson({ kase }: { kase: CaseDetail }) {
  const { t } = useTranslation();
  const act = useCaseAct();
  const [person, setPerson] = useState('');
  const [role, setRole] = useState<(typeof ROLES)[number]>('affected');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (person.trim() === '' || act.isPending) return;
    const body = { add: [{ person: person.trim(), role }] };
    act.mutate(() => call(changeCasePeople, { params: { id: kase.id }, body }), { onSuccess: () => setPerson('') });
  };
  return (
    <form className="stack tight case-task-form" onSubmit={submit}>
      <label>
        <span className="small">{t('case.people.add')}</span>
        <input
          maxLength={200}
          autoComplete="off"
          dir="ltr"
          value={person}
          onChange={(e) => setPerson(e.target.value)}
        />
      </label>
      <div className="row wrap">
        <select
          className="plain"
          aria-label={t('case.people.role')}
          value={role}
          onChange={(event) => setRole(ROLES.find((one) => one === event.target.value) ?? 'affected')}
        >
          {ROLES.map((one) => (
            <option key={one} value={one}>
              {t(`case.role.${one}`)}
            </option>
          ))}
        </select>
        <Button small type="submit" busy={act.isPending} disabled={person.trim() === ''}>
          {t('case.tasks.add')}
        </Button>
      </div>
      {act.isError && <ErrorNote error={act.error} />}
    </form>
  );
}
