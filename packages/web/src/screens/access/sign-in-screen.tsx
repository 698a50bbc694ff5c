import { PasswordInput, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../parts/button.tsx';
import { ErrorNote } from '../../parts/notes.tsx';
import { useSignIn } from './access-queries.ts';
import { Door } from './door.tsx';

/** Somebody who has an account, perhaps at two in the morning: two fields and one button, and back to where they were going. */
export function SignInScreen({ to }: { to?: string }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const enter = useSignIn();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    enter.mutate({ email, password }, { onSuccess: () => void navigate({ href: to ?? '/', replace: true }) });
  };
  return (
    <Door title={t('access.signIn')} lead={t(to ? 'access.signInAgain' : 'access.signInLead')}>
      <form className="stack wide" onSubmit={submit}>
        <TextInput
          type="email"
          autoComplete="username"
          required
          autoFocus
          label={t('access.email')}
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <PasswordInput
          autoComplete="current-password"
          required
          label={t('access.password')}
          visibilityToggleButtonProps={{ 'aria-label': t('access.showPassword') }}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        {enter.isError && <ErrorNote error={enter.error} />}
        <Button look="go" type="submit" busy={enter.isPending}>
          {t('access.signInDo')}
        </Button>
      </form>
    </Door>
  );
}
