import { type CaseDetail, changeCase } from '@groundswell/contract';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../api/call.ts';
import { Button } from '../../parts/button.tsx';
import { KeyHint } from '../../parts/key-hint.tsx';
import { sayLanguage } from '../../parts/numbers.ts';
import { Panel } from '../../parts/page.tsx';
import { Time } from '../../parts/time.tsx';
import { Kept, Words } from '../../parts/user-content.tsx';
import type { Asked } from './case-dialogs.tsx';
import { PriorityReasons } from './priority-reasons.tsx';
import type { Versioned } from './use-versioned.ts';

interface FactsPanelProps {
  kase: CaseDetail;
  versioned: Versioned;
  ask: (dialog: Asked) => void;
}

/** Why it is so urgent, whose it is, who asked, and how it ended. */
export function FactsPanel({ kase, versioned, ask }: FactsPanelProps) {
  const { t } = useTranslation();
  return (
    <Panel
      title={t('case.priorityWhy', { priority: kase.priority })}
      aside={
        kase.can.includes('change') && (
          <Button small onClick={() => ask('priority')}>
            {t('case.act.priority')} <KeyHint of="case.priority" />
          </Button>
        )
      }
    >
      <div className="panel-body stack">
        <PriorityReasons kase={kase} />
        <hr />
        <Ended kase={kase} />
        <Fact name={t('case.owner')}>
          {kase.owner ? <Words>{kase.owner.name}</Words> : <b className="is-warn">{t('triage.nobody')}</b>}
        </Fact>
        <Team kase={kase} versioned={versioned} />
        <AskedBy kase={kase} />
        {kase.legal && (
          <Fact name={t('case.law')}>
            {kase.legal.source} <span className="faint">({kase.legal.jurisdiction})</span>
          </Fact>
        )}
        <Fact name={t('case.opened')}>
          <Time at={kase.openedAt} show="full" />
        </Fact>
        <Fact name={t('case.acknowledged')}>
          {kase.acknowledgedAt ? <Time at={kase.acknowledgedAt} show="full" /> : t('case.notYet')}
        </Fact>
        <Fact name={t('case.watchers', { count: kase.watchers.length })}>
          {kase.watchers.length === 0
            ? '–'
            : kase.watchers.map(({ id, name }, i) => (
                <span key={id}>
                  {i > 0 && ', '}
                  <Words>{name}</Words>
                </span>
              ))}
        </Fact>
      </div>
    </Panel>
  );
}

/** Who asked, in which language and from where. */
function AskedBy({ kase }: { kase: CaseDetail }) {
  const { t, i18n } = useTranslation();
  return (
    <>
      <Fact name={t('case.askedBy')}>
        {kase.requester ? t(`case.requester.${kase.requester}`) : t('case.nobodyAsked')}
        {kase.requesterName && (
          <>
            {' · '}
            <Words>{kase.requesterName}</Words>
          </>
        )}
      </Fact>
      {kase.requesterRef && (
        <Fact name={t('case.theirRef')}>
          <Words>{kase.requesterRef}</Words>
        </Fact>
      )}
      <Fact name={t('case.compose.language')}>
        {kase.language ? <Words>{sayLanguage(kase.language, i18n.language)}</Words> : t('content.noLanguage')}
        {kase.region && (
          <>
            {' · '}
            <Words>{kase.region}</Words>
          </>
        )}
      </Fact>
    </>
  );
}

/** How it ended or for whom it waits, in the words that were given. */
function Ended({ kase }: { kase: CaseDetail }) {
  const { t } = useTranslation();
  const { end, note } = kase;
  if (!end && !note) return null;
  return (
    <>
      {end?.outcome && <Fact name={t('case.outcomeTitle')}>{t(`case.outcome.${end.outcome}`)}</Fact>}
      {end?.untold && <Fact name={t('case.form.told')}>{t(`case.untold.${end.untold}`)}</Fact>}
      {end?.reason && <Fact name={t('fact.reason')}>{t(`case.notOurs.${end.reason}`)}</Fact>}
      {kase.mergedInto && <Fact name={t('case.form.duplicateOf')}>{kase.mergedInto}</Fact>}
      {end?.searched && (
        <p className="case-note">
          <b>{t('case.form.searched')}</b> <Kept>{end.searched}</Kept>
        </p>
      )}
      {note && (
        <p className="case-note">
          <Kept>{note}</Kept>
        </p>
      )}
      <hr />
    </>
  );
}

function Team({ kase, versioned }: Pick<FactsPanelProps, 'kase' | 'versioned'>) {
  const { t } = useTranslation();
  const nameOf = (id: string | null) => kase.teams.find((one) => one.id === id)?.name ?? t('case.noTeam');
  if (!kase.can.includes('change') || kase.teams.length === 0) {
    return <Fact name={t('case.team')}>{kase.team ? <Words>{kase.team.name}</Words> : t('case.noTeam')}</Fact>;
  }
  const give = (team: string | null) =>
    versioned.send({
      fields: [{ name: t('case.team'), mine: nameOf(team), of: (now) => now.team?.name ?? t('case.noTeam') }],
      may: (now) => now.can.includes('change'),
      run: (version) => call(changeCase, { params: { id: kase.id }, body: { version, team } }),
    });
  return (
    <label className="case-fact">
      <span>{t('case.team')}</span>
      <select
        className="plain"
        disabled={versioned.act.isPending}
        value={kase.team?.id ?? ''}
        onChange={(event) => give(event.target.value || null)}
      >
        <option value="">{t('case.noTeam')}</option>
        {kase.teams.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="case-fact">
      <span>{name}</span>
      <span>{children}</span>
    </div>
  );
}
