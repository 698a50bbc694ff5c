import i18next, { type i18n as Words } from 'i18next';
import { initReactI18next } from 'react-i18next';
import en from '../locales/en.json';

/** English is bundled and is the fallback; further languages arrive as one more file in `locales`. */
export const i18n: Words = i18next.createInstance();

export async function startWords(): Promise<void> {
  await i18n.use(initReactI18next).init({
    lng: myEnglish(),
    fallbackLng: 'en',
    resources: { en: { translation: en } },
    interpolation: { escapeValue: false }, // React escapes
    returnNull: false,
  });
  document.documentElement.lang = i18n.language;
  document.documentElement.dir = i18n.dir();
}

/** The reader's own region (en-GB, en-IN) decides how dates and numbers look; the words are the same. */
function myEnglish(): string {
  return navigator.languages.find((tag) => tag === 'en' || tag.startsWith('en-')) ?? 'en';
}

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: typeof en };
    returnNull: false;
  }
}
