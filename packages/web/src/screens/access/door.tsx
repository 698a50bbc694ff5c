import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Mark } from '../../parts/icon.tsx';
import { LanguageChoice } from '../../parts/language-choice.tsx';
import './door.css';

/** What stands before the house: the mark, one sentence, one form. */
export function Door({ title, lead, children }: { title: string; lead: string; children?: ReactNode }) {
  const { t } = useTranslation();
  useEffect(() => {
    document.title = `${title} · ${t('app.name')}`;
  }, [title, t]);
  return (
    <main className="door">
      <div className="door-brand">
        <Mark />
        <b>{t('app.name')}</b>
      </div>
      <div className="panel door-card">
        <div className="stack tight">
          <h1>{title}</h1>
          <p className="soft">{lead}</p>
        </div>
        {children}
      </div>
      <LanguageChoice />
    </main>
  );
}
