import { words as first } from 'virtual:words-first';
import i18next, { type i18n as Words } from 'i18next';
import { initReactI18next } from 'react-i18next';
import type en from '../locales/en.json';
import { ownLanguage, speak } from '../parts/languages.ts';

/**
 * English is the fallback. Its words for the first screens are bundled, the others follow; every other language is one
 * file that is fetched when somebody reads it.
 */
export const i18n: Words = i18next.createInstance();

export async function startWords(): Promise<void> {
  await i18n.use(initReactI18next).init({
    lng: 'en',
    fallbackLng: 'en',
    resources: { en: { translation: first } },
    interpolation: { escapeValue: false }, // React escapes
    react: { bindI18nStore: 'added' }, // a sheet that was opened before the later words came says them then
    returnNull: false,
  });
  // a language that cannot be fetched must not keep anybody out: the screens then speak English
  await speak(i18n, ownLanguage()).catch(() => {});
}

let later: Promise<unknown> | null = null;

/** The words that the first screens do not say; a screen that does waits for them. Asked for once, again after a failure. */
export function laterWords(): Promise<unknown> {
  later ??= import('virtual:words-later').then(
    ({ words }) => i18n.addResourceBundle('en', 'translation', words),
    (error) => {
      later = null;
      throw error;
    },
  );
  return later;
}

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: typeof en };
    returnNull: false;
  }
}
