import { AGAINST, type Against, explainSignals, type SignalExplanation } from '@groundswell/contract';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call, isRefusal } from '../../api/call.ts';
import { useActs } from '../../parts/acts.ts';
import { Button } from '../../parts/button.tsx';
import { ExplanationView } from '../../parts/explanation-view.tsx';
import { KeyHint } from '../../parts/key-hint.tsx';
import { useKeys } from '../../parts/keys.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { Panel } from '../../parts/page.tsx';
import { RangeFields } from '../../parts/range-fields.tsx';
import { SHORTCUTS } from '../../parts/shortcuts.ts';
import type { TimeRange } from '../../parts/time-range.ts';
import { filterOf, type SignalSearch } from './signal-search.ts';

interface ExplainProps {
  search: SignalSearch;
  onSearch: (search: SignalSearch) => void;
}

const DAY_MS = 86_400_000;

const explanation = (search: SignalSearch) => {
  const { explain, againstFrom, againstTo, againstQ } = search;
  const query = {
    ...filterOf(search),
    against: explain ?? 'previous',
    ...(explain === 'range' && { againstFrom, againstTo }),
    ...(explain === 'others' && againstQ !== undefined && { againstQ }),
  };
  return queryOptions({
    queryKey: ['signals', 'explanation', query],
    queryFn: () => call(explainSignals, { query }),
    staleTime: 60_000, // up to a second of computing: not again for every look at the same
  });
};

const put = (search: SignalSearch, explain: Against | undefined, change: Partial<SignalSearch> = {}): SignalSearch => ({
  ...search,
  explain,
  againstFrom: undefined,
  againstTo: undefined,
  againstQ: undefined,
  ...change,
});

/** Puts the explanation on or takes it away; both are one key. */
export function ExplainButton({ search, onSearch }: ExplainProps) {
  const { t } = useTranslation();
  const on = search.explain !== undefined;
  const toggle = () => onSearch(put(search, on ? undefined : 'previous'));
  const label = t(SHORTCUTS['signals.explain'].words);
  useKeys([{ name: 'signals.explain', label, run: toggle }]);
  useActs([{ label, icon: 'proof', shortcut: 'signals.explain', run: toggle }]);
  return (
    <Button icon="proof" aria-pressed={on} onClick={toggle}>
      {t('explanation.this')} <KeyHint of="signals.explain" />
    </Button>
  );
}

/** What was selected, held against a time or against the others. */
export function ExplainPanel({ search, onSearch }: ExplainProps) {
  const { t } = useTranslation();
  const query = useQuery(explanation(search));
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    box.current?.scrollIntoView({ block: 'nearest' }); // new browsers answer with a promise, which is no way to clean up
  }, []);
  const refused = isRefusal(query.error, 'request.invalid') && search.explain !== 'others';
  return (
    <div ref={box} className="explain-panel">
      <Panel
        title={t('where.title')}
        aside={
          <Button small look="quiet" icon="x" onClick={() => onSearch(put(search, undefined))}>
            {t('explanation.close')}
          </Button>
        }
      >
        <Baseline search={search} onSearch={onSearch} known={query.data} />
        <Loaded query={query} lines={5} isEmpty={() => false} empty="">
          {(known) => <ExplanationView of={known} />}
        </Loaded>
        {refused && (
          <p className="explain-elsewhere">
            <Button small onClick={() => onSearch(put(search, 'others'))}>
              {t('explanation.refused')}
            </Button>
          </p>
        )}
      </Panel>
    </div>
  );
}

/** A time to begin with: four weeks that end where the selection begins. */
function beforeOf(search: SignalSearch, known: SignalExplanation | undefined): TimeRange {
  const end = Date.parse(known?.window.from ?? search.from ?? new Date().toISOString());
  return { from: new Date(end - 28 * DAY_MS).toISOString(), to: new Date(end).toISOString() };
}

function Baseline({ search, onSearch, known }: ExplainProps & { known: SignalExplanation | undefined }) {
  const { t } = useTranslation();
  const { explain, againstFrom, againstTo } = search;
  const choose = (next: Against) => {
    const { from, to } = beforeOf(search, known);
    onSearch(put(search, next, next === 'range' ? { againstFrom: from, againstTo: to } : {}));
  };
  const range = againstFrom && againstTo ? { from: againstFrom, to: againstTo } : beforeOf(search, known);
  return (
    <div className="explain-tools">
      <label>
        <span className="small faint">{t('explanation.against')}</span>
        <select className="plain" value={explain} onChange={(event) => choose(event.target.value as Against)}>
          {AGAINST.map((one) => (
            <option key={one} value={one}>
              {t(`explanation.option.${one}`)}
            </option>
          ))}
        </select>
      </label>
      {explain === 'range' && (
        <RangeFields
          key={range.from + range.to}
          range={range}
          chosen={false}
          onRange={(said) => said && onSearch({ ...search, againstFrom: said.from, againstTo: said.to })}
        />
      )}
      {explain === 'others' && <OnlyOthers search={search} onSearch={onSearch} />}
    </div>
  );
}

/** Not all others: those that a search finds. */
function OnlyOthers({ search, onSearch }: ExplainProps) {
  const { t } = useTranslation();
  const [words, setWords] = useState(search.againstQ ?? '');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSearch({ ...search, againstQ: words.trim() || undefined });
  };
  return (
    <form onSubmit={submit} className="row wrap bottom">
      <label>
        <span className="small faint">{t('explanation.onlyOthers')}</span>
        <input className="plain" dir="auto" value={words} onChange={(event) => setWords(event.target.value)} />
      </label>
      <Button small type="submit">
        {t('range.apply')}
      </Button>
    </form>
  );
}
