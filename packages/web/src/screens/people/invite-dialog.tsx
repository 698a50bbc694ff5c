import { Modal, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../parts/button.tsx';
import { ErrorNote } from '../../parts/notes.tsx';
import { AccessFields, type Given } from './access-fields.tsx';
import { LinkShown } from './link-shown.tsx';
import { people, useInvite } from './people-queries.ts';

export function InviteDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={opened}
      size="lg"
      onClose={onClose}
      title={t('staff.inviteTitle')}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <InviteForm onClose={onClose} />
    </Modal>
  );
}

const EVERYBODY = 'open';

function InviteForm({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const send = useInvite();
  const compartments = useQuery(people()).data?.compartments ?? [];
  const [face, setFace] = useState({ name: '', email: '' });
  const [given, setGiven] = useState<Given>({ roles: ['specialist'], compartments: [EVERYBODY], teams: [] });
  if (send.isSuccess) {
    return (
      <div className="stack wide">
        <LinkShown link={send.data.link} to="invitation" name={send.data.invitation.name} />
        <div>
          <Button look="go" onClick={onClose}>
            {t('staff.link.done')}
          </Button>
        </div>
      </div>
    );
  }
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const lists = { roles: [...given.roles], compartments: [...given.compartments], teams: [...given.teams] };
    send.mutate({ name: face.name.trim(), email: face.email, ...lists });
  };
  return (
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
      <AccessFields given={given} compartments={compartments} onChange={setGiven} />
      <p className="small soft">{t('staff.inviteWhy')}</p>
      {send.isError && <ErrorNote error={send.error} />}
      <div className="row">
        <Button look="go" type="submit" busy={send.isPending} disabled={given.roles.length === 0}>
          {t('staff.inviteDo')}
        </Button>
        <Button look="quiet" onClick={onClose}>
          {t('app.cancel')}
        </Button>
      </div>
    </form>
  );
}
