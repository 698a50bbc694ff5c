import { type CompartmentView, KEEPERS_LEAST } from '@groundswell/contract';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AskOnce } from '../../parts/ask-once.tsx';
import { Button } from '../../parts/button.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { ErrorNote } from '../../parts/notes.tsx';
import { Panel } from '../../parts/page.tsx';
import { Pill } from '../../parts/status.tsx';
import { Time } from '../../parts/time.tsx';
import { Words } from '../../parts/user-content.tsx';
import { CompartmentDialog } from './compartment-dialog.tsx';
import { compartments, useChangeCompartment, useSendAway } from './people-queries.ts';
import type { PeopleSearch } from './people-search.ts';
import { RemoveCompartment } from './remove-compartment.tsx';

interface CompartmentsPanelProps {
  search: PeopleSearch;
  onSearch: (search: PeopleSearch) => void;
}

/** Those that the reader is in. Somebody who is kept out of one does not see that there is one. */
export function CompartmentsPanel({ search, onSearch }: CompartmentsPanelProps) {
  const { t } = useTranslation();
  const query = useQuery(compartments());
  const [leaving, setLeaving] = useState<CompartmentView | null>(null);
  const [chosen, setEditing] = useState<CompartmentView | 'new' | null>(null);
  const linked = query.data?.compartments.find(({ name, can }) => name === search.open && can.includes('change'));
  const editing = chosen ?? linked ?? null;
  const close = () => {
    setEditing(null);
    if (search.open !== undefined) onSearch({ ...search, open: undefined });
  };
  return (
    <Panel label={t('staff.tab.compartments')}>
      <div className="list-tools row wrap">
        <span className="soft read">{t('compartment.why')}</span>
        <Button small icon="plus" className="push" onClick={() => setEditing('new')}>
          {t('compartment.new')}
        </Button>
      </div>
      <Loaded query={query} isEmpty={() => false} empty="">
        {(answer) => (
          <ul className="lines">
            {answer.compartments.map((one) => (
              <CompartmentLine
                key={one.name}
                one={one}
                onEdit={() => setEditing(one)}
                onRemove={() => setLeaving(one)}
              />
            ))}
          </ul>
        )}
      </Loaded>
      {leaving && <RemoveCompartment of={leaving} onClose={() => setLeaving(null)} />}
      {editing && <CompartmentDialog of={editing === 'new' ? null : editing} onClose={close} />}
    </Panel>
  );
}

interface CompartmentLineProps {
  one: CompartmentView;
  onEdit: () => void;
  onRemove: () => void;
}

function CompartmentLine({ one, onEdit, onRemove }: CompartmentLineProps) {
  const { t } = useTranslation();
  return (
    <li>
      <div className="slim stack tight">
        <div className="row wrap">
          <b>
            <Words>{one.title}</Words>
          </b>
          <span className="mono small faint">{one.name}</span>
          {one.closed && (
            <Pill tone="idle" icon="key">
              {t('compartment.closed')}
            </Pill>
          )}
        </div>
        {one.purpose !== '' && (
          <span>
            <Words>{one.purpose}</Words>
          </span>
        )}
        <Members one={one} />
        {one.closed && <KeepersWarning of={one} />}
        {one.held.map((person) => (
          <Waiting key={person.id} person={person} of={one} />
        ))}
      </div>
      <div className="row">
        {one.can.includes('change') && (
          <Button small onClick={onEdit} aria-label={t('compartment.changeNamed', { name: one.title })}>
            {t('staff.act.change')}
          </Button>
        )}
        {one.can.includes('remove') && (
          <Button small look="quiet" onClick={onRemove} aria-label={t('compartment.removeNamed', { name: one.title })}>
            {t('compartment.remove')}
          </Button>
        )}
      </div>
    </li>
  );
}

/** Let in as they were, or sent away; whoever decides has asked them by another way whether it was them. */
function Waiting({ person, of }: { person: CompartmentView['held'][number]; of: CompartmentView }) {
  const { t } = useTranslation();
  const change = useChangeCompartment(of.name);
  const away = useSendAway(of.name);
  const { title, purpose, version } = of;
  const members = [...of.members.map(({ id }) => id), person.id];
  return (
    <div className="stack tight waiting">
      <span className="small is-warn">
        {t('compartment.held')} <Words>{person.name}</Words>, <Time at={person.at} />. {t('compartment.heldHint')}
      </span>
      <div className="row wrap">
        <Button
          small
          busy={change.isPending}
          onClick={() => change.mutate({ title, purpose, version, members })}
          aria-label={t('compartment.letInNamed', { name: person.name })}
        >
          {t('compartment.letIn')}
        </Button>
        <AskOnce
          act={t('compartment.sendAway')}
          why={t('compartment.sendAwayWhy')}
          sure={t('compartment.sendAwayDo')}
          busy={away.isPending}
          error={away.error}
          onSure={() => away.mutate(person.id)}
        />
      </div>
      {change.isError && <ErrorNote error={change.error} />}
    </div>
  );
}

function Members({ one }: { one: CompartmentView }) {
  const { t } = useTranslation();
  if (!one.closed) {
    return (
      <span className="small faint">
        {t('compartment.count', { count: one.members.length })} · {t('compartment.open')}
      </span>
    );
  }
  return (
    <ul className="row wrap chips">
      {one.members.map((member) => (
        <li key={member.id} className="chip">
          <Words>{member.name}</Words>
          <span className="faint">
            {' '}
            <Words>{member.roles.join(', ')}</Words>
            {member.keeper && ` · ${t('compartment.keeper')}`}
            {!member.active && ` · ${t('compartment.gone')}`}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** Whoever took the right away did perhaps not know of this compartment: those inside do. */
function KeepersWarning({ of }: { of: CompartmentView }) {
  const { t } = useTranslation();
  const keepers = of.members.filter(({ keeper }) => keeper).length;
  if (keepers >= KEEPERS_LEAST) return null;
  return <span className="small is-warn">{t(keepers === 0 ? 'compartment.noKeeper' : 'compartment.few')}</span>;
}
