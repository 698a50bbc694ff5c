import type { HistoryLine } from '@groundswell/contract';
import { useTranslation } from 'react-i18next';

/** One line of an issue's history: the record holds codes, the words are made here in the reader's language. */
export function HistoryWords({ line }: { line: Pick<HistoryLine, 'name' | 'actor' | 'payload'> }) {
  const { t } = useTranslation();
  const to = typeof line.payload.to === 'string' ? line.payload.to : '';
  const reason = typeof line.payload.reason === 'string' ? line.payload.reason : null;
  const undone = line.payload.undone === true;
  const key = line.name === 'issue.moved' ? `history.moved.${to}` : `history.${line.name.replaceAll('.', '_')}`;
  const { key: issue = '', signals: count = 1 } = line.payload;
  const what = t(key, {
    issue: String(issue),
    count: Number(count),
    defaultValue: t('history.other', { name: line.name }),
  });
  return (
    <span>
      <b>{line.actor ?? t('history.engine')}</b>: {what}
      {undone && ` · ${t('history.undone')}`}
      {reason && ` · ${t(`dismiss.reason.${reason}`, { defaultValue: reason })}`}
    </span>
  );
}
