/** What a part stands in while it is tested: the real words, the real keyboard layer, nothing mocked. */
import { MantineProvider } from '@mantine/core';
import { render } from '@testing-library/react';
import i18next from 'i18next';
import type { ReactNode } from 'react';
import { I18nextProvider, initReactI18next } from 'react-i18next';
import en from '../src/locales/en.json';
import { KeysProvider } from '../src/parts/keys.tsx';

const words = i18next.createInstance();
await words.use(initReactI18next).init({
  lng: 'en',
  resources: { en: { translation: en } },
  interpolation: { escapeValue: false },
});

// jsdom knows neither; Mantine asks for the one, scrolling regions for the other
globalThis.matchMedia ??= ((media: string) => ({
  matches: false,
  media,
  addEventListener: () => {},
  removeEventListener: () => {},
})) as unknown as typeof globalThis.matchMedia;
globalThis.ResizeObserver ??= class {
  observe() {}
  unobserve() {}
  disconnect() {}
};

export function show(part: ReactNode) {
  const inFrame = (inner: ReactNode) => (
    <I18nextProvider i18n={words}>
      <MantineProvider>
        <KeysProvider>{inner}</KeysProvider>
      </MantineProvider>
    </I18nextProvider>
  );
  const shown = render(inFrame(part));
  return { ...shown, again: (next: ReactNode) => shown.rerender(inFrame(next)) };
}
