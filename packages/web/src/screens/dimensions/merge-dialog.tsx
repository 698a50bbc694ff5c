import { Modal, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { Trans, useTranslation } from 'react-i18next';
import { Button } from '../../parts/button.tsx';
import { ErrorNote } from '../../parts/notes.tsx';
import { Words } from '../../parts/user-content.tsx';
import { Said } from './cap-warnings.tsx';
import { useMerge } from './dimension-queries.ts';
import type { Answer } from './dimension-screen.tsx';
import { effectOf } from './dimension-search.ts';

interface MergeDialogProps {
  opened: boolean;
  place: { compartment: string; name: string };
  /** Values with their rows. */
  chosen: ReadonlyMap<string, number>;
  /** Those in sight, to say what a typed one has already. */
  values: Answer['values'];
  onClose: () => void;
  onDone: () => void;
}

/** Values that mean the same become one; a single one gets another name. */
export function MergeDialog(props: MergeDialogProps) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={props.opened}
      onClose={props.onClose}
      title={t(props.chosen.size === 1 ? 'dictionary.rename' : 'dictionary.mergeTitle')}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <MergeForm {...props} />
    </Modal>
  );
}

/** Beyond these the target is typed. */
const OFFERED = 6;

function MergeForm({ place, chosen, values, onClose, onDone }: MergeDialogProps) {
  const { t } = useTranslation();
  const merge = useMerge(place);
  const offered = chosen.size < 2 ? [] : [...chosen].sort((a, b) => b[1] - a[1]).slice(0, OFFERED);
  const [picked, setPicked] = useState<string | null>(offered[0]?.[0] ?? null);
  const [typed, setTyped] = useState('');
  const to = picked ?? typed.trim();
  const effect = effectOf(chosen, to, (value) => values.find((one) => one.value === value)?.rows ?? 0);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    merge.mutate({ from: [...chosen.keys()].filter((value) => value !== to), to }, { onSuccess: onDone });
  };
  return (
    <form className="stack wide" onSubmit={submit}>
      {offered.length > 0 && <Targets offered={offered} picked={picked} onPick={setPicked} />}
      {picked === null && (
        <TextInput
          label={t('dictionary.newName')}
          description={t('dictionary.newNameHint')}
          required
          maxLength={200}
          dir="auto"
          data-autofocus
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      )}
      {to !== '' && effect.values > 0 && <Effect effect={effect} to={to} />}
      {merge.isError && <ErrorNote error={merge.error} />}
      <div className="row">
        <Button look="go" type="submit" busy={merge.isPending} disabled={to === '' || effect.values === 0}>
          {t('dictionary.mergeDo')}
        </Button>
        <Button look="quiet" onClick={onClose}>
          {t('app.cancel')}
        </Button>
      </div>
    </form>
  );
}

interface TargetsProps {
  offered: readonly (readonly [string, number])[];
  /** Null for another one, which is typed. */
  picked: string | null;
  onPick: (value: string | null) => void;
}

function Targets({ offered, picked, onPick }: TargetsProps) {
  const { t } = useTranslation();
  return (
    <fieldset className="reasons">
      <legend>{t('dictionary.into')}</legend>
      {offered.map(([value, rows], index) => (
        <label key={value}>
          <input
            type="radio"
            name="into"
            data-autofocus={index === 0 || undefined}
            checked={picked === value}
            onChange={() => onPick(value)}
          />
          <span>
            <Words>{value}</Words>
            <span className="faint small">{t('dictionary.rowCount', { count: rows })}</span>
          </span>
        </label>
      ))}
      <label>
        <input type="radio" name="into" checked={picked === null} onChange={() => onPick(null)} />
        <span>{t('dictionary.another')}</span>
      </label>
    </fieldset>
  );
}

function Effect({ effect, to }: { effect: ReturnType<typeof effectOf>; to: string }) {
  const { t } = useTranslation();
  const said = (rows: number) => t('dictionary.rowCount', { count: rows });
  return (
    <p className="soft" aria-live="polite">
      <Trans
        t={t}
        i18nKey="dictionary.effect"
        count={effect.values}
        values={{ rows: said(effect.rows), total: said(effect.total) }}
        components={{ to: <Said word={to} /> }}
      />
    </p>
  );
}
