import type { ReactNode } from 'react';
import { ErrorNote } from './notes.tsx';
import { Page, Panel } from './page.tsx';

interface FailedPageProps {
  title: string;
  crumb?: { to: string; label: string; here: string };
  error: unknown;
  onRetry: () => void;
}

/** A page whose one question was not answered: its head stays, so that nobody wonders where they are. */
export function FailedPage({ title, crumb, error, onRetry }: FailedPageProps): ReactNode {
  return (
    <Page title={title} crumb={crumb}>
      <Panel>
        <ErrorNote error={error} onRetry={onRetry} />
      </Panel>
    </Page>
  );
}
