import { type IssueDetail, type IssueExplanation, readIssueExplanation } from '@groundswell/contract';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { Link, useRouter } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { call } from '../../api/call.ts';
import { ISSUES } from '../../api/issue-keys.ts';
import { liveInterval } from '../../api/liveness.ts';
import { useActs } from '../../parts/acts.ts';
import { signalSearchOf } from '../../parts/explanation.ts';
import { ExplanationView } from '../../parts/explanation-view.tsx';
import { Computed } from '../../parts/explanation-words.tsx';
import { useKeys } from '../../parts/keys.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { EmptyNote } from '../../parts/notes.tsx';
import { Panel } from '../../parts/page.tsx';
import { SHORTCUTS } from '../../parts/shortcuts.ts';

const explanationOf = (id: string) =>
  queryOptions({
    queryKey: [...ISSUES, 'explanation', id],
    queryFn: () => call(readIssueExplanation, { params: { id } }),
    refetchInterval: liveInterval(60_000), // it is worked out anew as the surge grows
  });

/** Where it is and where it is not, as it was last worked out for everybody who opens this issue. */
export function WhereItIs({ issue }: { issue: IssueDetail }) {
  const { t } = useTranslation();
  const query = useQuery(explanationOf(issue.id));
  const known = query.data;
  useFirstSlice(known);
  return (
    <Panel title={t('where.title')} aside={known && <Computed at={known.computedAt} isOld={known.old} />}>
      <Loaded
        query={query}
        lines={5}
        isEmpty={({ explanation }) => explanation === null}
        empty={<EmptyNote tone="unknown">{t('where.noDimensions')}</EmptyNote>}
      >
        {({ explanation }) => explanation && <ExplanationView of={explanation} />}
      </Loaded>
      <p className="explain-elsewhere small">
        <Link
          to="/signals"
          search={{ topic: issue.topicId, from: issue.surge.onsetAt, explain: 'others' }}
          className="link"
        >
          {t('explanation.elsewhere')}
        </Link>
      </p>
    </Panel>
  );
}

/** One key from the page to what was really said in the place that stands out most. */
function useFirstSlice(known: IssueExplanation | undefined): void {
  const { t } = useTranslation();
  const router = useRouter();
  const opens = known?.explanation?.slices[0]?.opens;
  const label = t(SHORTCUTS['issue.slice'].words);
  const run = () => opens && void router.navigate({ to: '/signals', search: signalSearchOf(opens) });
  useKeys(opens ? [{ name: 'issue.slice', label, run }] : []);
  useActs(opens ? [{ label, icon: 'signal', shortcut: 'issue.slice', run }] : []);
}
