import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from './button.tsx';
import { momentOfField, rangeOfFields, type TimeRange, toField } from './time-range.ts';

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
  const [wrong, setWrong] = useState<'order' | 'format' | null>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const typed = rangeOfFields(from, to);
    const readable = momentOfField(from) !== null && momentOfField(to) !== null;
    setWrong(typed !== null ? null : readable ? 'order' : 'format');
    if (typed) onRange(typed);
  };
  return (
    <form className="range-fields" onSubmit={submit} aria-label={t('range.label')}>
      <MomentField label={t('range.from')} value={from} onChange={setFrom} />
      <MomentField label={t('range.to')} value={to} onChange={setTo} />
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
          {t(wrong === 'order' ? 'range.wrong' : 'range.unreadable')}
        </span>
      )}
    </form>
  );
}

/** Not `datetime-local`: the browser would show it in a format of its own, with a.m. and p.m. beside our 24 hours. */
function MomentField({ label, value, onChange }: { label: string; value: string; onChange: (value: string) => void }) {
  const { t } = useTranslation();
  return (
    <label>
      <span>{label}</span>
      <input
        dir="ltr"
        required
        autoComplete="off"
        placeholder={t('range.format')}
        title={t('range.hint')}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </label>
  );
}
