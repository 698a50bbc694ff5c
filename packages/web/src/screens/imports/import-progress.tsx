import type { ImportView } from '@groundswell/contract';
import { useTranslation } from 'react-i18next';
import { sayBytes, sayNumber, saySpan } from '../../parts/numbers.ts';
import { Panel } from '../../parts/page.tsx';
import { Progress } from '../../parts/progress.tsx';

/** How far it is, how fast it goes, how long it takes. One may leave: it goes on without the browser. */
export function ImportProgressPanel({ view: { progress, sourceName, error } }: { view: ImportView }) {
  const { t, i18n } = useTranslation();
  const language = i18n.language;
  const number = (value: number) => sayNumber(value, language);
  return (
    <Panel title={t('import.running', { source: sourceName ?? '' })}>
      <div className="panel-body stack">
        <p className="finding" role="status">
          <b>{progress.rowsRead === 0 ? t('import.starting') : t('import.rows', { count: progress.rowsRead })}</b>
          {progress.rowsPerSecond !== null && `, ${t('import.perSecond', { rate: number(progress.rowsPerSecond) })}`}
          {progress.secondsLeft !== null &&
            `, ${progress.secondsLeft < 2 ? t('import.soon') : t('import.left', { time: saySpan(progress.secondsLeft, language) })}`}
        </p>
        {error !== null && (
          <p role="status" className="is-warn read">
            {error}
          </p>
        )}
        <Progress
          share={progress.bytesTotal > 0 ? progress.bytesRead / progress.bytesTotal : null}
          label={t('import.progress')}
        />
        <p className="small faint">
          {t('import.bytes', {
            read: sayBytes(progress.bytesRead, language),
            total: sayBytes(progress.bytesTotal, language),
          })}{' '}
          {t('import.mayLeave')}
        </p>
        {progress.rowsRead > 0 && <Tally progress={progress} />}
      </div>
    </Panel>
  );
}

/** What became of the rows, four numbers that add up to all of them. */
export function Tally({ progress }: { progress: ImportView['progress'] }) {
  const { t, i18n } = useTranslation();
  return (
    <dl className="tally">
      {(['added', 'revised', 'unchanged', 'refused'] as const).map((name) => (
        <div key={name}>
          <dt>{t(`import.${name}`)}</dt>
          <dd className={name === 'refused' && progress.refused > 0 ? 'is-warn' : undefined}>
            {sayNumber(progress[name], i18n.language)}
          </dd>
          <dd className="small faint">{t(`import.${name}Why`)}</dd>
        </div>
      ))}
    </dl>
  );
}
