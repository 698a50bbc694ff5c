import i18next, { type i18n as Words } from 'i18next';
import { initReactI18next } from 'react-i18next';
import en from '../locales/en.json';
import { ownLanguage, speak } from '../parts/languages.ts';

/** English is bundled and is the fallback; every other language is a file that is fetched when somebody reads it. */
export const i18n: Words = i18next.createInstance();

export async function startWords(): Promise<void> {
  await i18n.use(initReactI18next).init({
    lng: 'en',
    fallbackLng: 'en',
    resources: { en: { translation: en } },
    interpolation: { escapeValue: false }, // React escapes
    returnNull: false,
  });
  // a language that cannot be fetched must not keep anybody out: the screens then speak English
  await speak(i18n, ownLanguage()).catch(() => {});
}

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: typeof en };
    returnNull: false;
  }
}
