import type { CaseDetail } from '@groundswell/contract';
import { useTranslation } from 'react-i18next';
import { Panel } from '../../parts/page.tsx';
import { RowLink } from '../../parts/row-link.tsx';

/** Says plainly that nothing can be kept as evidence yet, and where what is known lies meanwhile. */
export function EvidencePanel({ kase }: { kase: CaseDetail }) {
  const { t } = useTranslation();
  return (
    <Panel title={t('case.evidence.title')}>
      <div className="panel-body stack tight">
        <p className="soft">{t('case.evidence.notYet')}</p>
        {kase.signals.length > 0 && (
          <>
            <p className="small">{t('case.evidence.signals', { count: kase.signals.length })}</p>
            <ul className="row wrap small">
              {kase.signals.slice(0, 6).map((id, at) => (
                <li key={id}>
                  <RowLink to={`/signals?open=${id}`} className="link">
                    {t('case.evidence.signal', { at: at + 1 })}
                  </RowLink>
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
    </Panel>
  );
}
