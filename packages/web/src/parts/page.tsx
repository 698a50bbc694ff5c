import { Link } from '@tanstack/react-router';
import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from './icon.tsx';
import './page.css';

interface PageProps {
  /** What the tab of the browser says; the heading too unless `heading` is given. */
  title: string;
  heading?: ReactNode;
  big?: boolean;
  /** Where the page hangs: the list it came from, and its own short name. */
  crumb?: { to: string; label: string; here: string };
  state?: ReactNode;
  acts?: ReactNode;
  children: ReactNode;
}

/** Head of every page: crumb, title, state line, acts. At most one act is filled. */
export function Page({ title, heading, big, crumb, state, acts, children }: PageProps) {
  const { t } = useTranslation();
  useEffect(() => {
    document.title = `${title} · ${t('app.name')}`;
  }, [title, t]);
  return (
    <>
      {crumb && (
        <nav className="crumb" aria-label={t('app.crumb')}>
          <Link to={crumb.to}>{crumb.label}</Link>
          <Icon name="right" small />
          <span className={/\s/.test(crumb.here) ? undefined : 'mono'}>{crumb.here}</span>
        </nav>
      )}
      <header className="page-head">
        <div className="page-title">
          <h1 className={big ? 'big' : undefined}>{heading ?? title}</h1>
          {state && <div className="soft">{state}</div>}
        </div>
        {acts && <div className="page-acts">{acts}</div>}
      </header>
      {children}
    </>
  );
}

interface PanelProps {
  title?: ReactNode;
  count?: ReactNode;
  aside?: ReactNode;
  label?: string;
  className?: string;
  children: ReactNode;
}

/** A white, quiet ground with one hairline. Never one inside another. */
export function Panel({ title, count, aside, label, className, children }: PanelProps) {
  return (
    <section className={['panel', className].filter(Boolean).join(' ')} aria-label={label}>
      {title && (
        <div className="panel-head">
          <h2>{title}</h2>
          {count !== undefined && <span className="faint">{count}</span>}
          {aside && <span className="push small faint panel-aside">{aside}</span>}
        </div>
      )}
      {children}
    </section>
  );
}
