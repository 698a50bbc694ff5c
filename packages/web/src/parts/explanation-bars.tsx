import type { SignalExplanation } from '@groundswell/contract';
import { Trans, useTranslation } from 'react-i18next';
import { ChartFrame } from './chart-frame.tsx';
import { type Bar, barsOf, placesOf, sayCount, sayMore, saySlice } from './explanation.ts';
import { Words } from './user-content.tsx';

/** How much more, or less, than expected, slice by slice, each with its interval. */
export function ExplanationBars({ of }: { of: SignalExplanation }) {
  const { t, i18n } = useTranslation();
  const bars = barsOf(of);
  const [first] = bars;
  if (first === undefined) return null;
  const more = (value: number | null) => (value === null ? t('explanation.noLimit') : sayMore(value, i18n.language));
  const said = (bar: Bar) => saySlice(bar.conditions, t, i18n.language);
  return (
    <ChartFrame
      keyed={false}
      sentence={
        <Trans
          t={t}
          i18nKey="explanation.bars.finding"
          values={{ excess: more(first.value) }}
          components={{ slice: <Words>{said(first)}</Words> }}
        />
      }
      unit={t('explanation.bars.unit')}
      picture={<Picture bars={bars} said={said} more={more} />}
      table={{
        caption: t('explanation.bars.caption'),
        head: [
          t('explanation.bars.slice'),
          t('chart.observedHead'),
          t('chart.expectedHead'),
          t('explanation.bars.excess'),
          t('chart.lowHead'),
          t('chart.highHead'),
        ],
        rows: bars.map((bar) => [
          said(bar),
          sayCount(bar.observed, i18n.language),
          sayCount(bar.expected, i18n.language),
          more(bar.value),
          more(bar.low),
          more(bar.high),
        ]),
      }}
    />
  );
}

interface PictureProps {
  bars: readonly Bar[];
  said: (bar: Bar) => string;
  more: (value: number | null) => string;
}

function Picture({ bars, said, more }: PictureProps) {
  const { t } = useTranslation();
  const { zero, bars: places } = placesOf(bars);
  return (
    <ul className="excess-bars">
      {bars.map((bar, at) => {
        const place = places[at]!;
        return (
          <li key={said(bar)}>
            <span className="excess-name">
              <Words>{said(bar)}</Words>
            </span>
            <span className="excess-track" aria-hidden="true">
              <u style={{ insetInlineStart: `${zero}%` }} />
              <i
                className={bar.spared ? 'spared' : undefined}
                style={{ insetInlineStart: `${place.from}%`, inlineSize: `${place.length}%` }}
              />
              <s style={{ insetInlineStart: `${place.low}%`, inlineSize: `${place.high - place.low}%` }} />
            </span>
            <span className="small end nowrap">
              <b className={bar.spared ? undefined : 'is-excess'}>{more(bar.value)}</b>{' '}
              <span className="faint">{t('chart.rangeEnd', { low: more(bar.low), high: more(bar.high) })}</span>
            </span>
          </li>
        );
      })}
    </ul>
  );
}
