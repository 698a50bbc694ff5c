import type { DimensionView } from '@groundswell/contract';
import { Link } from '@tanstack/react-router';
import type { RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { useKeys } from '../../parts/keys.tsx';
import { useListKeys } from '../../parts/list-keys.ts';
import { sayNumber, sayShare } from '../../parts/numbers.ts';
import { Scroller } from '../../parts/scroller.tsx';
import { useSteadyList, WaitingRows } from '../../parts/steady-rows.tsx';
import { Time } from '../../parts/time.tsx';
import { Words } from '../../parts/user-content.tsx';
import type { Answer } from './dimension-screen.tsx';
import { MergedSpellings } from './merged-spellings.tsx';

type Value = Answer['values'][number];

interface ValueTableProps {
  values: readonly Value[];
  /** Which list these are: another page or another order is another one. */
  list: string;
  dimension: DimensionView;
  /** Then the rows of all sources are no measure of a share. */
  ofOneSource: boolean;
  chosen: ReadonlyMap<string, number>;
  onChoose: (chosen: ReadonlyMap<string, number>) => void;
  onMerge: () => void;
  mayMerge: boolean;
}

export function ValueTable(props: ValueTableProps) {
  const { dimension, ofOneSource, chosen, onChoose, onMerge, mayMerge } = props;
  const { t } = useTranslation();
  const keys = useListKeys<HTMLTableSectionElement>();
  const steady = useSteadyValues(props, keys.list);
  const values = steady.rows;
  const whole = ofOneSource ? values.reduce((sum, { rows }) => Math.max(sum, rows), 1) : Math.max(dimension.rows, 1);
  const toggle = ({ value, rows }: Value) => {
    const next = new Map(chosen);
    if (!next.delete(value)) next.set(value, rows);
    onChoose(next);
  };
  useChoiceKeys(mayMerge, { at: () => values.find(({ value }) => value === keys.at), toggle, chosen, onMerge });
  return (
    <Scroller label={t('dictionary.values')}>
      <WaitingRows count={steady.waiting} onTakeIn={steady.takeIn} />
      <table className="dictionary values">
        <Head mayMerge={mayMerge} />
        <tbody ref={keys.list}>
          {values.map((one) => (
            <tr key={one.value} data-row={one.value} aria-current={one.value === keys.at || undefined}>
              {mayMerge && (
                <td className="value-choose">
                  <input
                    type="checkbox"
                    aria-label={t('dictionary.chooseOne', { value: one.value })}
                    checked={chosen.has(one.value)}
                    onChange={() => toggle(one)}
                  />
                </td>
              )}
              <ValueCells one={one} name={dimension.name} whole={whole} isShare={!ofOneSource} mayMerge={mayMerge} />
            </tr>
          ))}
        </tbody>
      </table>
    </Scroller>
  );
}

/** What was merged here is another list at once: whoever merged it wants to see that. */
function useSteadyValues({ values, list }: ValueTableProps, region: RefObject<HTMLTableSectionElement | null>) {
  const merged = values.reduce((sum, one) => sum + one.merged.length, 0);
  return useSteadyList(values, ({ value }) => value, { region, list: `${list} ${merged}` });
}

function Head({ mayMerge }: { mayMerge: boolean }) {
  const { t } = useTranslation();
  return (
    <thead>
      <tr>
        {mayMerge && (
          <th>
            <span className="unseen">{t('dictionary.choose')}</span>
          </th>
        )}
        <th>{t('dictionary.value')}</th>
        <th className="end">{t('dictionary.rows')}</th>
        <th>{t('dictionary.share')}</th>
        <th>{t('dictionary.first')}</th>
        <th>{t('dictionary.last')}</th>
      </tr>
    </thead>
  );
}

interface Choice {
  at: () => Value | undefined;
  toggle: (one: Value) => void;
  chosen: ReadonlyMap<string, number>;
  onMerge: () => void;
}

function useChoiceKeys(mayMerge: boolean, { at, toggle, chosen, onMerge }: Choice) {
  const { t } = useTranslation();
  const choose = () => {
    const one = at();
    if (one) toggle(one);
  };
  useKeys(
    mayMerge
      ? [
          { name: 'values.choose', label: t('dictionary.chooseKey'), run: choose },
          { name: 'values.merge', label: t('dictionary.mergeKey'), run: () => chosen.size > 0 && onMerge() },
        ]
      : [],
  );
}

interface ValueCellsProps {
  one: Value;
  name: string;
  /** What a full bar stands for: all rows of the dimension; of one source, its largest value. */
  whole: number;
  isShare: boolean;
  mayMerge: boolean;
}

function ValueCells({ one, name, whole, isShare, mayMerge }: ValueCellsProps) {
  const { i18n } = useTranslation();
  return (
    <>
      <td className="value-words">
        <Link to="/signals" search={{ d: [`${name}:${one.value}`] }} className="link">
          <Words>{one.value}</Words>
        </Link>
        {one.merged.length > 0 && <MergedSpellings merges={one.merged} into={one.value} name={name} may={mayMerge} />}
      </td>
      <td className="end">{sayNumber(one.rows, i18n.language)}</td>
      <td className="value-share">
        <span className="value-bar" aria-hidden="true">
          <i style={{ inlineSize: `${(one.rows / whole) * 100}%` }} />
        </span>
        {isShare && <Share share={one.rows / whole} />}
      </td>
      <td>
        <Time at={one.firstAt} show="day" />
      </td>
      <td>
        <Time at={one.lastAt} show="day" />
      </td>
    </>
  );
}

const LEAST = 0.001;

/** A share that rounds to nothing is still something. */
function Share({ share }: { share: number }) {
  const { t, i18n } = useTranslation();
  const said = sayShare(Math.max(share, LEAST), i18n.language);
  return <span className="small faint nowrap">{share < LEAST ? t('dictionary.lessThan', { share: said }) : said}</span>;
}
