import { TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../parts/button.tsx';
import { isLongEnough, NewPassword } from '../../parts/new-password.tsx';
import { ErrorNote, Skeleton } from '../../parts/notes.tsx';
import { accessLink, useAcceptInvitation } from './access-queries.ts';
import { Door } from './door.tsx';
import { useLinkToken } from './link-token.ts';

/** Somebody who was sent a link and has never been here: a name, a password, and they are in. */
export function InvitationScreen() {
  const { t } = useTranslation();
  const token = useLinkToken();
  const link = useQuery({ ...accessLink(token), enabled: token !== '' });
  if (token !== '' && link.isPending) return <Skeleton />;
  if (link.isError) {
    return (
      <Door title={t('invited.title')} lead="">
        <ErrorNote error={link.error} onRetry={() => void link.refetch()} />
      </Door>
    );
  }
  if (link.data?.state !== 'open' || link.data.kind !== 'invitation') {
    return (
      <Door title={t('invited.over')} lead={t('invited.overLead')}>
        <Link to="/sign-in" className="link">
          {t('access.signInDo')}
        </Link>
      </Door>
    );
  }
  return (
    <Door title={t('invited.title')} lead={t('invited.lead', { email: link.data.email })}>
      <InvitationForm token={token} invitedAs={link.data.name} email={link.data.email} />
    </Door>
  );
}

function InvitationForm({ token, invitedAs, email }: { token: string; invitedAs: string; email: string }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const accept = useAcceptInvitation();
  const [name, setName] = useState(invitedAs);
  const [password, setPassword] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    accept.mutate(
      { token, name: name.trim(), password },
      { onSuccess: () => void navigate({ to: '/', replace: true }) },
    );
  };
  return (
    <form className="stack wide" onSubmit={submit}>
      <TextInput
        required
        autoComplete="name"
        maxLength={100}
        label={t('access.name')}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <TextInput readOnly autoComplete="username" type="email" label={t('access.email')} value={email} />
      <NewPassword autoFocus value={password} onChange={setPassword} />
      {accept.isError && <ErrorNote error={accept.error} />}
      <Button look="go" type="submit" busy={accept.isPending} disabled={!isLongEnough(password)}>
        {t('invited.do')}
      </Button>
    </form>
  );
}
