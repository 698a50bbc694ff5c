/** The living page of parts. It has a door of its own (`parts.html`), which only the development server opens: a build never sees it. */
import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createMemoryHistory, createRootRoute, createRouter, RouterContextProvider } from '@tanstack/react-router';
import { createRoot } from 'react-dom/client';
import { I18nextProvider } from 'react-i18next';
import { i18n, startWords } from './i18n.ts';
import './mantine-styles.ts';
import './tokens.css';
import './mantine.css';
import './base.css';
import { KeysProvider } from '../parts/keys.tsx';
import { PartsScreen } from '../screens/parts-page/parts-screen.tsx';
import { theme } from './theme.ts';

await startWords();
// Links on the page lead nowhere: what is shown here is the part, not the way.
const router = createRouter({ routeTree: createRootRoute(), history: createMemoryHistory() });
createRoot(document.getElementById('root')!).render(
  <I18nextProvider i18n={i18n}>
    <MantineProvider theme={theme} defaultColorScheme="auto">
      <QueryClientProvider client={new QueryClient()}>
        <KeysProvider>
          <RouterContextProvider router={router}>
            <PartsScreen />
          </RouterContextProvider>
        </KeysProvider>
      </QueryClientProvider>
    </MantineProvider>
  </I18nextProvider>,
);
