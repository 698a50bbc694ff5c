import { TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../parts/button.tsx';
import { isLongEnough, NewPassword } from '../../parts/new-password.tsx';
import { ErrorNote, Skeleton } from '../../parts/notes.tsx';
import { accessLink, useResetPassword } from './access-queries.ts';
import { Door } from './door.tsx';
import { useLinkToken } from './link-token.ts';

/** Somebody who has forgotten their password and was sent a link by an admin. */
export function ResetScreen() {
  const { t } = useTranslation();
  const token = useLinkToken();
  const link = useQuery({ ...accessLink(token), enabled: token !== '' });
  if (token !== '' && link.isPending) return <Skeleton />;
  if (link.isError) {
    return (
      <Door title={t('reset.title')} lead="">
        <ErrorNote error={link.error} onRetry={() => void link.refetch()} />
      </Door>
    );
  }
  if (link.data?.state !== 'open' || link.data.kind !== 'reset') {
    return (
      <Door title={t('reset.over')} lead={t('reset.overLead')}>
        <Link to="/sign-in" className="link">
          {t('access.signInDo')}
        </Link>
      </Door>
    );
  }
  return (
    <Door title={t('reset.title')} lead={t('reset.lead', { name: link.data.name })}>
      <ResetForm token={token} email={link.data.email} />
    </Door>
  );
}

function ResetForm({ token, email }: { token: string; email: string }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const reset = useResetPassword();
  const [password, setPassword] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    reset.mutate({ token, password }, { onSuccess: () => void navigate({ to: '/', replace: true }) });
  };
  return (
    <form className="stack wide" onSubmit={submit}>
      <TextInput readOnly autoComplete="username" type="email" label={t('access.email')} value={email} />
      <NewPassword autoFocus label={t('mine.newPassword')} value={password} onChange={setPassword} />
      <p className="small soft">{t('reset.beyond')}</p>
      {reset.isError && <ErrorNote error={reset.error} />}
      <Button look="go" type="submit" busy={reset.isPending} disabled={!isLongEnough(password)}>
        {t('reset.do')}
      </Button>
    </form>
  );
}
