import type { WorldView } from '@groundswell/contract';
import { useTranslation } from 'react-i18next';
import { ErrorNote } from '../parts/notes.tsx';
import { sayNumber } from '../parts/numbers.ts';
import { Page } from '../parts/page.tsx';
import { Progress } from '../parts/progress.tsx';

/** Before there is a day to look at: two weeks come in and are read. It says how far, and what comes then. */
export function WorldComing({ here }: { here: WorldView }) {
  const { t, i18n } = useTranslation();
  const { filled, state, historyDays } = here;
  const say = (n: number) => sayNumber(n, i18n.language);
  const steps = [
    { name: 'filling', share: filled.of === 0 ? null : filled.signals / filled.of, done: filled.signals },
    { name: 'reading', share: state === 'filling' || filled.of === 0 ? 0 : filled.read / filled.of, done: filled.read },
  ] as const;
  return (
    <div className="world-coming">
      <Page big title={t('world.coming')} state={t('world.comingWhy', { count: historyDays })}>
        {state === 'failed' ? (
          <ErrorNote error={new Error(here.problem ?? '')} />
        ) : (
          <div className="stack wide">
            {steps.map(({ name, share, done }) => (
              <div key={name} className="stack tight">
                <div className="row">
                  <span>{t(`world.step.${name}`)}</span>
                  <span className="push faint">
                    {t('world.ofSignals', { done: say(done), count: filled.of, total: say(filled.of) })}
                  </span>
                </div>
                <Progress share={share} label={t(`world.step.${name}`)} />
              </div>
            ))}
            <p className="soft">{t('world.then')}</p>
          </div>
        )}
      </Page>
    </div>
  );
}
