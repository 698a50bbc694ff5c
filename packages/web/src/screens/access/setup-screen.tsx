import { TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../parts/button.tsx';
import { isLongEnough, NewPassword } from '../../parts/new-password.tsx';
import { ErrorNote, Skeleton } from '../../parts/notes.tsx';
import { setupLink, useSetUp } from './access-queries.ts';
import { Door } from './door.tsx';
import { useLinkToken } from './link-token.ts';

/** The person who has just started Groundswell for the first time and holds the link that it printed. */
export function SetupScreen() {
  const { t } = useTranslation();
  const token = useLinkToken();
  const link = useQuery({ ...setupLink(token), enabled: token !== '' });
  if (token === '') return <Door title={t('setup.waiting')} lead={t('setup.waitingLead')} />;
  if (link.isPending) return <Skeleton />;
  if (link.isError) {
    return (
      <Door title={t('setup.title')} lead={t('setup.lead')}>
        <ErrorNote error={link.error} onRetry={() => void link.refetch()} />
      </Door>
    );
  }
  if (link.data.state === 'used_or_expired') return <Door title={t('setup.expired')} lead={t('setup.expiredLead')} />;
  if (link.data.state === 'already_set_up') {
    return (
      <Door title={t('setup.already')} lead={t('setup.alreadyLead')}>
        <Link to="/sign-in" className="link">
          {t('access.signInDo')}
        </Link>
      </Door>
    );
  }
  return (
    <Door title={t('setup.title')} lead={t('setup.lead')}>
      <SetupForm token={token} />
    </Door>
  );
}

function SetupForm({ token }: { token: string }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const make = useSetUp();
  const [person, setPerson] = useState({ name: '', email: '', password: '' });
  const set = (change: Partial<typeof person>) => setPerson({ ...person, ...change });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    make.mutate({ token, ...person }, { onSuccess: () => void navigate({ to: '/', replace: true }) });
  };
  return (
    <form className="stack wide" onSubmit={submit}>
      <TextInput
        required
        autoFocus
        autoComplete="name"
        maxLength={100}
        label={t('access.name')}
        value={person.name}
        onChange={(event) => set({ name: event.currentTarget.value })}
      />
      <TextInput
        required
        type="email"
        autoComplete="username"
        label={t('access.email')}
        value={person.email}
        onChange={(event) => set({ email: event.currentTarget.value })}
      />
      <NewPassword value={person.password} onChange={(password) => set({ password })} />
      {make.isError && <ErrorNote error={make.error} />}
      <Button look="go" type="submit" busy={make.isPending} disabled={!isLongEnough(person.password)}>
        {t('setup.do')}
      </Button>
    </form>
  );
}
