import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import './chart-frame.css';
import { useKeys } from './keys.tsx';
import { Scroller } from './scroller.tsx';

export interface TableTwin {
  caption: string;
  head: readonly string[];
  /** The first cell of a row names it; the others are numbers. */
  rows: readonly (readonly string[])[];
}

interface ChartFrameProps {
  /** The finding in one sentence that a manager can repeat. */
  sentence: ReactNode;
  legend?: ReactNode;
  /** What is counted and per what, in words, once. */
  unit?: string;
  picture: ReactNode;
  table: TableTwin;
  /** More controls beside the table switch. */
  controls?: ReactNode;
  /** False where another chart of the page has the key of the table switch. */
  keyed?: boolean;
}

/** Sentence, legend, picture, and the same numbers as a table one key away. */
export function ChartFrame({ sentence, legend, unit, picture, table, controls, keyed = true }: ChartFrameProps) {
  const { t } = useTranslation();
  const [asTable, setAsTable] = useState(false);
  useKeys(keyed ? [{ name: 'chart.table', label: t('chart.toggleKey'), run: () => setAsTable((on) => !on) }] : []);
  return (
    <figure className={legend ? 'chart-frame' : 'chart-frame plain'}>
      <figcaption className="finding">{sentence}</figcaption>
      <div className="row wrap chart-tools">
        {legend && <div className="legend">{legend}</div>}
        <span className="row wrap push">
          {unit && <span className="faint small no-phone">{unit}</span>}
          {controls}
          <button type="button" className="link small" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
            {t(asTable ? 'chart.picture' : 'chart.table')}
          </button>
        </span>
      </div>
      {asTable ? <Twin table={table} /> : picture}
    </figure>
  );
}

function Twin({ table }: { table: TableTwin }) {
  return (
    <Scroller className="twin" label={table.caption}>
      <table>
        <caption className="unseen">{table.caption}</caption>
        <thead>
          <tr>
            {table.head.map((name, index) => (
              <th key={name} scope="col" className={index > 0 ? 'end' : undefined}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row) => (
            <tr key={row[0]}>
              {row.map((cell, index) =>
                index === 0 ? (
                  <th key={table.head[0]} scope="row">
                    {cell}
                  </th>
                ) : (
                  <td key={table.head[index]} className="end">
                    {cell}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroller>
  );
}

/** The one sentence a page opens with. */
export function Finding({ children }: { children: ReactNode }) {
  return <p className="finding key">{children}</p>;
}

/** One entry of a legend: a swatch of the thing itself and its name. */
export function LegendEntry({ look, children }: { look: 'band' | 'observed' | 'excess'; children: string }) {
  return (
    <span>
      <svg viewBox="0 0 22 10" aria-hidden="true">
        {look === 'band' && <rect width="22" height="8" y="1" className="c-band" />}
        {look === 'observed' && <path d="M1 5h20" className="c-observed" />}
        {look === 'excess' && <path d="M1 8 21 2" className="c-excess-line" />}
      </svg>
      {children}
    </span>
  );
}
