import type { SignalExplanation } from '@groundswell/contract';
import { Trans, useTranslation } from 'react-i18next';
import { ChartFrame } from './chart-frame.tsx';
import {
  type Cell,
  cellsOf,
  oneValue,
  sayCondition,
  sayCount,
  sayDimension,
  sayMore,
  saySlice,
} from './explanation.ts';
import { Scroller } from './scroller.tsx';
import { Words } from './user-content.tsx';

type Grid = NonNullable<SignalExplanation['grid']>;

/** Two dimensions against each other: the darker, the more beyond what was expected. Every cell has its number. */
export function ExplanationGrid({ grid }: { grid: Grid }) {
  const { t, i18n } = useTranslation();
  const cells = cellsOf(grid);
  const all = cells.flat();
  const most = all.reduce<Cell | undefined>((best, one) => (best && best.depth >= one.depth ? best : one), undefined);
  if (most === undefined || most.depth <= 0) return null;
  const count = (value: number) => sayCount(value, i18n.language);
  const said = ({ row, column }: Cell) =>
    saySlice([oneValue(grid.rows.dimension, row), oneValue(grid.columns.dimension, column)], t, i18n.language);
  return (
    <ChartFrame
      keyed={false}
      sentence={
        <Trans
          t={t}
          i18nKey="explanation.grid.finding"
          values={{ observed: count(most.observed), expected: count(most.expected) }}
          components={{ slice: <Words>{said(most)}</Words> }}
        />
      }
      unit={t('explanation.grid.caption')}
      picture={<Picture grid={grid} cells={cells} />}
      table={{
        caption: t('explanation.grid.caption'),
        head: [
          t('explanation.bars.slice'),
          t('chart.observedHead'),
          t('chart.expectedHead'),
          t('explanation.bars.excess'),
        ],
        rows: all.map((cell) => [
          said(cell),
          count(cell.observed),
          count(cell.expected),
          sayMore(cell.observed - cell.expected, i18n.language),
        ]),
      }}
    />
  );
}

function Picture({ grid, cells }: { grid: Grid; cells: readonly Cell[][] }) {
  const { t, i18n } = useTranslation();
  const caption = t('explanation.grid.caption');
  const head = (dimension: string, value: string) =>
    value === '' ? sayCondition(oneValue(dimension, value), t, i18n.language) : value;
  return (
    <Scroller label={caption} className="scroll heat">
      <table>
        <caption className="unseen">{caption}</caption>
        <thead>
          <tr>
            <th scope="col" className="small">
              <Words>{`${sayDimension(grid.rows.dimension, t)} × ${sayDimension(grid.columns.dimension, t)}`}</Words>
            </th>
            {grid.columns.values.map((value) => (
              <th key={value} scope="col" className="end">
                <Words>{head(grid.columns.dimension, value)}</Words>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {cells.map((line, at) => (
            <tr key={grid.rows.values[at]}>
              <th scope="row">
                <Words>{head(grid.rows.dimension, grid.rows.values[at] ?? '')}</Words>
              </th>
              {line.map((cell) => (
                <HeatCell key={cell.column} cell={cell} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroller>
  );
}

/** Below a tenth of the deepest it is left white: the eye should find few places. */
function HeatCell({ cell }: { cell: Cell }) {
  const { t, i18n } = useTranslation();
  const { observed, expected, depth } = cell;
  const tone = depth >= 0.1 ? 'more' : depth <= -0.1 ? 'fewer' : undefined;
  const strength = tone === undefined ? 0 : Math.round(20 + 50 * Math.min(1, Math.abs(depth)));
  return (
    <td
      className={tone === undefined ? 'end' : `end ${tone}`}
      style={{ ['--depth' as string]: `${strength}%` }}
      title={t('explanation.grid.cell', {
        observed: sayCount(observed, i18n.language),
        expected: sayCount(expected, i18n.language),
      })}
    >
      {sayMore(observed - expected, i18n.language)}
    </td>
  );
}
