import { PASSWORD_MIN } from '@groundswell/contract';
import { PasswordInput, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../parts/button.tsx';
import { Icon } from '../../parts/icon.tsx';
import { ErrorNote, Skeleton } from '../../parts/notes.tsx';
import { setupLink, useSetUp } from './access-queries.ts';
import { Door } from './door.tsx';

/** The person who has just started Groundswell for the first time and holds the link that it printed. */
export function SetupScreen() {
  const { t } = useTranslation();
  // the token stands behind the #, so that it never reaches a server's log
  const token = decodeURIComponent(useSyncExternalStore(onHashChange, readHash).slice(1));
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

const readHash = () => globalThis.location.hash;

/** Who opened the bare address first pastes the link into the same tab: then only what stands behind the # changes. */
function onHashChange(listen: () => void): () => void {
  globalThis.addEventListener('hashchange', listen);
  return () => globalThis.removeEventListener('hashchange', listen);
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
      <PasswordInput
        required
        autoComplete="new-password"
        label={t('access.password')}
        visibilityToggleButtonProps={{ 'aria-label': t('access.showPassword') }}
        aria-describedby="password-rules"
        value={person.password}
        onChange={(event) => set({ password: event.currentTarget.value })}
      />
      <PasswordRules password={person.password} />
      {make.isError && <ErrorNote error={make.error} />}
      <Button look="go" type="submit" busy={make.isPending} disabled={person.password.length < PASSWORD_MIN}>
        {t('setup.do')}
      </Button>
    </form>
  );
}

/** Said before, not after: how long, and that no tricks with signs are asked for. */
function PasswordRules({ password }: { password: string }) {
  const { t } = useTranslation();
  const met = password.length >= PASSWORD_MIN;
  const missing = PASSWORD_MIN - password.length;
  return (
    <ul className="rules" id="password-rules">
      <li data-met={met}>
        <Icon name={met ? 'checkCircle' : 'ring'} small />
        {met || password === '' ? t('setup.rule', { count: PASSWORD_MIN }) : t('setup.ruleMissing', { count: missing })}
      </li>
      <li>
        <Icon name="dash" small />
        {t('setup.ruleFree')}
      </li>
    </ul>
  );
}
