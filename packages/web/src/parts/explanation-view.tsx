import type { SignalExplanation } from '@groundswell/contract';
import { useTranslation } from 'react-i18next';
import { Assumed } from './explanation-assumed.tsx';
import { ExplanationBars } from './explanation-bars.tsx';
import { ExplanationGrid } from './explanation-grid.tsx';
import { ComparedLine, LeadSentence, SliceLine, SparedLine } from './explanation-words.tsx';
import './explanation.css';

/** Where it is and where it is not: to be read aloud, then to be seen, then what it rests on. */
export function ExplanationView({ of }: { of: SignalExplanation }) {
  const { t } = useTranslation();
  const { slices, spared, grid } = of;
  return (
    <div className="explanation">
      <div className="stack tight">
        <p className="finding">
          <LeadSentence of={of} />
        </p>
        <ComparedLine of={of} />
      </div>
      {slices.length > 0 && (
        <ol className="explained-list">
          {slices.map((slice, at) => (
            <SliceLine
              key={slice.conditions.map(({ dimension, said }) => `${dimension}:${said}`).join()}
              of={slice}
              against={of.against}
              isFirst={at === 0}
            />
          ))}
        </ol>
      )}
      {(slices.length > 0 || spared.length > 0) && (
        <div className="stack tight">
          <h3>{t('where.notHere')}</h3>
          {spared.length === 0 ? (
            <p className="soft">{t('where.everywhere')}</p>
          ) : (
            <ul className="spared-list">
              {spared.map((one) => (
                <SparedLine key={`${one.dimension}:${one.value}`} of={one} />
              ))}
            </ul>
          )}
        </div>
      )}
      <ExplanationBars of={of} />
      {grid && <ExplanationGrid grid={grid} />}
      <Assumed of={of} />
    </div>
  );
}
