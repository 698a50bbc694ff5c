import type { TeamView } from '@groundswell/contract';
import { Modal, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FormEnd, isSaving, useSeen } from '../../parts/both-versions.tsx';
import { Choices } from './access-fields.tsx';
import { people, useSaveTeam } from './people-queries.ts';

const membersOf = (team: TeamView | null): readonly string[] => team?.members.map(({ id }) => id) ?? [];

/** Null for a new one; otherwise as it is now. */
export function TeamDialog({ team, onClose }: { team: TeamView | null; onClose: () => void }) {
  const { t } = useTranslation();
  const save = useSaveTeam(team?.id ?? null);
  const here = useQuery(people()).data?.people.filter((one) => one.deactivatedAt === null) ?? [];
  const [name, setName] = useState(team?.name ?? '');
  const [members, setMembers] = useState(membersOf(team));
  const toggle = (id: string) =>
    setMembers(members.includes(id) ? members.filter((one) => one !== id) : [...members, id]);
  const { seen, met } = useSeen(team, (one) => one?.version ?? 0, isSaving(save));
  const send = (version: number) =>
    save.mutate({ version, name: name.trim(), members: [...members] }, { onSuccess: onClose });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!met) send(seen?.version ?? 1);
  };
  const called = new Map([...here, ...(team?.members ?? [])].map((one) => [one.id, one.name]));
  const named = (ids: readonly string[]) =>
    ids
      .map((id) => called.get(id) ?? '')
      .sort()
      .join(', ');
  return (
    <Modal
      opened
      onClose={onClose}
      title={t(team ? 'team.change' : 'team.new')}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <form className="stack wide" onSubmit={submit}>
        <TextInput
          required
          data-autofocus
          maxLength={60}
          label={t('team.name')}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <div className="tall">
          <Choices
            legend={t('team.members')}
            options={here.map((one) => ({ value: one.id, label: one.name }))}
            chosen={members}
            onToggle={toggle}
          />
        </div>
        <FormEnd
          save={save}
          met={met}
          fields={() => [
            { name: t('team.name'), mine: name.trim(), theirs: team?.name ?? '' },
            { name: t('team.members'), mine: named(members), theirs: named(membersOf(team)) },
          ]}
          label={t('staff.save')}
          onMine={() => send(team!.version)}
          onClose={onClose}
        />
      </form>
    </Modal>
  );
}
