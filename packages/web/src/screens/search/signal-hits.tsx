import type { SearchReply } from '@groundswell/contract';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Time } from '../../parts/time.tsx';
import { UserContent, Words } from '../../parts/user-content.tsx';
import { WhyLine } from '../../parts/why-line.tsx';
import { KindPanel } from './kind-panel.tsx';

interface SignalHitsProps {
  of: NonNullable<SearchReply['signals']>;
  q: string;
}

/** A covered text stays covered here: it is opened where signals are read. */
export function SignalHits({ of, q }: SignalHitsProps) {
  const { t } = useTranslation();
  const all = (
    <Link to="/signals" search={{ q, sort: 'relevance' }} className="link small">
      {t('search.toSignals')}
    </Link>
  );
  return (
    <KindPanel kind="signals" q={q} of={of} aside={of.total > 0 ? all : undefined}>
      {of.found.map(({ signal, why }) => (
        <li key={signal.id} className="hit" data-row={signal.id}>
          <UserContent content={signal} places={why.marks} />
          <p className="small faint">
            <Link to="/signals" search={{ q, sort: 'relevance', open: signal.id }} className="link">
              <Time at={signal.at} />
              <span className="unseen"> {t('signals.open')}</span>
            </Link>{' '}
            · <Words>{signal.sourceName}</Words>
          </p>
          <WhyLine why={why} texts={{ title: signal.title, text: signal.text }} />
        </li>
      ))}
    </KindPanel>
  );
}
