/** The languages of the screens: which one a reader gets, and the words of it, fetched when somebody reads them. */
import type { i18n as Words } from 'i18next';

/** By the name that each gives itself: whoever looks for a language may read no other. */
export const LANGUAGES = [
  { tag: 'en', name: 'English' },
  { tag: 'es', name: 'Español' },
  { tag: 'pt', name: 'Português' },
  { tag: 'fr', name: 'Français' },
  { tag: 'de', name: 'Deutsch' },
  { tag: 'id', name: 'Bahasa Indonesia' },
  { tag: 'ja', name: '日本語' },
  { tag: 'ar', name: 'العربية' },
] as const;

export type Language = (typeof LANGUAGES)[number]['tag'];

/** English lies in the first load and is what a text falls back to. */
const FILES: Readonly<Record<Exclude<Language, 'en'>, () => Promise<{ default: object }>>> = {
  es: () => import('../locales/es.json'),
  pt: () => import('../locales/pt.json'),
  fr: () => import('../locales/fr.json'),
  de: () => import('../locales/de.json'),
  id: () => import('../locales/id.json'),
  ja: () => import('../locales/ja.json'),
  ar: () => import('../locales/ar.json'),
};

const KEPT = 'groundswell.language';

const baseOf = (tag: string): string => tag.toLowerCase().split('-')[0] ?? '';
const known = (base: string | null): Language | undefined => LANGUAGES.find(({ tag }) => tag === base)?.tag;

/** What the reader chose in this browser; null leaves it to the browser. */
export const ownLanguage = (): Language | null => known(localStorage.getItem(KEPT)) ?? null;

/**
 * The tag to speak and count by: the own choice, else the first of the browser's languages that we have, each with the
 * region that the browser names for it (`de-AT`, `es-MX`), because regions write dates and numbers in their own way.
 * @example
 * tagFor(['nb', 'pt-PT', 'en'], null); // 'pt-PT'
 */
export function tagFor(browser: readonly string[], own: Language | null): string {
  const base = own ?? browser.map((tag) => known(baseOf(tag))).find((one) => one !== undefined) ?? 'en';
  const tag = browser.find((one) => baseOf(one) === base) ?? base;
  // the digits of keys, versions and times, which stand beside every number
  return base === 'ar' ? `${tag}-u-nu-latn` : tag;
}

/** Fetches the words and speaks them. Words that cannot be had leave what is spoken now, or English. */
export async function speak(words: Words, own: Language | null): Promise<void> {
  const tag = tagFor(navigator.languages, own);
  const base = known(baseOf(tag)) ?? 'en';
  if (base !== 'en' && !words.hasResourceBundle(base, 'translation')) {
    const file = await FILES[base]();
    words.addResourceBundle(base, 'translation', file.default);
  }
  await words.changeLanguage(tag);
  document.documentElement.lang = tag.replace(/-u-.*$/, '');
  document.documentElement.dir = words.dir();
}

/** The reader's own choice, kept in this browser; null goes back to what the browser says. */
export async function chooseLanguage(words: Words, own: Language | null): Promise<void> {
  await speak(words, own);
  if (own === null) localStorage.removeItem(KEPT);
  else localStorage.setItem(KEPT, own);
}
