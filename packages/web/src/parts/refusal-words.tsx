/** A foreseen no in the reader's language: the words of its code, and behind them what the server said itself. */
import type { Refusal } from '@groundswell/contract';
import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

/** Of a refusal, or of one line of an answer to many: there the code is any word. */
interface Known {
  readonly code: string;
  readonly message: string;
}

const speaksEnglish = (language: string) => language.split('-')[0] === 'en';

/** These say it better here than the server can, which does not know what the reader has before them. */
const SAID_HERE: ReadonlySet<string> = new Set([
  'access.wrong_credentials',
  'access.too_many_attempts',
  'access.not_allowed',
  'issue.changed_meanwhile',
]);

/** English readers get the server's own sentence, which names the thing; others that of the code. */
export function sayRefusal({ code, message }: Known, t: TFunction, language: string): string {
  const here = SAID_HERE.has(code) || !speaksEnglish(language);
  return here ? t(`error.said.${code as Refusal['code']}`, { defaultValue: message }) : message;
}

/** What the server said of the single case, for readers of other languages: it may name the very field or row. */
export function TheirWords({ of }: { of: Known }) {
  const { t, i18n } = useTranslation();
  if (speaksEnglish(i18n.language)) return null;
  return (
    <p className="small faint">
      {t('error.ownWords')} <ServerWords>{of.message}</ServerWords>
    </p>
  );
}

/** A sentence that the server made, in English whatever the reader speaks: said so to the browser and to screen readers. */
export function ServerWords({ children }: { children: ReactNode }) {
  return (
    <bdi lang="en" dir="ltr">
      {children}
    </bdi>
  );
}
