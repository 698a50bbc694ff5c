import { REDACTION_CLASSES, type ReplyOf, type tryImport } from '@groundswell/contract';
import { useTranslation } from 'react-i18next';
import { Finding } from '../../parts/chart-frame.tsx';
import { sayLanguage, sayNumber } from '../../parts/numbers.ts';
import { ServerWords } from '../../parts/refusal-words.tsx';
import { Time } from '../../parts/time.tsx';
import { Kept } from '../../parts/user-content.tsx';

type Trial = ReplyOf<typeof tryImport>;

const ROWS_NAMED = 8;
const REASONS_SAID = 10;

/** A whole column that cannot be read is one thing to mend, not a hundred. */
function byReason(refused: Trial['refusedRows']): [reason: string, rows: number[]][] {
  const found = new Map<string, number[]>();
  for (const { row, reason } of refused) found.set(reason, [...(found.get(reason) ?? []), row]);
  return [...found].slice(0, REASONS_SAID);
}

const named = (rows: readonly number[], number: (row: number) => string) =>
  rows.slice(0, ROWS_NAMED).map(number).join(', ') + (rows.length > ROWS_NAMED ? ' …' : '');

/** What would become of the rows. Nothing of it was kept. */
export function TrialReport({ trial }: { trial: Trial }) {
  const { t, i18n } = useTranslation();
  const number = (value: number) => sayNumber(value, i18n.language);
  return (
    <div className="stack trial" role="status">
      <Finding>
        {t(trial.whole ? 'trial.whole' : 'trial.part', { count: trial.rows })}{' '}
        {t('trial.become', {
          added: number(trial.added),
          revised: number(trial.revised),
          unchanged: number(trial.unchanged),
          refused: number(trial.refused),
        })}
      </Finding>
      <TrialFacts trial={trial} />
      {trial.refusedRows.length > 0 && (
        <ul className="small trial-rows">
          {byReason(trial.refusedRows).map(([reason, rows]) => (
            <li key={reason}>
              <span className="is-warn">{t('trial.row', { count: rows.length, row: named(rows, number) })}</span>{' '}
              <ServerWords>{reason}</ServerWords>
            </li>
          ))}
        </ul>
      )}
      {trial.sample.length > 0 && (
        <>
          <h3>{t('trial.asKept')}</h3>
          <ul className="small trial-rows">
            {trial.sample.slice(0, 5).map(({ row, at, title, text }) => (
              <li key={row} className="trial-sample">
                <span className="faint nowrap">
                  <Time at={at} show="day" />
                </span>
                <Kept>{title === null ? text : `${title} · ${text}`}</Kept>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

function TrialFacts({ trial }: { trial: Trial }) {
  const { t, i18n } = useTranslation();
  const number = (value: number) => sayNumber(value, i18n.language);
  const replaced = REDACTION_CLASSES.filter((one) => (trial.redacted[one] ?? 0) > 0)
    .map((one) => `${number(trial.redacted[one]!)} ${t(`redaction.${one}`)}`)
    .join(', ');
  const languages = trial.languages
    .slice(0, 6)
    .map(({ language, rows }) => {
      const name = language === null ? t('content.noLanguage') : sayLanguage(language, i18n.language);
      return `${name} ${number(rows)}`;
    })
    .join(', ');
  return (
    <dl className="facts small">
      {trial.from !== null && trial.to !== null && (
        <>
          <dt>{t('trial.time')}</dt>
          <dd>
            <Time at={trial.from} show="day" /> – <Time at={trial.to} show="day" />
          </dd>
        </>
      )}
      {languages !== '' && (
        <>
          <dt>{t('trial.languages')}</dt>
          <dd>{languages}</dd>
        </>
      )}
      <dt>{t('trial.replaced')}</dt>
      <dd>{replaced === '' ? t('trial.nothingReplaced') : replaced}</dd>
    </dl>
  );
}
