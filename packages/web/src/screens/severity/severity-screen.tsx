import {
  FIRST_RULES,
  IMPACTS,
  type ReplyOf,
  type readSeverityRules,
  type SeverityRules,
  URGENCIES,
} from '@groundswell/contract';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { BothVersions, isSaving, useSeen } from '../../parts/both-versions.tsx';
import { Button } from '../../parts/button.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { ErrorNote } from '../../parts/notes.tsx';
import { Page, Panel } from '../../parts/page.tsx';
import { SeverityMark } from '../../parts/severity.tsx';
import { HarmFloors } from './harm-floors.tsx';
import { draftOf, isSame, MEASURES, rulesOf, STEPS } from './rules-draft.ts';
import { RulesPreview } from './rules-preview.tsx';
import { RulesSteps } from './rules-steps.tsx';
import { RulesTable } from './rules-table.tsx';
import './severity.css';
import { severityRules, useChangeRules } from './severity-queries.ts';

/** Whoever sets what "grave" means here: from what an issue does and how fast, to S1 to S4. */
export function SeverityScreen() {
  const { t } = useTranslation();
  const query = useQuery(severityRules());
  const [taken, setTaken] = useState(0);
  return (
    <Page title={t('place.severity')} state={t('severity.rules.lead')}>
      <div className="stack wide">
        <Levels />
        <Loaded query={query} lines={6} isEmpty={() => false} empty="">
          {(kept) => <Rules key={taken} kept={kept} onTheirs={() => setTaken(taken + 1)} />}
        </Loaded>
        <HarmFloors />
      </div>
    </Page>
  );
}

type Kept = ReplyOf<typeof readSeverityRules>;

/** What somebody else saves meanwhile takes nothing of what stands in the form. */
function useRules(kept: Kept, onTheirs: () => void) {
  const save = useChangeRules();
  const [draft, setDraft] = useState(() => draftOf(kept.rules));
  const { seen, met } = useSeen(kept, (one) => one.version, isSaving(save));
  const rules = rulesOf(draft);
  const dirty = rules === null || !isSame(rules, seen.rules);
  const send = (version: number) => rules && save.mutate({ version, rules }, { onSuccess: onTheirs });
  return { save, draft, setDraft, seen, met: met && dirty, stale: met && !dirty, rules, dirty, send };
}

function Rules({ kept, onTheirs }: { kept: Kept; onTheirs: () => void }) {
  const { t } = useTranslation();
  const { save, draft, setDraft, seen, met, stale, rules, dirty, send } = useRules(kept, onTheirs);
  const may = kept.can.includes('change');
  const fields = useFields();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (dirty && !met) send(seen.version);
  };
  if (stale) queueMicrotask(onTheirs); // nothing of ours stands in the form: what is there now is shown
  return (
    <form className="stack wide" onSubmit={submit} noValidate>
      <RulesTable table={draft.table} may={may} onChange={(table) => setDraft({ ...draft, table })} />
      <RulesSteps draft={draft} may={may} onChange={setDraft} />
      {may && rules && dirty && <RulesPreview rules={rules} />}
      {save.isError && !met && <ErrorNote error={save.error} />}
      {!may && <p className="soft">{t('severity.rules.readOnly')}</p>}
      {may && met && rules && (
        <BothVersions
          fields={fields(rules, kept.rules)}
          busy={save.isPending}
          onMine={() => send(kept.version)}
          onTheirs={onTheirs}
        />
      )}
      {may && !met && (
        <div className="row wrap">
          <Button look="go" type="submit" busy={save.isPending} disabled={!dirty || rules === null}>
            {t('severity.rules.save')}
          </Button>
          <Button look="quiet" disabled={!dirty} onClick={() => setDraft(draftOf(seen.rules))}>
            {t('severity.rules.forget')}
          </Button>
          <Button look="quiet" icon="back" onClick={() => setDraft(draftOf(FIRST_RULES))}>
            {t('severity.rules.first')}
          </Button>
        </div>
      )}
    </form>
  );
}

/** Cell by cell, and step by step: those that differ are shown beside each other. */
function useFields() {
  const { t } = useTranslation();
  const level = (one: (typeof IMPACTS)[number]) => t(`severity.impact.${one}`);
  return (mine: SeverityRules, theirs: SeverityRules) => [
    ...IMPACTS.flatMap((impact) =>
      URGENCIES.map((urgency) => ({
        name: `${level(impact)} × ${t(`severity.urgency.${urgency}`)}`,
        mine: `S${mine.table[impact][urgency]}`,
        theirs: `S${theirs.table[impact][urgency]}`,
      })),
    ),
    ...MEASURES.flatMap((measure) =>
      STEPS.map((step, i) => ({
        name: `${t(`severity.rules.${measure}`)}: ${level(step)}`,
        mine: String(mine[measure][i]),
        theirs: String(theirs[measure][i]),
      })),
    ),
  ];
}

/** What each level means to whoever reads it. */
function Levels() {
  const { t } = useTranslation();
  return (
    <Panel title={t('severity.rules.levels')}>
      <ul className="panel-body severity-levels">
        {([1, 2, 3, 4] as const).map((one) => (
          <li key={one}>
            <SeverityMark severity={one} />
            <span>{t(`severity.means.${one}`)}</span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
