import { describe, expect, it } from 'vitest';
import { tagFor } from './languages.ts';

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
