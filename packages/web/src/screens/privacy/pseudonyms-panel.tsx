import type { PrivacyView } from '@groundswell/contract';
import { Modal } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../parts/button.tsx';
import { ErrorNote } from '../../parts/notes.tsx';
import { Panel } from '../../parts/page.tsx';
import { Time } from '../../parts/time.tsx';
import { type KeyAct, useKeyAct } from './privacy-queries.ts';

/** The key under which authors are named, and what it costs to change it. */
export function PseudonymsPanel({ view: { pseudonyms, can } }: { view: PrivacyView }) {
  const { t } = useTranslation();
  const act = useKeyAct();
  const [asked, setAsked] = useState<KeyAct | null>(null);
  return (
    <Panel title={t('privacy.authors')}>
      <div className="panel-body stack">
        <p className="read">{t('privacy.authorsWhy')}</p>
        <dl className="facts">
          <dt>{t('privacy.key')}</dt>
          <dd>
            {t('privacy.keyNumber', { number: pseudonyms.version })} <Time at={pseudonyms.since} show="day" />
          </dd>
          <dt>{t('privacy.older')}</dt>
          <dd>{t('privacy.olderKeys', { count: pseudonyms.olderKeys })}</dd>
        </dl>
        <div className="row wrap">
          {can.includes('rotate') && <Button onClick={() => setAsked('rotate')}>{t('privacy.act.rotate')}</Button>}
          {can.includes('forget_older_keys') && pseudonyms.olderKeys > 0 && (
            <Button look="quiet" onClick={() => setAsked('forget_older_keys')}>
              {t('privacy.act.forget_older_keys')}
            </Button>
          )}
        </div>
      </div>
      <Modal
        opened={asked !== null}
        onClose={() => setAsked(null)}
        title={asked && t(`privacy.act.${asked}`)}
        closeButtonProps={{ 'aria-label': t('app.close') }}
      >
        {asked && (
          <div className="stack">
            <p>{t(`privacy.consequence.${asked}`)}</p>
            {act.isError && <ErrorNote error={act.error} />}
            <div className="row">
              <Button
                look="go"
                busy={act.isPending}
                onClick={() => act.mutate(asked, { onSuccess: () => setAsked(null) })}
              >
                {t(`privacy.do.${asked}`)}
              </Button>
              <Button look="quiet" data-autofocus onClick={() => setAsked(null)}>
                {t('app.cancel')}
              </Button>
            </div>
          </div>
        )}
      </Modal>
    </Panel>
  );
}
