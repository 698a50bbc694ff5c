import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { laterWords, startWords } from './i18n.ts';
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

// whoever opens the sheet of keys, or a menu, on the first screen reads these too
(globalThis.requestIdleCallback ?? setTimeout)(() => void laterWords().catch(() => {}));
