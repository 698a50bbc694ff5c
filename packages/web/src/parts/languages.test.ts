import i18next from 'i18next';
import { describe, expect, it } from 'vitest';
import ar from '../locales/ar.json';
import en from '../locales/en.json';
import es from '../locales/es.json';
import { speak, tagFor } from './languages.ts';

describe('the language that a reader gets', () => {
  it.each([
    [['nb', 'pt-PT', 'en'], 'pt-PT', 'the first that we have, with its region'],
    [['de-AT', 'en-US'], 'de-AT', 'the first'],
    [['nb', 'fi'], 'en', 'English when we have none'],
    [[], 'en', 'English when the browser says nothing'],
    [['ar-EG'], 'ar-EG-u-nu-latn', 'Arabic with the digits that keys and versions have'],
  ])('%s gives %s: %s', (browser, tag) => {
    expect(tagFor(browser, null)).toBe(tag);
  });

  it('is the own choice before anything, in the region that the browser names for it', () => {
    expect(tagFor(['en-GB', 'es-MX'], 'es')).toBe('es-MX');
    expect(tagFor(['en-GB'], 'es')).toBe('es');
  });
});

describe('speaking a language', () => {
  const words = i18next.createInstance();

  it('fetches its words and turns the page around', async () => {
    await words.init({ lng: 'en', fallbackLng: 'en', resources: { en: { translation: en } } });
    await speak(words, 'ar');
    expect(words.t('place.home')).toBe(ar.place.home);
    expect(document.documentElement.dir).toBe('rtl');
    expect(document.documentElement.lang).toBe('ar');
    await speak(words, 'es');
    expect(words.t('place.home')).toBe(es.place.home);
    expect(document.documentElement.dir).toBe('ltr');
  });

  it('counts in the forms of the language', async () => {
    await speak(words, 'es');
    expect(words.t('signals.count', { count: 1 })).toBe('1 señal');
    expect(words.t('signals.count', { count: 2 })).toBe('2 señales');
    expect(words.t('signals.count', { count: 1_000_000 })).toBe('1.000.000 de señales');
    await speak(words, 'ar');
    const said = [0, 1, 2, 3, 11, 100].map((count) => words.t('signals.count', { count }).replace(/\d+/, '#'));
    const { count_zero, count_one, count_two, count_few, count_many, count_other } = ar.signals;
    const forms = [count_zero, count_one, count_two, count_few, count_many, count_other];
    expect(said).toEqual(forms.map((form) => form.replace('{{count, number}}', '#')));
    await speak(words, null);
  });
});
