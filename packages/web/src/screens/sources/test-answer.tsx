import type { ReplyOf, testConnector } from '@groundswell/contract';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../parts/icon.tsx';
import { ErrorNote } from '../../parts/notes.tsx';
import { sayNumber } from '../../parts/numbers.ts';
import { ServerWords } from '../../parts/refusal-words.tsx';

interface TestAnswerProps {
  answer: ReplyOf<typeof testConnector> | undefined;
  error: unknown;
}

/** What the other side said, at once and in words. Nothing of it was kept. */
export function TestAnswer({ answer, error }: TestAnswerProps) {
  const { t, i18n } = useTranslation();
  if (!answer) return <ErrorNote error={error} />;
  return (
    <p role="status" className={`row top small ${answer.ok ? 'is-good' : 'is-bad'}`}>
      <Icon name={answer.ok ? 'checkCircle' : 'warn'} small />
      <span>
        <ServerWords>{answer.words}</ServerWords>
        {answer.rows > 0 && (
          <span className="faint">
            {' '}
            {t('connector.tested', {
              rows: sayNumber(answer.rows, i18n.language),
              readable: sayNumber(answer.readable, i18n.language),
            })}
          </span>
        )}
      </span>
    </p>
  );
}
