import type { PersonView } from '@groundswell/contract';
import { Modal, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Field, FormEnd, isSaving, useSeen } from '../../parts/both-versions.tsx';
import { AccessFields, type Given } from './access-fields.tsx';
import { teams, useChangePerson } from './people-queries.ts';

interface PersonDialogProps {
  /** As they are now: what somebody else changes while the dialog is open is shown beside what stands in it. */
  person: PersonView;
  offered: readonly { name: string; title: string }[];
  onClose: () => void;
}

export function PersonDialog({ person, offered, onClose }: PersonDialogProps) {
  const { t } = useTranslation();
  const save = useChangePerson(person.id);
  const { seen, met } = useSeen(person, ({ version }) => version, isSaving(save));
  const fields = useFields();
  const [face, setFace] = useState({ name: person.name, email: person.email });
  const [given, setGiven] = useState({
    roles: person.roles as readonly string[],
    compartments: person.compartments as readonly string[],
    teams: person.teams as readonly string[],
  });
  const send = (version: number) => {
    const lists = { roles: [...given.roles], compartments: [...given.compartments], teams: [...given.teams] };
    save.mutate({ version, ...face, ...lists }, { onSuccess: onClose });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!met) send(seen.version);
  };
  return (
    <Modal
      opened
      size="lg"
      onClose={onClose}
      title={t('staff.changeTitle', { name: person.name })}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <form className="stack wide" onSubmit={submit}>
        <div className="face">
          <TextInput
            required
            data-autofocus
            maxLength={100}
            label={t('staff.name')}
            value={face.name}
            onChange={(event) => setFace({ ...face, name: event.currentTarget.value })}
          />
          <TextInput
            required
            type="email"
            label={t('access.email')}
            value={face.email}
            onChange={(event) => setFace({ ...face, email: event.currentTarget.value })}
          />
        </div>
        <AccessFields given={given} compartments={offered} onChange={setGiven} />
        <p className="small soft">{t('staff.atOnce')}</p>
        <FormEnd
          save={save}
          met={met}
          fields={() => fields({ ...face, ...given }, person)}
          label={t('staff.save')}
          onMine={() => send(person.version)}
          onClose={onClose}
        />
      </form>
    </Modal>
  );
}

type Said = Pick<PersonView, 'name' | 'email'> & Given;

/** Field by field, in words. */
function useFields() {
  const { t } = useTranslation();
  const known = new Map(useQuery(teams()).data?.teams.map(({ id, name }) => [id, name]));
  const list = (words: readonly string[]) => [...words].sort().join(', ');
  const teamsOf = (ids: readonly string[]) => list(ids.map((id) => known.get(id) ?? id));
  return (mine: Said, theirs: Said): Field[] => [
    { name: t('staff.name'), mine: mine.name, theirs: theirs.name },
    { name: t('access.email'), mine: mine.email, theirs: theirs.email },
    { name: t('staff.roles'), mine: list(mine.roles), theirs: list(theirs.roles) },
    { name: t('staff.compartments'), mine: list(mine.compartments), theirs: list(theirs.compartments) },
    { name: t('staff.teams'), mine: teamsOf(mine.teams), theirs: teamsOf(theirs.teams) },
  ];
}
