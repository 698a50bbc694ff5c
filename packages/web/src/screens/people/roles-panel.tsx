import type { RoleView } from '@groundswell/contract';
import { CAPABILITIES } from '@groundswell/contract';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useExport } from '../../api/exports.ts';
import { ExportButton } from '../../parts/export-button.tsx';
import { useListKeys } from '../../parts/list-keys.ts';
import { Loaded } from '../../parts/loaded.tsx';
import { Panel } from '../../parts/page.tsx';
import { Scroller } from '../../parts/scroller.tsx';
import { Words } from '../../parts/user-content.tsx';
import { roles } from './people-queries.ts';

export function RolesPanel({ action }: { action: ReactNode }) {
  const { t } = useTranslation();
  const query = useQuery(roles());
  const keys = useListKeys<HTMLTableSectionElement>();
  return (
    <Panel label={t('staff.tab.roles')}>
      <div className="list-tools row wrap">
        <span className="soft">{t('role.why')}</span>
        <span className="push row">
          <ExportButton small exporting={useExport('roles')} />
          {action}
        </span>
      </div>
      <Loaded query={query} isEmpty={() => false} empty="">
        {(answer) => (
          <Scroller label={t('staff.tab.roles')}>
            <table className="cards">
              <thead>
                <tr>
                  <th>{t('role.name')}</th>
                  <th className="end">{t('role.people')}</th>
                  <th className="end">{t('role.invited')}</th>
                  <th className="end">{t('role.rights')}</th>
                </tr>
              </thead>
              <tbody ref={keys.list}>
                {answer.roles.map((role) => (
                  <RoleRow key={role.id} role={role} />
                ))}
              </tbody>
            </table>
          </Scroller>
        )}
      </Loaded>
    </Panel>
  );
}

function RoleRow({ role }: { role: RoleView }) {
  const { t } = useTranslation();
  return (
    <tr data-row={role.id}>
      <td>
        <Link to="/people/roles/$name" params={{ name: role.name }} className="link">
          <Words>{role.name}</Words>
        </Link>
      </td>
      <td className="end" data-name={t('role.people')}>
        {role.people}
      </td>
      <td className="end" data-name={t('role.invited')}>
        {role.invitations}
      </td>
      <td className="end" data-name={t('role.rights')}>
        {t('role.rightsOf', { count: role.capabilities.length, all: CAPABILITIES.length })}
      </td>
    </tr>
  );
}
