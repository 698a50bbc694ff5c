import type { InvitationView } from '@groundswell/contract';
import { Modal } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useExport } from '../../api/exports.ts';
import { AskOnce } from '../../parts/ask-once.tsx';
import { Button } from '../../parts/button.tsx';
import { ExportButton } from '../../parts/export-button.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { ErrorNote } from '../../parts/notes.tsx';
import { Panel } from '../../parts/page.tsx';
import { Pill } from '../../parts/status.tsx';
import { Time } from '../../parts/time.tsx';
import { Words } from '../../parts/user-content.tsx';
import { LinkShown } from './link-shown.tsx';
import { invitations, useRenew, useWithdraw } from './people-queries.ts';
import { Chips } from './person-row.tsx';

export function InvitationsPanel() {
  const { t } = useTranslation();
  const query = useQuery(invitations());
  return (
    <Panel label={t('staff.tab.invitations')}>
      <div className="list-tools row wrap">
        <span className="soft">{t('staff.invitationsWhy')}</span>
        <span className="push">
          <ExportButton small exporting={useExport('invitations')} />
        </span>
      </div>
      <Loaded query={query} isEmpty={(answer) => answer.invitations.length === 0} empty={t('staff.noInvitation')}>
        {(answer) => (
          <ul className="lines">
            {answer.invitations.map((one) => (
              <InvitationLine key={one.id} one={one} />
            ))}
          </ul>
        )}
      </Loaded>
    </Panel>
  );
}

function InvitationLine({ one }: { one: InvitationView }) {
  const { t } = useTranslation();
  const renew = useRenew();
  const withdraw = useWithdraw();
  return (
    <li>
      <div className="slim stack tight">
        <div className="row wrap">
          <b>
            <Words>{one.name}</Words>
          </b>
          <span className="faint">
            <Words>{one.email}</Words>
          </span>
          {one.state === 'expired' && (
            <Pill tone="warn" icon="clock">
              {t('staff.expired')}
            </Pill>
          )}
        </div>
        <Chips words={one.roles} />
        <span className="small faint">
          {t('staff.invitedBy')} <Words>{one.invitedBy}</Words> <Time at={one.createdAt} show="ago" /> ·{' '}
          {one.state === 'open' ? t('staff.opensUntil') : t('staff.openedUntil')}{' '}
          <Time at={one.expiresAt} show="clock" />
        </span>
        {renew.isError && <ErrorNote error={renew.error} />}
      </div>
      <div className="row wrap">
        <Button small busy={renew.isPending} onClick={() => renew.mutate(one.id)}>
          {t('staff.renew')}
        </Button>
        <AskOnce
          act={t('staff.withdraw')}
          why={t('staff.withdrawWhy')}
          sure={t('staff.withdrawDo')}
          busy={withdraw.isPending}
          error={withdraw.error}
          onSure={() => withdraw.mutate(one.id)}
        />
      </div>
      <Modal
        opened={renew.isSuccess}
        onClose={renew.reset}
        title={t('staff.renewed')}
        closeButtonProps={{ 'aria-label': t('app.close') }}
      >
        {renew.data && <LinkShown link={renew.data.link} to="invitation" name={one.name} />}
      </Modal>
    </li>
  );
}
