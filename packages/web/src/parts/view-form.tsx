import type { ViewShare } from '@groundswell/contract';
import { TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from './button.tsx';

interface ViewFormProps {
  teams: readonly { id: string; name: string }[];
  /** A view that is changed; none for a new one. */
  start?: { name: string; share: ViewShare; team: string | null };
  label: string;
  act: string;
  busy: boolean;
  /** Told of each letter and choice, for whoever keeps them beyond this form. */
  onTyped?: (name: string, share: ViewShare) => void;
  onDone: (name: string, share: ViewShare, clear: () => void) => void;
  onCancel?: () => void;
}

const wordOf = (share: ViewShare): string => (share.with === 'team' ? share.team : share.with);
const shareOf = (word: string): ViewShare =>
  word === 'private' || word === 'everyone' ? { with: word } : { with: 'team', team: word };

/** What a view is called, and for whom it is. */
export function ViewForm({ teams, start, label, act, busy, onTyped, onDone, onCancel }: ViewFormProps) {
  const { t } = useTranslation();
  const [name, setName] = useState(start?.name ?? '');
  const [share, setShare] = useState(start ? wordOf(start.share) : 'private');
  const left = start?.share.with === 'team' && !teams.some(({ id }) => id === wordOf(start.share));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onDone(name.trim(), shareOf(share), () => setName(''));
  };
  return (
    <form className="stack" onSubmit={submit}>
      <TextInput
        label={label}
        required
        maxLength={100}
        dir="auto"
        data-autofocus
        value={name}
        onChange={({ currentTarget: { value } }) => {
          setName(value);
          onTyped?.(value, shareOf(share));
        }}
      />
      <label className="row">
        <span>{t('views.for')}</span>
        <select
          className="plain"
          value={share}
          onChange={({ target: { value } }) => {
            setShare(value);
            onTyped?.(name, shareOf(value));
          }}
        >
          <option value="private">{t('views.private')}</option>
          {left && <option value={wordOf(start!.share)}>{t('views.team', { name: start!.team ?? '' })}</option>}
          {teams.map((team) => (
            <option key={team.id} value={team.id}>
              {t('views.team', { name: team.name })}
            </option>
          ))}
          <option value="everyone">{t('views.everyone')}</option>
        </select>
      </label>
      <div className="row">
        <Button look={start ? 'plain' : 'go'} type="submit" busy={busy} disabled={name.trim() === ''}>
          {act}
        </Button>
        {onCancel && (
          <Button look="quiet" onClick={onCancel}>
            {t('app.cancel')}
          </Button>
        )}
      </div>
    </form>
  );
}
