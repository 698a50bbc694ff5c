import type { PersonView } from '@groundswell/contract';
import { Modal, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../parts/button.tsx';
import { ErrorNote } from '../../parts/notes.tsx';
import { AccessFields } from './access-fields.tsx';
import { useChangePerson } from './people-queries.ts';

interface PersonDialogProps {
  /** As they are now: asked again while the dialog is open, so that a second try knows what others changed. */
  person: PersonView;
  offered: readonly { name: string; title: string }[];
  onClose: () => void;
}

export function PersonDialog({ person, offered, onClose }: PersonDialogProps) {
  const { t } = useTranslation();
  const save = useChangePerson(person.id);
  const [face, setFace] = useState({ name: person.name, email: person.email });
  const [given, setGiven] = useState({
    roles: person.roles as readonly string[],
    compartments: person.compartments as readonly string[],
    teams: person.teams as readonly string[],
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const lists = { roles: [...given.roles], compartments: [...given.compartments], teams: [...given.teams] };
    save.mutate({ version: person.version, ...face, ...lists }, { onSuccess: onClose });
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
