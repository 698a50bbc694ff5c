import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from './button.tsx';
import { rangeOfFields, type TimeRange, toField } from './time-range.ts';

interface RangeFieldsProps {
  /** What holds now: the chosen range, or the whole stretch that is shown. */
  range: TimeRange;
  chosen: boolean;
  onRange: (range: TimeRange | null) => void;
}

/** The typed twin of dragging over the histogram. */
export function RangeFields({ range, chosen, onRange }: RangeFieldsProps) {
  const { t } = useTranslation();
  const [from, setFrom] = useState(toField(range.from));
  const [to, setTo] = useState(toField(range.to));
  const [wrong, setWrong] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const typed = rangeOfFields(from, to);
    setWrong(typed === null);
    if (typed) onRange(typed);
  };
  return (
    <form className="range-fields" onSubmit={submit} aria-label={t('range.label')}>
      <label>
        <span>{t('range.from')}</span>
        <input type="datetime-local" required value={from} onChange={(event) => setFrom(event.target.value)} />
      </label>
      <label>
        <span>{t('range.to')}</span>
        <input type="datetime-local" required value={to} onChange={(event) => setTo(event.target.value)} />
      </label>
      <Button small type="submit">
        {t('range.apply')}
      </Button>
      {chosen && (
        <Button small look="quiet" onClick={() => onRange(null)}>
          {t('range.all')}
        </Button>
      )}
      {wrong && (
        <span role="alert" className="is-bad small">
          {t('range.wrong')}
        </span>
      )}
    </form>
  );
}
