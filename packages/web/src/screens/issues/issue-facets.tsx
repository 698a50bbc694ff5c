import { type IssueFacet, valuesAsked, withField, withoutField } from '@groundswell/contract';
import { Popover } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Button } from '../../parts/button.tsx';
import { useKeys } from '../../parts/keys.tsx';
import { sayNumber } from '../../parts/numbers.ts';
import { Words } from '../../parts/user-content.tsx';

interface IssueFacetsProps {
  facets: readonly IssueFacet[];
  q: string;
  onQuery: (q: string) => void;
}

/** What most people look for first, and then by owner and by state; how many there would be stands beside each. */
export function IssueFacets({ facets, q, onQuery }: IssueFacetsProps) {
  const { t } = useTranslation();
  const of = (name: IssueFacet['name']) => facets.find((facet) => facet.name === name)?.values ?? [];
  const mine = () => onQuery(toggled(q, 'owner', 'me'));
  useKeys([{ name: 'issues.mine', label: t('issues.mineKey'), run: mine }]);
  const chip = (field: 'owner' | 'is', value: string, words: string) => (
    <Chip
      words={words}
      count={of(field).find((one) => one.value === value)?.count}
      on={valuesAsked(q, field).includes(value)}
      onPress={() => onQuery(toggled(q, field, value))}
    />
  );
  const people = of('owner').filter(({ value }) => value !== 'me' && value !== 'nobody');
  const compartments = of('compartment');
  const severities = of('severity');
  return (
    <fieldset className="issue-facets" aria-label={t('issues.facet.label')}>
      {chip('owner', 'me', t('issues.facet.mine'))}
      {chip('owner', 'nobody', t('issues.facet.nobodys'))}
      {chip('is', 'unread', t('issues.facet.unread'))}
      {chip('is', 'followed', t('issues.facet.followed'))}
      <Choices
        field="owner"
        values={people}
        further={{ title: t('issues.facet.team'), values: of('team') }}
        {...{ q, onQuery }}
      />
      <Choices field="severity" values={severities.length > 0 ? severities : SEVERITIES} {...{ q, onQuery }} />
      <Choices field="state" values={of('state')} {...{ q, onQuery }} />
      {compartments.length > 1 && <Choices field="compartment" values={compartments} {...{ q, onQuery }} />}
      {q !== '' && (
        <Button small look="quiet" icon="x" onClick={() => onQuery('')}>
          {t('issues.facet.clear')}
        </Button>
      )}
    </fieldset>
  );
}

/** Of one field any of several will do; what an issue is to its reader must all hold. */
function toggled(q: string, field: string, value: string): string {
  const before = valuesAsked(q, field);
  const next = before.includes(value) ? before.filter((one) => one !== value) : [...before, value];
  if (field !== 'is') return withField(q, field, next);
  return [withoutField(q, field), ...next.map((one) => `is:${one}`)].filter((part) => part !== '').join(' ');
}

interface ChipProps {
  words: string;
  count: number | undefined;
  on: boolean;
  onPress: () => void;
}

function Chip({ words, count, on, onPress }: ChipProps) {
  return (
    <button type="button" className="facet-chip" aria-pressed={on} onClick={onPress}>
      {words} <Count of={count} />
    </button>
  );
}

function Count({ of }: { of: number | undefined }) {
  const { i18n } = useTranslation();
  return <span className="facet-count">{of === undefined ? '' : sayNumber(of, i18n.language)}</span>;
}

type Values = readonly (Omit<IssueFacet['values'][number], 'count'> & { count?: number })[];

/** Four at all times; how many there are of each is counted once one of them is asked for. */
const SEVERITIES: Values = ['S1', 'S2', 'S3', 'S4'].map((value) => ({ value, label: value }));

interface ChoicesProps {
  field: 'owner' | 'state' | 'severity' | 'compartment';
  values: Values;
  further?: { title: string; values: Values };
  q: string;
  onQuery: (q: string) => void;
}

/** Behind one button: the values of a field, each to be ticked. */
function Choices({ field, values, further, q, onQuery }: ChoicesProps) {
  const { t } = useTranslation();
  const asked = valuesAsked(q, field).filter((value) => field !== 'owner' || (value !== 'me' && value !== 'nobody'));
  // what is asked for stays in sight, however few there are of it
  const known = new Set([...values, ...(further?.values ?? [])].map(({ value }) => value));
  const typed = asked.filter((value) => !known.has(value)).map((value) => ({ value, label: value, count: 0 }));
  const groups = [
    { title: t(`issues.facet.${field}`), values: [...values, ...typed] },
    ...(further && further.values.length > 0 ? [further] : []),
  ].filter((group) => group.values.length > 0);
  if (groups.length === 0) return null;
  return (
    <Popover position="bottom-start" width={260} withinPortal trapFocus returnFocus shadow="md">
      <Popover.Target>
        <button type="button" className="facet-chip" data-on={asked.length > 0 || undefined}>
          {t(`issues.facet.${field}`)}
          {asked.length > 0 && <span className="facet-count">{asked.length}</span>}
          <span aria-hidden="true" className="facet-arrow" />
        </button>
      </Popover.Target>
      <Popover.Dropdown className="facet-list" aria-label={t(`issues.facet.${field}`)}>
        {groups.map((group, first) => (
          <fieldset key={group.title}>
            <legend>{group.title}</legend>
            {group.values.map(({ value, label, count }, i) => (
              <label key={value}>
                <input
                  type="checkbox"
                  data-autofocus={(first === 0 && i === 0) || undefined}
                  checked={asked.includes(value)}
                  onChange={() => onQuery(toggled(q, field, value))}
                />
                <span className="clip">
                  {field === 'state' ? t(`issue.state.${label}`, { defaultValue: label }) : <Words>{label}</Words>}
                </span>
                <Count of={count} />
              </label>
            ))}
          </fieldset>
        ))}
      </Popover.Dropdown>
    </Popover>
  );
}
