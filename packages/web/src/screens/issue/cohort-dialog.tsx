import type { IssueDetail, IssueImpact } from '@groundswell/contract';
import { Modal, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FormEnd, isSaving, useSeen } from '../../parts/both-versions.tsx';
import { Button } from '../../parts/button.tsx';
import { sayNumber } from '../../parts/numbers.ts';
import { type CohortDraft, cohortOf, draftOf, type SegmentDraft } from './cohort-draft.ts';
import { useSayImpact } from './impact-queries.ts';

interface CohortDialogProps {
  issue: IssueDetail;
  known: IssueImpact;
  onClose: () => void;
}

/** Everybody who was hurt, once that is known from elsewhere. From three such issues on, silent people can be estimated. */
export function CohortDialog({ issue, known, onClose }: CohortDialogProps) {
  const { t } = useTranslation();
  const say = useSayImpact(issue, null);
  const [draft, setDraft] = useState(() => draftOf(known));
  const [tried, setTried] = useState(false);
  const set = (part: Partial<CohortDraft>) => setDraft({ ...draft, ...part });
  const { seen, met } = useSeen(known, (one) => one.version, isSaving(say));
  const cohort = cohortOf(draft);
  const send = (version: number) => cohort && say.mutate({ say: 'cohort', version, cohort }, { onSuccess: onClose });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!met) send(seen.version);
  };
  const fields = useFields();
  return (
    <Modal
      size="lg"
      opened
      onClose={onClose}
      title={t('impact.cohortTitle')}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <form className="stack wide" onSubmit={submit} noValidate>
        <p className="soft">{t('impact.cohortWhy', { needed: known.past.needed })}</p>
        <Segments draft={draft.segments} onChange={(segments) => set({ segments })} />
        <WhenAndWhence draft={draft} set={set} />
        {tried && !cohort && (
          <p role="alert" className="is-bad small">
            {t('impact.cohortMissing')}
          </p>
        )}
        {known.cohort !== null && !met && (
          <Button
            look="quiet"
            busy={say.isPending}
            onClick={() => say.mutate({ say: 'cohort', version: seen.version, cohort: null }, { onSuccess: onClose })}
          >
            {t('impact.forgetCohort')}
          </Button>
        )}
        <FormEnd
          save={say}
          met={met}
          fields={() => fields(cohort, known.cohort)}
          label={t('impact.save')}
          onMine={() => send(known.version)}
          onClose={onClose}
        />
      </form>
    </Modal>
  );
}

function WhenAndWhence({ draft, set }: { draft: CohortDraft; set: (part: Partial<CohortDraft>) => void }) {
  const { t } = useTranslation();
  return (
    <>
      <TextInput
        type="date"
        label={t('impact.endedOn')}
        value={draft.endedOn}
        onChange={(event) => set({ endedOn: event.currentTarget.value })}
      />
      <TextInput
        label={t('impact.source')}
        description={t('impact.sourceHint')}
        maxLength={200}
        value={draft.source}
        onChange={(event) => set({ source: event.currentTarget.value })}
      />
    </>
  );
}

type Cohort = NonNullable<ReturnType<typeof cohortOf>>;

function useFields() {
  const { t, i18n } = useTranslation();
  const people = (one: Pick<Cohort, 'segments'> | null) =>
    (one?.segments ?? [])
      .map(({ segment, people: many }) => `${segment || t('impact.unsaid')}: ${sayNumber(many, i18n.language)}`)
      .join(', ');
  return (mine: Cohort | null, theirs: IssueImpact['cohort']) => [
    { name: t('impact.hurt'), mine: people(mine), theirs: people(theirs) },
    { name: t('impact.endedOn'), mine: mine?.endedOn ?? '', theirs: theirs?.endedOn ?? '' },
    { name: t('impact.source'), mine: mine?.source ?? '', theirs: theirs?.source ?? '' },
  ];
}

interface SegmentsProps {
  draft: readonly SegmentDraft[];
  onChange: (next: readonly SegmentDraft[]) => void;
}

function Segments({ draft, onChange }: SegmentsProps) {
  const { t } = useTranslation();
  const change = (at: number, part: Partial<SegmentDraft>) =>
    onChange(draft.map((one, i) => (i === at ? { ...one, ...part } : one)));
  return (
    <fieldset className="cohort-rows">
      <legend>{t('impact.hurt')}</legend>
      {draft.map((one, at) => (
        <div key={one.id} className="cohort-row">
          <TextInput
            label={t('fact.tier')}
            placeholder={t('impact.unsaid')}
            maxLength={64}
            value={one.segment}
            onChange={(event) => change(at, { segment: event.currentTarget.value })}
          />
          <TextInput
            label={t('issues.head.people')}
            inputMode="numeric"
            data-autofocus={at === 0 || undefined}
            value={one.people}
            onChange={(event) => change(at, { people: event.currentTarget.value })}
          />
          <Button
            look="quiet"
            icon="x"
            aria-label={t('impact.dropTier')}
            disabled={draft.length === 1}
            onClick={() => onChange(draft.filter((_, i) => i !== at))}
          />
        </div>
      ))}
      <div>
        <Button small onClick={() => onChange([...draft, { id: crypto.randomUUID(), segment: '', people: '' }])}>
          {t('impact.addTier')}
        </Button>
      </div>
    </fieldset>
  );
}
