import type { TeamView } from '@groundswell/contract';
import { Modal, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../parts/button.tsx';
import { ErrorNote } from '../../parts/notes.tsx';
import { Choices } from './access-fields.tsx';
import { people, useSaveTeam } from './people-queries.ts';

/** Null for a new one. */
export function TeamDialog({ team, onClose }: { team: TeamView | null; onClose: () => void }) {
  const { t } = useTranslation();
  const save = useSaveTeam(team?.id ?? null);
  const here = useQuery(people()).data?.people.filter((one) => one.deactivatedAt === null) ?? [];
  const [name, setName] = useState(team?.name ?? '');
  const [members, setMembers] = useState<readonly string[]>(team?.members.map(({ id }) => id) ?? []);
  const toggle = (id: string) =>
    setMembers(members.includes(id) ? members.filter((one) => one !== id) : [...members, id]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate({ version: team?.version ?? 1, name: name.trim(), members: [...members] }, { onSuccess: onClose });
  };
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
        {save.isError && <ErrorNote error={save.error} />}
        <div className="row">
          <Button look="go" type="submit" busy={save.isPending}>
            {t('staff.save')}
          </Button>
          <Button look="quiet" onClick={onClose}>
            {t('app.cancel')}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
