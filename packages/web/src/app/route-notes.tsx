import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ErrorNote, Skeleton } from '../parts/notes.tsx';
import { Page, Panel } from '../parts/page.tsx';

export function Waiting() {
  return (
    <main>
      <Skeleton lines={6} />
    </main>
  );
}

/** A screen that broke is a fault of ours. The frame stays, and nothing that was saved is lost. */
export function RouteFailed({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { t } = useTranslation();
  return (
    <Page title={t('app.broken')}>
      <Panel>
        <ErrorNote error={error} onRetry={onRetry} />
      </Panel>
    </Page>
  );
}

export function NotFound() {
  const { t } = useTranslation();
  return (
    <main>
      <Page title={t('app.notFound')} state={t('app.notFoundWhy')}>
        <Link to="/" className="link">
          {t('app.toHome')}
        </Link>
      </Page>
    </main>
  );
}
