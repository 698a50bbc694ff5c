import type { SignalView, Why } from '@groundswell/contract';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../api/session.ts';
import { useActs } from '../../parts/acts.ts';
import { Button } from '../../parts/button.tsx';
import { KeyHint } from '../../parts/key-hint.tsx';
import { useKeys } from '../../parts/keys.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { OpenCase } from '../../parts/open-case.tsx';
import { DimensionName } from '../../parts/surge.tsx';
import { Time } from '../../parts/time.tsx';
import { Author, UserContent, Words } from '../../parts/user-content.tsx';
import { WhyLine } from '../../parts/why-line.tsx';
import { CopiesLine } from './copies-line.tsx';
import { MoveSignal } from './move-dialog.tsx';
import { oneSignal, revealText } from './signal-queries.ts';
import type { SignalSearch } from './signal-search.ts';

interface SignalPanelProps {
  id: string;
  /** The row of the list, so that the panel stands at once. */
  known: SignalView | undefined;
  /** Undefined where it was not found by words, or not on these pages. */
  why: Why | undefined;
  search: SignalSearch;
  onClose: () => void;
  onSearch: (search: SignalSearch) => void;
}

/** Everything that is known about one signal. */
export function SignalPanel({ id, known, why, search, onClose, onSearch }: SignalPanelProps) {
  const { t } = useTranslation();
  const mayOpen = useMay('case.work');
  const query = useQuery({ ...oneSignal(id), placeholderData: known });
  return (
    <aside className="panel signal-panel" aria-label={t('signals.one')}>
      <div className="panel-head">
        <h2>{query.data ? t(`kind.${query.data.kind}`) : t('signals.one')}</h2>
        {query.data?.language && <span className="lang">{query.data.language}</span>}
        <span className="push">
          <Button look="quiet" small icon="x" aria-label={t('app.close')} onClick={onClose} />
        </span>
      </div>
      <Loaded query={query} isEmpty={() => false} empty="">
        {(signal) => (
          <div className="panel-body stack wide">
            <UserContent content={signal} size="full" places={why?.marks} onReveal={revealText} />
            {why && search.q && <WhyLine why={why} texts={{ title: signal.title, text: signal.text }} />}
            <LikeThis id={signal.id} onSearch={onSearch} />
            <div>
              <OpenCase may={mayOpen} small shortcut="signal.case" from={`signals=${signal.id}`} />
            </div>
            {signal.truncated && <p className="small is-warn">{t('signals.truncated')}</p>}
            {signal.topic && <TopicLine topic={signal.topic} search={search} onSearch={onSearch} />}
            <MoveSignal signal={signal} />
            {signal.copies && <CopiesLine copies={signal.copies} search={search} onSearch={onSearch} />}
            <SignalFacts signal={signal} />
          </div>
        )}
      </Loaded>
    </aside>
  );
}

/** Others that share what this one says; the signal itself is no part of the answer. */
function LikeThis({ id, onSearch }: Pick<SignalPanelProps, 'id' | 'onSearch'>) {
  const { t } = useTranslation();
  const run = () => onSearch({ q: `like:${id}`, sort: 'relevance' });
  useKeys([{ name: 'signal.like', label: t('signals.likeThis'), run }]);
  useActs([{ label: t('signals.likeThis'), icon: 'search', shortcut: 'signal.like', run }]);
  return (
    <div>
      <Button small icon="search" onClick={run}>
        {t('signals.likeThis')} <KeyHint of="signal.like" />
      </Button>
    </div>
  );
}

function TopicLine({
  topic,
  search,
  onSearch,
}: { topic: NonNullable<SignalView['topic']> } & Pick<SignalPanelProps, 'search' | 'onSearch'>) {
  const { t } = useTranslation();
  return (
    <div className="stack tight">
      <span className="chip topic">
        <Words>{topic.label}</Words>
      </span>
      <div className="row wrap">
        {search.topic !== topic.id && (
          <Button small icon="search" onClick={() => onSearch({ ...search, topic: topic.id, open: undefined })}>
            {t('signals.sameTopic')}
          </Button>
        )}
        {topic.issueKey && (
          <Link to="/issues/$id" params={{ id: topic.issueKey }} className="btn little">
            {t('signals.toIssue', { key: topic.issueKey })}
          </Link>
        )}
      </div>
    </div>
  );
}

function SignalFacts({ signal }: { signal: SignalView }) {
  const { t } = useTranslation();
  return (
    <dl className="facts">
      <dt>{t('fact.when')}</dt>
      <dd>
        <Time at={signal.at} show="full" />
      </dd>
      <dt>{t('fact.received')}</dt>
      <dd>
        <Time at={signal.receivedAt} show="full" />
      </dd>
      <dt>{t('fact.source')}</dt>
      <dd>
        <Words>{signal.sourceName}</Words>
      </dd>
      <dt>{t('fact.author')}</dt>
      <dd>
        <Author of={signal} />
      </dd>
      {signal.creatorTier && (
        <>
          <dt>{t('fact.tier')}</dt>
          <dd>
            <Words>{signal.creatorTier}</Words>
          </dd>
        </>
      )}
      {signal.rating !== null && (
        <>
          <dt>{t('fact.rating')}</dt>
          <dd>{t('signals.rating', { count: signal.rating })}</dd>
        </>
      )}
      {Object.entries(signal.dimensions).map(([name, value]) => (
        <Dimension key={name} name={name} value={value} />
      ))}
      <dt>{t('fact.id')}</dt>
      <dd className="mono">
        <Words>{signal.externalId}</Words>
        {!signal.latest && <span className="is-warn"> {t('signals.superseded')}</span>}
      </dd>
    </dl>
  );
}

function Dimension({ name, value }: { name: string; value: string }) {
  return (
    <>
      <dt>
        <DimensionName name={name} />
      </dt>
      <dd>
        <Words>{value}</Words>
      </dd>
    </>
  );
}
