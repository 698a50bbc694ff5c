import { useQuery } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { issuePath, type Step, stepAt, walk } from '../../api/issue-walk.ts';
import { useActs } from '../../parts/acts.ts';
import { KeyHint } from '../../parts/key-hint.tsx';
import { useKeys } from '../../parts/keys.tsx';
import { RowLink } from '../../parts/row-link.tsx';
import './walk-bar.css';

interface IssueWalk {
  readonly step: Step | null;
  readonly list: string | undefined;
  /** The last one of the list was decided. */
  readonly atEnd: boolean;
  goOn(): void;
  go(key: string | null): void;
  toList(): void;
}

/** Where one stands in the list that one came from. Without a list in the address there is no way on. */
export function useIssueWalk(key: string, list: string | undefined): IssueWalk {
  const router = useRouter();
  const order = useQuery(walk(list)).data;
  const [atEnd, setAtEnd] = useState(false);
  const step = order ? stepAt(order, key) : null;
  const base = router.basepath.replace(/\/$/, '');
  const go = (next: string | null) => {
    if (next !== null) router.history.push(`${base}${issuePath(next, list)}`);
  };
  return {
    step,
    list,
    atEnd,
    go,
    goOn: () => (step?.next != null ? go(step.next) : setAtEnd(step !== null)),
    toList: () => list !== undefined && router.history.push(`${base}/issues?${list}`),
  };
}

export function WalkBar({ walk: { step, list, atEnd, go, toList } }: { walk: IssueWalk }) {
  const { t } = useTranslation();
  const ways = [
    { name: 'issue.next', label: t('walk.nextKey'), words: t('walk.next'), to: step?.next ?? null },
    { name: 'issue.back', label: t('walk.backKey'), words: t('walk.back'), to: step?.back ?? null },
  ] as const;
  const open = ways.filter(({ to }) => to !== null);
  useKeys([
    ...open.map(({ name, label, to }) => ({ name, label, run: () => go(to) })),
    ...(list === undefined ? [] : [{ name: 'issue.list' as const, label: t('walk.listKey'), run: toList }]),
  ]);
  useActs([
    ...open.map(({ name, words, to }) => ({ label: words, shortcut: name, run: () => go(to) })),
    ...(list === undefined ? [] : [{ label: t('walk.list'), shortcut: 'issue.list' as const, run: toList }]),
  ]);
  if (!step || list === undefined) return null;
  return (
    <nav className="walk-bar small" aria-label={t('walk.label')}>
      <RowLink to={`/issues?${list}`} className="link">
        {t('walk.list')} <KeyHint of="issue.list" />
      </RowLink>
      <span className="faint">{t('walk.at', { at: step.at, of: step.of })}</span>
      {step.back !== null && (
        <RowLink to={issuePath(step.back, list)} className="link">
          {t('walk.back')} <KeyHint of="issue.back" />
        </RowLink>
      )}
      {step.next !== null && (
        <RowLink to={issuePath(step.next, list)} className="link">
          {t('walk.next')} <KeyHint of="issue.next" />
        </RowLink>
      )}
      {atEnd && <span role="status">{t('walk.end')}</span>}
    </nav>
  );
}
