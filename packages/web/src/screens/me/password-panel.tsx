import { PasswordInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../parts/button.tsx';
import { isLongEnough, NewPassword } from '../../parts/new-password.tsx';
import { ErrorNote } from '../../parts/notes.tsx';
import { Panel } from '../../parts/page.tsx';
import { useChangePassword } from './me-queries.ts';

export function PasswordPanel() {
  const { t } = useTranslation();
  const change = useChangePassword();
  const [old, setOld] = useState('');
  const [password, setPassword] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    change.mutate(
      { old, password },
      {
        onSuccess: () => {
          setOld('');
          setPassword('');
        },
      },
    );
  };
  return (
    <Panel title={t('mine.password')}>
      <form className="panel-body stack" onSubmit={submit}>
        <PasswordInput
          required
          autoComplete="current-password"
          label={t('mine.oldPassword')}
          visibilityToggleButtonProps={{ 'aria-label': t('access.showPassword') }}
          value={old}
          onChange={(event) => setOld(event.currentTarget.value)}
        />
        <NewPassword label={t('mine.newPassword')} value={password} onChange={setPassword} />
        {change.isError && <ErrorNote error={change.error} />}
        {change.isSuccess && password === '' && (
          <p role="status" className="is-good">
            {t('mine.passwordChanged', { count: change.data.ended })}
          </p>
        )}
        <div>
          <Button type="submit" busy={change.isPending} disabled={old === '' || !isLongEnough(password)}>
            {t('mine.passwordDo')}
          </Button>
        </div>
      </form>
    </Panel>
  );
}
