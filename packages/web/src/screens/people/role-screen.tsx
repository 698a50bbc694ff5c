import { CAPABILITIES, type Capability, type RoleView } from '@groundswell/contract';
import { TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { session } from '../../api/session.ts';
import { BothVersions, isSaving, useSeen } from '../../parts/both-versions.tsx';
import { Button } from '../../parts/button.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { EmptyNote, ErrorNote } from '../../parts/notes.tsx';
import { Page, Panel } from '../../parts/page.tsx';
import { Words } from '../../parts/user-content.tsx';
import './people.css';
import { roles, useSaveRole } from './people-queries.ts';
import { RemoveRole } from './remove-role.tsx';
import { RolePreview } from './role-preview.tsx';

/** Whoever decides what a kind of work needs: rights in words, and beside them what somebody with this role can do. */
export function RoleScreen({ name }: { name?: string }) {
  const { t } = useTranslation();
  const query = useQuery(roles());
  const [taken, setTaken] = useState(0);
  const role = query.data?.roles.find((one) => one.name === name);
  const title = name ?? t('role.new');
  return (
    <Page
      title={title}
      heading={name === undefined ? undefined : <Words>{name}</Words>}
      crumb={{ to: '/people', label: t('place.people'), here: title }}
      state={role && t('role.heldBy', { count: role.people })}
    >
      <Loaded
        query={query}
        isEmpty={() => name !== undefined && role === undefined}
        empty={<EmptyNote tone="unknown">{t('role.gone')}</EmptyNote>}
      >
        {() => <RoleForm key={`${role?.id} ${taken}`} role={role ?? null} onTheirs={() => setTaken(taken + 1)} />}
      </Loaded>
    </Page>
  );
}

/** What somebody else saves meanwhile takes nothing of what stands in the form. */
function useRoleForm(role: RoleView | null, onTheirs: () => void) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const save = useSaveRole(role?.id ?? null);
  const [name, setName] = useState(role?.name ?? '');
  const [chosen, setChosen] = useState<readonly Capability[]>(role?.capabilities ?? []);
  const { seen, met } = useSeen(role, (one) => one?.version ?? 0, isSaving(save));
  const done = (kept: RoleView) => {
    onTheirs(); // as it was kept
    void navigate({ to: '/people/roles/$name', params: { name: kept.name }, replace: true });
  };
  const send = (version: number) =>
    save.mutate({ version, name: name.trim(), capabilities: [...chosen] }, { onSuccess: done });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!met) send(seen?.version ?? 1);
  };
  const said = (all: readonly Capability[]) =>
    CAPABILITIES.filter((one) => all.includes(one))
      .map((one) => t(`can.${one}`))
      .join(', ');
  const versions = met && role && (
    <BothVersions
      fields={[
        { name: t('role.name'), mine: name.trim(), theirs: role.name },
        { name: t('role.rights'), mine: said(chosen), theirs: said(role.capabilities) },
      ]}
      busy={save.isPending}
      onMine={() => send(role.version)}
      onTheirs={onTheirs}
    />
  );
  return { save, name, setName, chosen, setChosen, met, versions, submit };
}

function RoleForm({ role, onTheirs }: { role: RoleView | null; onTheirs: () => void }) {
  const { t } = useTranslation();
  const { save, name, setName, chosen, setChosen, met, versions, submit } = useRoleForm(role, onTheirs);
  const mayChange = role === null || role.can.includes('change');
  return (
    <div className="cols role-cols">
      <Panel label={t('role.rights')}>
        <form className="panel-body stack wide" onSubmit={submit}>
          {!mayChange && <p className="soft">{t(role.locked ? 'role.locked' : 'role.beyond')}</p>}
          <TextInput
            required
            readOnly={!mayChange}
            maxLength={60}
            label={t('role.name')}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Rights chosen={chosen} fixed={!mayChange} onChange={setChosen} />
          {save.isError && !met && <ErrorNote error={save.error} />}
          {versions}
          {mayChange && !met && (
            <div className="row wrap">
              <Button look="go" type="submit" busy={save.isPending} disabled={name.trim() === ''}>
                {t(role ? 'staff.save' : 'role.make')}
              </Button>
              {role && <span className="small soft">{t('role.atOnce', { count: role.people })}</span>}
            </div>
          )}
        </form>
      </Panel>
      <div className="stack wide">
        <Panel title={t('role.preview')}>
          <div className="panel-body">
            <RolePreview who={t('role.whoCan', { role: name.trim() || t('role.this') })} capabilities={chosen} />
          </div>
        </Panel>
        {role?.can.includes('remove') && <RemoveRole role={role} />}
      </div>
    </div>
  );
}

interface RightsProps {
  chosen: readonly Capability[];
  fixed: boolean;
  onChange: (chosen: readonly Capability[]) => void;
}

/** Those that I do not have myself stand there too, and cannot be given by me. */
function Rights({ chosen, fixed, onChange }: RightsProps) {
  const { t } = useTranslation();
  const mine = useQuery(session()).data?.me?.can ?? [];
  return (
    <fieldset className="reasons">
      <legend>{t('role.rights')}</legend>
      {CAPABILITIES.map((one) => (
        <label key={one}>
          <input
            type="checkbox"
            checked={chosen.includes(one)}
            disabled={fixed || !mine.includes(one)}
            onChange={() => onChange(chosen.includes(one) ? chosen.filter((other) => other !== one) : [...chosen, one])}
          />
          <span>
            <span className="capital">{t(`can.${one}`)}</span>
            <span className="small faint mono">{one}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
