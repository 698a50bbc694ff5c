import { type BatonPoints, type BatonView, type CaseDetail, sendBaton } from '@groundswell/contract';
import { Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { call } from '../../api/call.ts';
import { Button } from '../../parts/button.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { type BatonText, caseBatons, openOne, useBatonText } from './baton-queries.ts';
import { CaseForm } from './case-dialog.tsx';
import type { FormProps } from './case-dialogs.tsx';
import { useCaseAct } from './case-queries.ts';
import { DueAt } from './due-choice.tsx';

/** Written by whoever has the case, at the end of a shift: drafted from the record, kept while one writes, then sent. */
export function BatonForm({ kase, onClose }: FormProps) {
  const query = useQuery(caseBatons(kase.id));
  const mine = openOne(query.data?.batons ?? []);
  const draft = mine?.can.includes('send') ? mine : undefined;
  return (
    <Loaded query={query} lines={6} isEmpty={() => draft === undefined} empty="">
      {() => <Writing key={draft!.id} kase={kase} baton={draft!} onClose={onClose} />}
    </Loaded>
  );
}

interface WritingProps {
  kase: CaseDetail;
  baton: BatonView;
  onClose: () => void;
}

function Writing({ kase, baton, onClose }: WritingProps) {
  const { t } = useTranslation();
  const text = useBatonText(baton);
  const act = useCaseAct();
  const { body, keeping, change } = text;
  const send = () =>
    act.mutate(async () => {
      const version = await text.settled();
      await call(sendBaton, { params: { id: baton.id }, body: { version } });
      onClose(); // before it is asked for again: then there is no draft any more to stand on
    });
  const { summary, risks } = body.points;
  const ready = summary.trim() !== '' && risks.some(({ what, plan }) => what.trim() !== '' && plan.trim() !== '');
  return (
    <CaseForm
      consequence={t('baton.sendWhat')}
      act={t('baton.send')}
      ready={ready && keeping !== 'half'}
      busy={act.isPending}
      error={act.error ?? text.error}
      onSend={send}
      onClose={onClose}
    >
      <Receiver kase={kase} text={text} />
      <Textarea
        label={t('baton.summary')}
        description={t('baton.summaryHint')}
        data-autofocus
        autosize
        minRows={3}
        maxLength={2_000}
        dir="auto"
        value={summary}
        onChange={(event) => change({ points: { summary: event.currentTarget.value } })}
      />
      <Risks text={text} />
      <Actions kase={kase} text={text} />
      <p className="small faint" role="status">
        {t(ready || keeping !== 'kept' ? `baton.keeping.${keeping}` : 'baton.needs')}
      </p>
    </CaseForm>
  );
}

function Receiver({ kase, text: { body, change } }: { kase: CaseDetail; text: BatonText }) {
  const { t } = useTranslation();
  const others = kase.colleagues.filter(({ id }) => id !== kase.owner?.id);
  return (
    <label className="baton-field">
      <span>{t('baton.receiver')}</span>
      <select
        className="plain"
        value={body.receiverId ?? ''}
        onChange={(event) => change({ receiverId: event.target.value || null })}
      >
        <option value="">{t('baton.anybody')}</option>
        {others.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

/** The one in place `at` with something else in it; without a new one it is taken out. */
function put<T>(list: readonly T[], at: number, next?: T): T[] {
  return next === undefined ? list.filter((_, i) => i !== at) : list.map((one, i) => (i === at ? next : one));
}

/** Each with its place: a line is its place, for what is written in it changes with every key. */
const placed = <T,>(list: readonly T[]): [number, T][] => [...list.entries()];

const RISKS_MAX = 10;

/** One empty line always stands there: a baton without a risk cannot be sent, so none has to be asked for. */
function Risks({ text: { body, change } }: { text: BatonText }) {
  const { t } = useTranslation();
  const { risks } = body.points;
  const lines = risks.length < RISKS_MAX ? [...risks, { what: '', plan: '' }] : risks;
  const write = (at: number, next: BatonPoints['risks'][number]) => {
    const empty = next.what === '' && next.plan === '';
    change({ points: { risks: at === risks.length ? [...risks, next] : put(risks, at, empty ? undefined : next) } });
  };
  return (
    <fieldset className="baton-lines">
      <legend>{t('baton.risks')}</legend>
      {placed(lines).map(([at, risk]) => (
        <div key={at} className="baton-risk">
          <input
            aria-label={t('baton.what')}
            placeholder={t('baton.what')}
            maxLength={500}
            dir="auto"
            value={risk.what}
            onChange={(event) => write(at, { ...risk, what: event.target.value })}
          />
          <input
            aria-label={t('baton.plan')}
            placeholder={t('baton.plan')}
            maxLength={500}
            dir="auto"
            value={risk.plan}
            onChange={(event) => write(at, { ...risk, plan: event.target.value })}
          />
        </div>
      ))}
    </fieldset>
  );
}

const NEW_ACTION = { text: '', ownerId: null, dueAt: null };
const ACTIONS_MAX = 50;

function Actions({ kase, text: { body, change } }: { kase: CaseDetail; text: BatonText }) {
  const { t } = useTranslation();
  const { actions } = body.points;
  const write = (at: number, next?: BatonPoints['actions'][number]) =>
    change({ points: { actions: put(actions, at, next) } });
  return (
    <fieldset className="baton-lines">
      <legend>{t('baton.actions')}</legend>
      {placed(actions).map(([at, action]) => (
        <div key={at} className="baton-action">
          <input
            aria-label={t('baton.action')}
            maxLength={500}
            dir="auto"
            value={action.text}
            onChange={(event) => write(at, { ...action, text: event.target.value })}
          />
          <select
            className="plain"
            aria-label={t('case.tasks.whose')}
            value={action.ownerId ?? ''}
            onChange={(event) => write(at, { ...action, ownerId: event.target.value || null })}
          >
            <option value="">{t('triage.nobody')}</option>
            {kase.colleagues.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
          <DueAt
            label={t('case.tasks.until')}
            nothing={t('case.tasks.noDue')}
            at={action.dueAt}
            onChange={(dueAt) => write(at, { ...action, dueAt })}
          />
          <Button small look="quiet" icon="x" aria-label={t('baton.without')} onClick={() => write(at)} />
        </div>
      ))}
      {actions.length < ACTIONS_MAX && (
        <div>
          <Button small icon="plus" onClick={() => change({ points: { actions: [...actions, NEW_ACTION] } })}>
            {t('baton.action')}
          </Button>
        </div>
      )}
    </fieldset>
  );
}
