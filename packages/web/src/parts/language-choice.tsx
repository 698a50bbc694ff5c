import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { chooseLanguage, LANGUAGES, type Language, ownLanguage } from './languages.ts';

/** In which language the screens speak. Each language stands under its own name, in its own direction. */
export function LanguageChoice() {
  const { t, i18n } = useTranslation();
  const [own, setOwn] = useState(ownLanguage);
  const [failed, setFailed] = useState(false);
  const choose = async (next: Language | null) => {
    setFailed(false);
    try {
      await chooseLanguage(i18n, next);
      setOwn(next);
    } catch {
      setFailed(true); // the words could not be fetched: what is spoken stays
    }
  };
  return (
    <>
      <select
        className="plain"
        aria-label={t('me.language')}
        value={own ?? ''}
        onChange={({ target }) => void choose(LANGUAGES.find(({ tag }) => tag === target.value)?.tag ?? null)}
      >
        <option value="">{t('me.languageOfBrowser')}</option>
        {LANGUAGES.map(({ tag, name }) => (
          <option key={tag} value={tag} lang={tag}>
            {name}
          </option>
        ))}
      </select>
      {failed && (
        <p className="small" role="alert">
          {t('error.unreachable')}
        </p>
      )}
    </>
  );
}
