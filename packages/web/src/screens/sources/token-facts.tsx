import { TOKEN_SCOPES, type TokenScope, type TokenView } from '@groundswell/contract';
import { useTranslation } from 'react-i18next';
import { Pill } from '../../parts/status.tsx';
import { Time } from '../../parts/time.tsx';
import { Words } from '../../parts/user-content.tsx';
import { endingSoon, endOf } from './token-end.ts';

/** What a token does. */
export function For({ token }: { token: TokenView }) {
  const { t } = useTranslation();
  if (token.sourceName !== null) return <Words>{token.sourceName}</Words>;
  if (token.purpose === 'background') return t('token.background');
  return t('token.readsFrom', { what: token.scopes.map((scope) => t(`token.scope.${scope}`)).join(', ') });
}

/** Until when it is heard. */
export function End({ token }: { token: TokenView }) {
  const { t } = useTranslation();
  const end = endOf(token, new Date());
  if (end === 'never') return t('token.endless');
  if (end === 'over')
    return (
      <Pill tone="bad" icon="clock">
        {t('token.ended')}
      </Pill>
    );
  return (
    <>
      {t('token.endsOn')} <Time at={token.expiresAt!} show="day" />{' '}
      {end === 'soon' && token.revokedAt === null && (
        <Pill tone="warn" icon="clock">
          {t('token.endsSoon')}
        </Pill>
      )}
    </>
  );
}

export function EndingSoon({ tokens }: { tokens: readonly TokenView[] }) {
  const { t } = useTranslation();
  const count = endingSoon(tokens, new Date()).length;
  if (count === 0) return null;
  return (
    <p role="status" className="is-warn">
      {t('token.endingSoon', { count })}
    </p>
  );
}

interface ScopesProps {
  chosen: readonly TokenScope[];
  onChange: (chosen: readonly TokenScope[]) => void;
}

export function Scopes({ chosen, onChange }: ScopesProps) {
  const { t } = useTranslation();
  return (
    <fieldset className="reasons">
      <legend>{t('token.readsWhat')}</legend>
      {TOKEN_SCOPES.map((one) => (
        <label key={one}>
          <input
            type="checkbox"
            checked={chosen.includes(one)}
            onChange={() => onChange(chosen.includes(one) ? chosen.filter((other) => other !== one) : [...chosen, one])}
          />
          <span>{t(`token.scope.${one}`)}</span>
        </label>
      ))}
    </fieldset>
  );
}
