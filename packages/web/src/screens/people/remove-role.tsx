import type { RoleView } from '@groundswell/contract';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AskOnce } from '../../parts/ask-once.tsx';
import { Panel } from '../../parts/page.tsx';
import { roles, useRemoveRole } from './people-queries.ts';

/** A role that people hold goes only when it is said what they get instead. */
export function RemoveRole({ role }: { role: RoleView }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const remove = useRemoveRole(role.id);
  const others = (useQuery(roles()).data?.roles ?? []).filter(({ id }) => id !== role.id);
  const [moveTo, setMoveTo] = useState('');
  const inUse = role.people + role.invitations > 0;
  const target = moveTo || others.find(({ name }) => name === 'viewer')?.id || others.at(-1)?.id;
  return (
    <Panel title={t('role.remove')}>
      <div className="panel-body stack">
        {inUse && (
          <label className="stack tight">
            <span>{t('role.moveTo')}</span>
            <select className="plain" value={target} onChange={(event) => setMoveTo(event.target.value)}>
              {others.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </select>
          </label>
        )}
        <AskOnce
          act={t('role.remove')}
          why={t(inUse ? 'role.removeWhyMoved' : 'role.removeWhy')}
          sure={t('role.removeDo')}
          busy={remove.isPending}
          error={remove.error}
          onSure={() =>
            remove.mutate(inUse ? target : undefined, {
              onSuccess: () => void navigate({ to: '/people', search: { tab: 'roles' }, replace: true }),
            })
          }
        />
      </div>
    </Panel>
  );
}
