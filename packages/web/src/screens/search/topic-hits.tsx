import type { SearchReply } from '@groundswell/contract';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Time } from '../../parts/time.tsx';
import { Found } from '../../parts/user-content.tsx';
import { WhyLine } from '../../parts/why-line.tsx';
import { KindPanel } from './kind-panel.tsx';

interface TopicHitsProps {
  of: NonNullable<SearchReply['topics']>;
  q: string;
  onMore?: (() => void) | undefined;
}

/** A topic has no page of its own: its signals are its page. */
export function TopicHits({ of, q, onMore }: TopicHitsProps) {
  const { t } = useTranslation();
  return (
    <KindPanel kind="topics" q={q} of={of} onMore={onMore}>
      {of.found.map((topic) => (
        <li key={topic.id} className="hit" data-row={topic.id}>
          <div className="row wrap">
            <Link to="/signals" search={{ topic: topic.id }} className="link">
              <Found places={topic.why.marks} where="label">
                {topic.label}
              </Found>
            </Link>
            {topic.issueKey && (
              <Link to="/issues/$id" params={{ id: topic.issueKey }} className="link small mono">
                {topic.issueKey}
              </Link>
            )}
          </div>
          <p className="small faint">
            {t('search.lastSaid')} <Time at={topic.lastAt} />
          </p>
          <WhyLine why={topic.why} texts={{ label: topic.label, phrases: topic.phrases.join('\n') }} />
        </li>
      ))}
    </KindPanel>
  );
}
