import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from './button.tsx';
import './conflict-dialog.css';
import { ErrorNote } from './notes.tsx';
import { Words } from './user-content.tsx';

/** A thing as it was when somebody began to change it, and whether others have changed it since. */
export function useSeen<T>(now: T, markOf: (one: T) => string | number, saving: boolean) {
  const [seen] = useState(now);
  const met = useRef(false);
  if (!saving) met.current = markOf(seen) !== markOf(now); // what I save myself is no conflict when it comes back
  return { seen, met: met.current };
}

interface Saving {
  readonly isPending: boolean;
  readonly isSuccess: boolean;
}
export const isSaving = ({ isPending, isSuccess }: Saving): boolean => isPending || isSuccess;

export interface Field {
  readonly name: string;
  readonly mine: string;
  readonly theirs: string;
}

interface BothVersionsProps {
  fields: readonly Field[];
  /** Nobody else can change it: the other version is one's own, from another window. */
  own?: boolean;
  busy: boolean;
  onMine: () => void;
  onTheirs: () => void;
}

/** Two people at one form: what each wants, and nothing lost until one of them has been chosen. Stands where Save stood. */
export function BothVersions({ fields, own = false, busy, onMine, onTheirs }: BothVersionsProps) {
  const { t } = useTranslation();
  const say = (what: 'changed' | 'kept' | 'theirHead' | 'theirs' | 'same') =>
    t(own ? `conflict.elsewhere.${what}` : `conflict.${what}`);
  const differing = fields.filter(({ mine, theirs }) => mine !== theirs);
  return (
    <div className="stack" role="alert">
      <p>
        <b>{say('changed')}</b> {say(differing.length > 0 ? 'kept' : 'same')}
      </p>
      {differing.length > 0 && (
        <table className="compared">
          <thead>
            <tr>
              <td />
              <th scope="col">{t('conflict.myHead')}</th>
              <th scope="col">{say('theirHead')}</th>
            </tr>
          </thead>
          <tbody>
            {differing.map(({ name, mine, theirs }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td>{mine === '' ? '–' : <Words>{mine}</Words>}</td>
                <td>{theirs === '' ? '–' : <Words>{theirs}</Words>}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <div className="row wrap">
        <Button look="go" onClick={onTheirs}>
          {say('theirs')}
        </Button>
        {differing.length > 0 && (
          <Button busy={busy} onClick={onMine}>
            {t('conflict.mine')}
          </Button>
        )}
      </div>
    </div>
  );
}

interface FormEndProps {
  save: { readonly isPending: boolean; readonly error: unknown };
  met: boolean;
  fields: () => readonly Field[];
  label: string;
  onMine: () => void;
  onClose: () => void;
}

/** How a form in a dialog ends: to save or to leave it; once somebody else was faster, to choose. */
export function FormEnd({ save, met, fields, label, onMine, onClose }: FormEndProps) {
  const { t } = useTranslation();
  if (met) return <BothVersions fields={fields()} busy={save.isPending} onMine={onMine} onTheirs={onClose} />;
  return (
    <>
      {save.error !== null && <ErrorNote error={save.error} />}
      <div className="row">
        <Button look="go" type="submit" busy={save.isPending}>
          {label}
        </Button>
        <Button look="quiet" onClick={onClose}>
          {t('app.cancel')}
        </Button>
      </div>
    </>
  );
}
