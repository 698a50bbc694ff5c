import { CAPABILITIES, type Capability } from '@groundswell/contract';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../parts/icon.tsx';

/** What a set of rights means, in plain words: a line for each, those that are missing too. */
export function RolePreview({ who, capabilities }: { who: string; capabilities: readonly Capability[] }) {
  const { t } = useTranslation();
  const can = CAPABILITIES.filter((one) => capabilities.includes(one));
  const cannot = CAPABILITIES.filter((one) => !capabilities.includes(one));
  return (
    <div className="preview small" aria-live="polite">
      <div className="stack tight">
        <b>{can.length > 0 ? who : t('role.nothing')}</b>
        <ul>
          {can.map((one) => (
            <li key={one}>
              <Icon name="check" small /> {t(`can.${one}`)}
            </li>
          ))}
        </ul>
      </div>
      {cannot.length > 0 && (
        <div className="stack tight faint">
          <b>{t('role.cannot')}</b>
          <ul>
            {cannot.map((one) => (
              <li key={one}>
                <Icon name="dash" small /> {t(`can.${one}`)}
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}
