import type { CaseFacts, prefillCase, ReplyOf } from '@groundswell/contract';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { session } from '../../api/session.ts';
import { Button } from '../../parts/button.tsx';
import { CaseStateMark, PriorityMark } from '../../parts/case-marks.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { ErrorNote } from '../../parts/notes.tsx';
import { sayNumber } from '../../parts/numbers.ts';
import { Page, Panel } from '../../parts/page.tsx';
import { PrioritySteps } from '../../parts/priority-steps.tsx';
import { Words } from '../../parts/user-content.tsx';
import './open-case.css';
import { AboutFields } from './about-fields.tsx';
import { FactsFields } from './facts-fields.tsx';
import { begun, bodyOf, isReady, type OpenDraft } from './open-draft.ts';
import { known as knownOf, proposal, useOpenCase } from './open-queries.ts';
import type { OpenSearch } from './open-search.ts';

type Known = ReplyOf<typeof prefillCase>;

/** Whoever has just been told of something at 02:10: what it is about first, and the priority says itself beside it. */
export function OpenCaseScreen({ search }: { search: OpenSearch }) {
  const { t } = useTranslation();
  const fromSomething = search.issue ?? search.alert ?? search.signals?.[0];
  const query = useQuery({ ...knownOf(search), enabled: fromSomething !== undefined });
  const crumb = { to: '/cases', label: t('place.cases'), here: t('opening.title') };
  return (
    <Page title={t('opening.title')} state={t('opening.lead')} crumb={crumb}>
      {fromSomething === undefined ? (
        <Opening known={null} />
      ) : (
        <Loaded query={query} lines={8} isEmpty={() => false} empty="">
          {(known) => <Opening known={known} />}
        </Loaded>
      )}
    </Page>
  );
}

function Opening({ known }: { known: Known | null }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const me = useQuery(session()).data?.me;
  const [draft, setDraft] = useState(() => begun(known, crypto.randomUUID(), me?.compartments ?? []));
  const open = useOpenCase((id) => void navigate({ to: '/cases/$id', params: { id }, replace: true }));
  const change = (some: Partial<OpenDraft>) => setDraft((now) => ({ ...now, ...some }));
  const send = (owner: string | null) => open.mutate({ body: bodyOf(draft, known), owner });
  const ready = isReady(draft, known) && !open.isPending;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (ready && me) send(me.id);
  };
  return (
    <form className="cols opening" onSubmit={submit}>
      <div className="stack wide slim">
        <AboutFields draft={draft} change={change} compartments={me?.compartments ?? []} fixed={known !== null} />
        <FactsFields
          facts={draft.facts}
          change={(some: Partial<CaseFacts>) => setDraft((now) => ({ ...now, facts: { ...now.facts, ...some } }))}
        />
      </div>
      <aside className="stack wide slim" aria-label={t('opening.beside')}>
        <Proposal facts={draft.facts} />
        {known && <FromWhat known={known} />}
        <div className="stack opening-end">
          {open.isError && <ErrorNote error={open.error} />}
          <Button look="go" type="submit" busy={open.isPending} disabled={!ready}>
            {t('opening.openAndTake')}
          </Button>
          <Button disabled={!ready} onClick={() => send(null)}>
            {t('opening.open')}
          </Button>
        </div>
      </aside>
    </form>
  );
}

/** What the rules say of what is known so far; it follows every answer. */
function Proposal({ facts }: { facts: CaseFacts }) {
  const { t } = useTranslation();
  const { data, isError, error } = useQuery(proposal(facts));
  return (
    <Panel title={t('opening.priority')} aside={data && <PriorityMark priority={data.priority} long />}>
      <div className="panel-body" aria-live="polite">
        {data && <PrioritySteps reasons={data.reasons} />}
        {isError && <ErrorNote error={error} />}
      </div>
    </Panel>
  );
}

/** What it is opened from, why the fields say what they say, and who looks at the same already. */
function FromWhat({ known }: { known: Known }) {
  const { t, i18n } = useTranslation();
  const count = (n: number) => sayNumber(n, i18n.language);
  return (
    <Panel title={t('opening.from')}>
      <div className="panel-body stack small">
        {known.issues.map(({ id, key, title }) => (
          <p key={id} className="row wrap">
            <Link to="/issues/$id" params={{ id: key }} className="mono">
              {key}
            </Link>
            <Words>{title}</Words>
          </p>
        ))}
        <p>{t('opening.signals', { count: known.signals.length })}</p>
        <ul className="stack tight faint">
          {known.known.map(({ field, from, of }) => (
            <li key={field}>{t(`opening.known.${field}`, { from: count(from), of: count(of) })}</li>
          ))}
        </ul>
        {known.already.length > 0 && (
          <div className="opening-already stack tight">
            <b>{t('opening.already')}</b>
            {known.already.map(({ id, reference, state, shared }) => (
              <p key={id} className="row wrap">
                <Link to="/cases/$id" params={{ id: reference }} className="mono">
                  {reference}
                </Link>
                <CaseStateMark state={state} />
                <span className="faint">{t('opening.shared', { count: shared })}</span>
              </p>
            ))}
          </div>
        )}
      </div>
    </Panel>
  );
}
