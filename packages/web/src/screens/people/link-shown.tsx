import type { LinkMade } from '@groundswell/contract';
import { useTranslation } from 'react-i18next';
import { CopyField } from '../../parts/copy-field.tsx';
import { Time } from '../../parts/time.tsx';

/** A link, the only time that it is seen. It stands behind #, so that no server on its way writes it down. */
export function LinkShown({ link, to, name }: { link: LinkMade; to: 'invitation' | 'reset'; name: string }) {
  const { t } = useTranslation();
  return (
    <div className="stack" role="status">
      <p>
        <b>{t(`staff.link.${to}`, { name })}</b> <span className="soft">{t('staff.link.once')}</span>
      </p>
      <CopyField value={`${globalThis.location.origin}/${to}#${link.token}`} label={t('staff.link.copy')} />
      <p className="small faint">
        {t('staff.link.until')} <Time at={link.expiresAt} show="full" />
      </p>
    </div>
  );
}
