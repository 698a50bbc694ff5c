import type { IssueRow, listOwners, ReplyOf } from '@groundswell/contract';
import { Modal } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { owners, useAssignIssues } from '../../api/owner-queries.ts';
import { session } from '../../api/session.ts';
import { Button } from '../../parts/button.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { ErrorNote } from '../../parts/notes.tsx';
import { Words } from '../../parts/user-content.tsx';
import { BulkEcho } from './bulk-echo.tsx';
import { BulkResult } from './bulk-result.tsx';

interface AssignDialogProps {
  opened: boolean;
  frozen: readonly IssueRow[];
  now: readonly IssueRow[];
  onClose: () => void;
  onDone: () => void;
}

/** To whom, and exactly which issues that changes; then what became of each where it was not all. */
export function AssignDialog({ opened, frozen, now, onClose, onDone }: AssignDialogProps) {
  const { t } = useTranslation();
  const assign = useAssignIssues();
  const query = useQuery({ ...owners(), enabled: opened });
  const close = () => {
    assign.reset();
    onClose();
  };
  if (assign.data?.some(({ outcome }) => outcome === 'refused'))
    return <BulkResult outcomes={assign.data} frozen={frozen} opened={opened} onClose={close} />;
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={t('bulk.title.assign')}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <Loaded query={query} lines={4} isEmpty={() => false} empty="">
        {({ people }) => (
          <AssignForm
            people={people}
            frozen={frozen}
            now={now}
            busy={assign.isPending}
            error={assign.error}
            onClose={close}
            onGive={(issues, owner) =>
              assign.mutate(
                { issues, owner },
                {
                  onSuccess: (outcomes) => {
                    onDone();
                    if (outcomes.every(({ outcome }) => outcome === 'done')) close();
                  },
                },
              )
            }
          />
        )}
      </Loaded>
    </Modal>
  );
}

type Person = ReplyOf<typeof listOwners>['people'][number];
interface Choice {
  readonly id: string | null;
  readonly label: string;
  readonly name: string;
  /** Where they may see what is in it; null for nobody, who needs to see nothing. */
  readonly compartments: readonly string[] | null;
}

/** Me first, then nobody, then the others by name; those whose name holds what was typed. */
function useChoices(people: readonly Person[], begun: string): readonly Choice[] {
  const { t } = useTranslation();
  const me = useQuery(session()).data?.me?.id;
  const said = begun.trim().toLocaleLowerCase();
  const asChoice = ({ id, name, compartments }: Person): Choice => ({
    id,
    name,
    label: id === me ? t('bulk.whoMe', { name }) : name,
    compartments,
  });
  const nobody: Choice = { id: null, name: t('bulk.whoNobody'), label: t('bulk.whoNobody'), compartments: null };
  return [
    ...people.filter(({ id }) => id === me).map(asChoice),
    nobody,
    ...people.filter(({ id }) => id !== me).map(asChoice),
  ].filter(({ label }) => label.toLocaleLowerCase().includes(said));
}

interface AssignFormProps {
  people: readonly Person[];
  frozen: readonly IssueRow[];
  now: readonly IssueRow[];
  busy: boolean;
  error: unknown;
  onClose: () => void;
  onGive: (issues: readonly IssueRow[], owner: string | null) => void;
}

function AssignForm({ people, frozen, now, busy, error, onClose, onGive }: AssignFormProps) {
  const { t } = useTranslation();
  const [begun, setBegun] = useState('');
  const [at, setAt] = useState(0);
  const choices = useChoices(people, begun);
  const choice = choices[Math.min(at, choices.length - 1)];
  const why = useWhyNot(choice);
  const can = frozen.filter((row) => why(row) === null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (choice && can.length > 0) onGive(can, choice.id);
  };
  return (
    <form className="stack wide" onSubmit={submit}>
      <WhoField
        begun={begun}
        choices={choices}
        at={choice ? choices.indexOf(choice) : -1}
        onBegun={(next) => {
          setBegun(next);
          setAt(0);
        }}
        onAt={setAt}
      />
      {choice && (
        <BulkEcho
          of={choice.id === null ? 'unassign' : 'assign'}
          who={choice.name}
          frozen={frozen}
          now={now}
          why={why}
        />
      )}
      {error !== null && <ErrorNote error={error} />}
      <div className="row">
        <Button look="go" type="submit" busy={busy} disabled={can.length === 0 || !choice}>
          {t('bulk.do.assign', { count: choice ? can.length : 0 })}
        </Button>
        <Button look="quiet" onClick={onClose}>
          {t('app.cancel')}
        </Button>
      </div>
    </form>
  );
}

/** Why an issue stays whose it is. */
function useWhyNot(choice: Choice | undefined): (row: IssueRow) => string | null {
  const { t } = useTranslation();
  return (row) => {
    if (!choice) return '';
    const { id, name: who, compartments } = choice;
    if (row.can.length === 0) return t('bulk.why.assignMay');
    if ((row.owner?.id ?? null) === id)
      return t(id === null ? 'bulk.why.unassignSame' : 'bulk.why.assignSame', { who });
    if (compartments === null || compartments.includes(row.compartment)) return null;
    return t('bulk.why.assignHidden', { who, compartment: row.compartment });
  };
}

interface WhoFieldProps {
  begun: string;
  choices: readonly Choice[];
  at: number;
  onBegun: (begun: string) => void;
  onAt: (at: number) => void;
}

/** Typing narrows down, arrows choose, Enter gives: the focus stays in the field. */
function WhoField({ begun, choices, at, onBegun, onAt }: WhoFieldProps) {
  const { t } = useTranslation();
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  // the dialog may have opened before those who are offered were known
  useEffect(() => field.current?.focus(), []);
  const onKey = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step === 0 || choices.length === 0) return;
    event.preventDefault();
    const next = (at + step + choices.length) % choices.length;
    onAt(next);
    document.getElementById(`${id}-${next}`)?.scrollIntoView({ block: 'nearest' });
  };
  return (
    <div className="stack tight">
      <label htmlFor={`${id}-field`}>{t('bulk.who')}</label>
      <div className="search-field">
        <input
          id={`${id}-field`}
          ref={field}
          data-autofocus
          dir="auto"
          autoComplete="off"
          spellCheck={false}
          role="combobox"
          aria-expanded="true"
          aria-autocomplete="list"
          aria-controls={id}
          aria-activedescendant={at >= 0 ? `${id}-${at}` : undefined}
          placeholder={t('bulk.whoHint')}
          value={begun}
          onChange={(event) => onBegun(event.target.value)}
          onKeyDown={onKey}
        />
      </div>
      <WhoList id={id} choices={choices} at={at} onAt={onAt} />
      <p role="status" className={choices.length === 0 ? 'small soft' : 'unseen'}>
        {choices.length === 0 && t('bulk.noWho')}
      </p>
    </div>
  );
}

/** The focus stays in the field: the pointer must not take it away. */
function WhoList({ id, choices, at, onAt }: { id: string } & Pick<WhoFieldProps, 'choices' | 'at' | 'onAt'>) {
  const { t } = useTranslation();
  return (
    <div id={id} role="listbox" aria-label={t('bulk.who')} className="who-list">
      {choices.map((choice, i) => (
        <div
          key={choice.id ?? 'nobody'}
          id={`${id}-${i}`}
          role="option"
          tabIndex={-1}
          aria-selected={i === at}
          className="query-option"
          onPointerDown={(event) => {
            event.preventDefault();
            onAt(i);
          }}
        >
          <span className="clip">
            <Words>{choice.label}</Words>
          </span>
        </div>
      ))}
    </div>
  );
}
