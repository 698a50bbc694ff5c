import { PASSWORD_MIN } from '@groundswell/contract';
import { PasswordInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import './fields.css';
import { Icon } from './icon.tsx';

interface NewPasswordProps {
  value: string;
  label?: string;
  autoFocus?: boolean;
  onChange: (password: string) => void;
}

export const isLongEnough = (password: string): boolean => password.length >= PASSWORD_MIN;

/** A password to be: what it must be is said before, not after, and that no tricks with signs are asked for. */
export function NewPassword({ value, label, autoFocus, onChange }: NewPasswordProps) {
  const { t } = useTranslation();
  const met = isLongEnough(value);
  return (
    <>
      <PasswordInput
        required
        autoFocus={autoFocus}
        autoComplete="new-password"
        label={label ?? t('access.password')}
        visibilityToggleButtonProps={{ 'aria-label': t('access.showPassword') }}
        aria-describedby="password-rules"
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <ul className="rules" id="password-rules">
        <li data-met={met}>
          <Icon name={met ? 'checkCircle' : 'ring'} small />
          {met || value === ''
            ? t('setup.rule', { count: PASSWORD_MIN })
            : t('setup.ruleMissing', { count: PASSWORD_MIN - value.length })}
        </li>
        <li>
          <Icon name="dash" small />
          {t('setup.ruleFree')}
        </li>
      </ul>
    </>
  );
}
