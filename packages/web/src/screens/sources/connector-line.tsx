import { type ConnectorView, isWebhook } from '@groundswell/contract';
import { Modal } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { IconName } from '../../parts/icon.tsx';
import { sayNumber, saySpan } from '../../parts/numbers.ts';
import { ServerWords } from '../../parts/refusal-words.tsx';
import { Pill, type Tone } from '../../parts/status.tsx';
import { Time } from '../../parts/time.tsx';
import { Words } from '../../parts/user-content.tsx';
import { ConnectorActs } from './connector-acts.tsx';
import { ConnectorForm } from './connector-form.tsx';

const LOOK: Readonly<Record<ConnectorView['state'], readonly [Tone, IconName]>> = {
  working: ['info', 'half'],
  waiting: ['good', 'checkCircle'],
  paused: ['idle', 'dash'],
  failing: ['bad', 'warn'],
  removed: ['idle', 'x'],
};

/** One connector: how it is, how far behind, what went wrong in words, and what can be done about it. */
export function ConnectorLine({ connector }: { connector: ConnectorView }) {
  const { t } = useTranslation();
  const [changing, setChanging] = useState(false);
  const [tone, icon] = LOOK[connector.state];
  const { problem, lastRefused } = connector;
  return (
    <li className="connector" data-row={connector.id}>
      <div className="slim stack tight">
        <div className="row wrap">
          <b>{t(`connector.kind.${connector.kind}`)}</b>
          <span className="faint">{t('connector.into')}</span>
          <Words>{connector.sourceName}</Words>
          <Pill tone={tone} icon={icon}>
            {t(`connector.state.${connector.state}`)}
          </Pill>
        </div>
        <Facts connector={connector} />
        {lastRefused && connector.refused > 0 && (
          <p className="small is-warn">
            {t('connector.lastRefused')} {lastRefused.id !== null && <Words>{lastRefused.id}</Words>}{' '}
            <ServerWords>{lastRefused.reason}</ServerWords>
          </p>
        )}
        {problem && (
          <p className="connector-problem" role="status">
            <ServerWords>{problem.words}</ServerWords>{' '}
            <span className="small faint">
              {t('connector.problemSince')} <Time at={problem.at} show="ago" />
              {problem.retryAt && (
                <>
                  {' · '}
                  {t('connector.retryAt')} <Time at={problem.retryAt} show="clock" />
                </>
              )}
            </span>
          </p>
        )}
      </div>
      {connector.state !== 'removed' && <ConnectorActs connector={connector} onChange={() => setChanging(true)} />}
      <Modal
        opened={changing}
        onClose={() => setChanging(false)}
        size="lg"
        title={t('connector.change')}
        closeButtonProps={{ 'aria-label': t('app.close') }}
      >
        <ConnectorForm
          connector={connector}
          sources={[]}
          onCancel={() => setChanging(false)}
          onDone={() => setChanging(false)}
        />
      </Modal>
    </li>
  );
}

function Facts({ connector }: { connector: ConnectorView }) {
  const { t, i18n } = useTranslation();
  const { lastRowAt, lagMs, nextTurnAt, backfill, added, refused } = connector;
  return (
    <p className="small soft connector-facts">
      <span>
        {lastRowAt ? (
          <>
            {t('connector.lastRow')} <Time at={lastRowAt} show="ago" />
          </>
        ) : (
          t('connector.noRow')
        )}
      </span>
      {lagMs !== null && <span>{t('connector.behind', { span: saySpan(lagMs / 1000, i18n.language) })}</span>}
      <span>{t('connector.added', { count: added, number: sayNumber(added, i18n.language) })}</span>
      {refused > 0 && (
        <span className="is-warn">{t('connector.refused', { number: sayNumber(refused, i18n.language) })}</span>
      )}
      {nextTurnAt && !isWebhook(connector.kind) && (
        <span>
          {t('connector.next')} <Time at={nextTurnAt} show="clock" />
        </span>
      )}
      {connector.webhookPath && (
        <span className="clip">
          <bdi dir="ltr" className="mono">
            {connector.webhookPath}
          </bdi>
        </span>
      )}
      {backfill && (
        <span>
          {t(backfill.finishedAt ? 'connector.backfillDone' : 'connector.backfillFrom')}{' '}
          <Time at={backfill.from} show="day" />
          {backfill.reached && !backfill.finishedAt && (
            <>
              , {t('connector.backfillAt')} <Time at={backfill.reached} show="day" />
            </>
          )}
        </span>
      )}
    </p>
  );
}
