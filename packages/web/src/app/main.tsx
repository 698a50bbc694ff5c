import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { startWords } from './i18n.ts';
import './mantine-styles.ts';
import './tokens.css';
import './mantine.css';
import './base.css';
import { Providers } from './providers.tsx';

await startWords();
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <Providers />
  </StrictMode>,
);
