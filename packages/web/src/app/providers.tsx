import { Refusal } from '@groundswell/contract';
import { DirectionProvider, MantineProvider, useDirection } from '@mantine/core';
import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { useEffect } from 'react';
import { I18nextProvider, useTranslation } from 'react-i18next';
import { SESSION } from '../api/session.ts';
import { KeysProvider } from '../parts/keys.tsx';
import { i18n } from './i18n.ts';
import { router } from './router.tsx';
import { theme } from './theme.ts';

/** A foreseen no is the same no the second time; only faults are worth asking again. */
const retry = (failures: number, error: unknown) => !(error instanceof Refusal) && failures < 2;

/** Signed out elsewhere: ask who is here, the frame then leads to the door. */
const onError = (error: unknown) => {
  if (error instanceof Refusal && error.code === 'access.not_signed_in')
    void queries.invalidateQueries({ queryKey: SESSION });
};

const queries: QueryClient = new QueryClient({
  defaultOptions: { queries: { retry, retryDelay: 800, staleTime: 5_000 } },
  queryCache: new QueryCache({ onError }),
  mutationCache: new MutationCache({ onError }),
});

export function Providers() {
  return (
    <I18nextProvider i18n={i18n}>
      <DirectionProvider initialDirection={i18n.dir()} detectDirection={false}>
        <FollowTheLanguage />
        <MantineProvider theme={theme} defaultColorScheme="auto">
          <QueryClientProvider client={queries}>
            <KeysProvider>
              <RouterProvider router={router} />
            </KeysProvider>
          </QueryClientProvider>
        </MantineProvider>
      </DirectionProvider>
    </I18nextProvider>
  );
}

/** Menus and popovers open towards the side that the language reads to. */
function FollowTheLanguage() {
  const { i18n: words } = useTranslation();
  const { setDirection } = useDirection();
  const direction = words.dir();
  useEffect(() => setDirection(direction), [direction, setDirection]);
  return null;
}
