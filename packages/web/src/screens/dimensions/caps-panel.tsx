import { type DimensionView, VALUES_CAP_MAX } from '@groundswell/contract';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../parts/button.tsx';
import { ErrorNote } from '../../parts/notes.tsx';
import { sayNumber } from '../../parts/numbers.ts';
import { Panel } from '../../parts/page.tsx';
import { Scroller } from '../../parts/scroller.tsx';
import { Words } from '../../parts/user-content.tsx';
import { isFull } from './cap-warnings.tsx';
import { useSetCap } from './dimension-queries.ts';

type AtSource = DimensionView['sources'][number];

/** How many values each source may tell apart, and how many it does. */
export function CapsPanel({ dimension, maySet }: { dimension: DimensionView; maySet: boolean }) {
  const { t } = useTranslation();
  const [editing, setEditing] = useState<string | null>(null);
  return (
    <Panel title={t('dictionary.caps')} aside={<span className="no-phone">{t('dictionary.capsWhy')}</span>}>
      <Scroller label={t('dictionary.caps')}>
        <table className="dictionary">
          <thead>
            <tr>
              <th>{t('dictionary.source')}</th>
              <th className="end">{t('dictionary.values')}</th>
              <th className="end">{t('dictionary.asOther')}</th>
              <th className="end">{t('dictionary.cap')}</th>
              {maySet && (
                <th>
                  <span className="unseen">{t('dictionary.changeCap')}</span>
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {dimension.sources.map((source) => (
              <CapRow
                key={source.sourceId}
                source={source}
                name={dimension.name}
                maySet={maySet}
                editing={editing === source.sourceId}
                onEdit={setEditing}
              />
            ))}
          </tbody>
        </table>
      </Scroller>
    </Panel>
  );
}

interface CapRowProps {
  source: AtSource;
  name: string;
  maySet: boolean;
  editing: boolean;
  onEdit: (sourceId: string | null) => void;
}

function CapRow({ source, name, maySet, editing, onEdit }: CapRowProps) {
  const { t, i18n } = useTranslation();
  const number = (value: number) => sayNumber(value, i18n.language);
  return (
    <>
      <tr>
        <td>
          <Words>{source.sourceName}</Words>
        </td>
        <td className="end">{number(source.values)}</td>
        <td className={isFull(source) ? 'end is-warn' : 'end faint'}>{number(source.cappedRows)}</td>
        <td className="end">
          <b>{number(source.cap)}</b>
        </td>
        {maySet && (
          <td className="end">
            {!editing && (
              <Button small icon="pen" onClick={() => onEdit(source.sourceId)}>
                {t('dictionary.changeCap')}
              </Button>
            )}
          </td>
        )}
      </tr>
      {editing && (
        <tr>
          <td colSpan={5}>
            <CapForm source={source} name={name} onDone={() => onEdit(null)} />
          </td>
        </tr>
      )}
    </>
  );
}

const CAP_MIN = 10;

function CapForm({ source, name, onDone }: { source: AtSource; name: string; onDone: () => void }) {
  const { t, i18n } = useTranslation();
  const change = useSetCap({ name });
  const field = useRef<HTMLInputElement>(null);
  const [cap, setCap] = useState(String(source.cap));
  useEffect(() => field.current?.select(), []); // the press before asked for it
  const value = Number(cap);
  const fits = Number.isInteger(value) && value >= CAP_MIN && value <= VALUES_CAP_MAX;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (fits) change.mutate({ sourceId: source.sourceId, cap: value }, { onSuccess: onDone });
  };
  return (
    <form className="cap-form" onSubmit={submit} noValidate>
      <label className="stack tight">
        <span>{t('dictionary.newCap')}</span>
        <input
          className="plain-field"
          inputMode="numeric"
          ref={field}
          aria-invalid={!fits}
          aria-describedby="cap-effect"
          value={cap}
          onChange={(event) => setCap(event.target.value.trim())}
        />
      </label>
      <p id="cap-effect" className={fits ? 'small faint' : 'small is-bad'}>
        {fits
          ? t(value < source.values ? 'dictionary.capLower' : 'dictionary.capEffect')
          : t('dictionary.capWrong', { max: sayNumber(VALUES_CAP_MAX, i18n.language), min: CAP_MIN })}
      </p>
      {change.isError && <ErrorNote error={change.error} />}
      <div className="row">
        <Button look="go" small type="submit" busy={change.isPending} disabled={!fits || value === source.cap}>
          {t('dictionary.capSave')}
        </Button>
        <Button look="quiet" small onClick={onDone}>
          {t('app.cancel')}
        </Button>
      </div>
    </form>
  );
}
