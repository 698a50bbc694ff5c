import { CASE_ASK_MAX, REQUESTER_KINDS, type RequesterKind } from '@groundswell/contract';
import { Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Segments } from '../../parts/button.tsx';
import { Panel } from '../../parts/page.tsx';
import type { OpenDraft } from './open-draft.ts';

interface AboutFieldsProps {
  draft: OpenDraft;
  change: (some: Partial<OpenDraft>) => void;
  compartments: readonly string[];
  /** What it is opened from says behind which wall it stands. */
  fixed: boolean;
}

const KINDS = ['escalation', 'investigation'] as const;

/** What it is about, who asked, where, and whom it is about. */
export function AboutFields({ draft, change, compartments, fixed }: AboutFieldsProps) {
  const { t } = useTranslation();
  const { kind, ask, title, people } = draft;
  const asked = kind === 'escalation';
  return (
    <Panel label={t('opening.about')}>
      <div className="panel-body stack wide">
        <div className="row wrap">
          <Segments
            label={t('opening.kind')}
            value={kind}
            onChange={(one) => change({ kind: one })}
            options={KINDS.map((value) => ({ value, label: t(`case.kind.${value}`) }))}
          />
          {!fixed && compartments.length > 1 && <Compartment draft={draft} change={change} of={compartments} />}
        </div>
        <Textarea
          label={t(asked ? 'case.askTitle' : 'case.suspicionTitle')}
          autosize
          autoFocus
          minRows={3}
          maxRows={16}
          maxLength={CASE_ASK_MAX}
          dir="auto"
          value={ask}
          onChange={(event) => change({ ask: event.currentTarget.value })}
        />
        <TextInput
          label={t('opening.name')}
          description={t('opening.nameHint')}
          maxLength={160}
          dir="auto"
          value={title}
          onChange={(event) => change({ title: event.currentTarget.value })}
        />
        {asked && <Requester draft={draft} change={change} />}
        <Where draft={draft} change={change} />
        <Textarea
          label={t('opening.people')}
          description={t('opening.peopleHint')}
          autosize
          minRows={1}
          maxRows={10}
          dir="ltr"
          value={people}
          onChange={(event) => change({ people: event.currentTarget.value })}
        />
      </div>
    </Panel>
  );
}

type Fields = Pick<AboutFieldsProps, 'draft' | 'change'>;

function Compartment({ draft, change, of }: Fields & { of: readonly string[] }) {
  const { t } = useTranslation();
  return (
    <label className="row">
      <span>{t('fact.compartment')}</span>
      <select
        className="plain"
        value={draft.compartment}
        onChange={(event) => change({ compartment: event.target.value })}
      >
        {of.map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

function Requester({ draft, change }: Fields) {
  const { t } = useTranslation();
  return (
    <div className="opening-three">
      <label className="stack tight">
        <span>{t('case.askedBy')}</span>
        <select
          className="plain"
          value={draft.requester}
          onChange={(event) => change({ requester: event.target.value as RequesterKind })}
        >
          {REQUESTER_KINDS.map((one) => (
            <option key={one} value={one}>
              {t(`case.requester.${one}`)}
            </option>
          ))}
        </select>
      </label>
      <TextInput
        label={t('opening.requesterName')}
        maxLength={100}
        autoComplete="off"
        dir="auto"
        value={draft.name}
        onChange={(event) => change({ name: event.currentTarget.value })}
      />
      <TextInput
        label={t('case.theirRef')}
        maxLength={100}
        autoComplete="off"
        dir="auto"
        value={draft.ref}
        onChange={(event) => change({ ref: event.currentTarget.value })}
      />
    </div>
  );
}

function Where({ draft, change }: Fields) {
  const { t } = useTranslation();
  return (
    <div className="opening-three">
      <TextInput
        label={t('opening.language')}
        placeholder={t('opening.languageHint')}
        maxLength={35}
        autoComplete="off"
        dir="ltr"
        value={draft.language}
        onChange={(event) => change({ language: event.currentTarget.value })}
      />
      <TextInput
        label={t('opening.region')}
        maxLength={2}
        autoComplete="off"
        dir="ltr"
        value={draft.region}
        onChange={(event) => change({ region: event.currentTarget.value })}
      />
    </div>
  );
}
