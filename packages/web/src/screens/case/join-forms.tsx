import { linkCase, splitCase } from '@groundswell/contract';
import { Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../api/call.ts';
import { Segments } from '../../parts/button.tsx';
import { Words } from '../../parts/user-content.tsx';
import { CaseForm } from './case-dialog.tsx';
import type { FormProps } from './case-dialogs.tsx';
import { WhichCase } from './which-case.tsx';

/** To an issue or to another case: nothing of either is copied, and each stays behind its own wall. */
export function LinkForm({ kase, versioned, onClose }: FormProps) {
  const { t } = useTranslation();
  const [to, setTo] = useState<'issue' | 'case'>('issue');
  const [ref, setRef] = useState('');
  const body = to === 'issue' ? { issue: ref.trim() } : { case: ref.trim() };
  const send = () =>
    versioned.act.mutate(() => call(linkCase, { params: { id: kase.id }, body }), { onSuccess: onClose });
  return (
    <CaseForm
      consequence={t('case.form.linkWhat')}
      act={t('case.act.link')}
      ready={ref.trim() !== ''}
      busy={versioned.act.isPending}
      error={versioned.act.error}
      onSend={send}
      onClose={onClose}
    >
      <Segments
        label={t('case.form.linkTo')}
        value={to}
        onChange={setTo}
        options={[
          { value: 'issue', label: t('case.form.anIssue') },
          { value: 'case', label: t('case.form.aCase') },
        ]}
      />
      {to === 'issue' ? (
        <TextInput
          label={t('case.form.whichIssue')}
          description={t('triage.whichHint')}
          data-autofocus
          dir="ltr"
          maxLength={80}
          value={ref}
          onChange={(event) => setRef(event.currentTarget.value)}
        />
      ) : (
        <WhichCase label={t('case.form.whichCase')} but={kase.id} value={ref} onChange={setRef} />
      )}
    </CaseForm>
  );
}

/** Some of the people become a case of their own; what it is about is said anew, since no text goes over. */
export function SplitForm({ kase, versioned, onClose }: FormProps) {
  const { t } = useTranslation();
  const [people, setPeople] = useState<ReadonlySet<string>>(new Set());
  const [title, setTitle] = useState('');
  const [ask, setAsk] = useState('');
  const tick = (person: string) =>
    setPeople((old) =>
      old.has(person) ? new Set([...old].filter((one) => one !== person)) : new Set([...old, person]),
    );
  const send = () =>
    versioned.send({
      fields: [],
      may: (now) => now.can.includes('change'),
      run: (version) =>
        call(splitCase, {
          params: { id: kase.id },
          body: { version, people: [...people], title: title.trim() === '' ? null : title.trim(), ask },
        }),
      done: onClose,
    });
  return (
    <CaseForm
      consequence={t('case.form.splitWhat')}
      act={t('case.act.split')}
      ready={people.size > 0 && people.size < kase.people.length}
      busy={versioned.act.isPending}
      error={versioned.act.error}
      onSend={send}
      onClose={onClose}
    >
      <Whom people={kase.people} chosen={people} onTick={tick} />
      <TextInput
        label={t('case.form.title')}
        maxLength={160}
        dir="auto"
        value={title}
        onChange={(event) => setTitle(event.currentTarget.value)}
      />
      <Textarea
        label={t('case.form.ask')}
        autosize
        minRows={2}
        maxLength={10_000}
        dir="auto"
        value={ask}
        onChange={(event) => setAsk(event.currentTarget.value)}
      />
    </CaseForm>
  );
}

interface WhomProps {
  people: FormProps['kase']['people'];
  chosen: ReadonlySet<string>;
  onTick: (person: string) => void;
}

function Whom({ people, chosen, onTick }: WhomProps) {
  const { t } = useTranslation();
  return (
    <fieldset className="reasons case-ticks">
      <legend>{t('case.form.splitWhom')}</legend>
      {people.map(({ person, role }) => (
        <label key={person}>
          <input type="checkbox" checked={chosen.has(person)} onChange={() => onTick(person)} />
          <span>
            <span className="mono">
              <Words>{person}</Words>
            </span>
            <span className="faint small">{t(`case.role.${role}`)}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
