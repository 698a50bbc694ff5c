/** What concerns a reader alone: which issues they follow and which are read. By key, from the palette and from the bar. */
import type { IssueRow } from '@groundswell/contract';
import { useTranslation } from 'react-i18next';
import { useFollowIssues, useMarkIssues } from '../../api/owner-queries.ts';
import { useActs } from '../../parts/acts.ts';
import { useKeys } from '../../parts/keys.tsx';

export interface Around {
  /** What a press would do now: the opposite of what all of them are. */
  readonly wouldFollow: boolean;
  readonly wouldRead: boolean;
  readonly follow: () => void;
  readonly read: () => void;
}

/** @param targets those that are chosen, or the one that the reader stands on */
export function useAround(targets: readonly IssueRow[]): Around {
  const { t } = useTranslation();
  const { mutate: follow } = useFollowIssues();
  const { mutate: mark } = useMarkIssues();
  const wouldFollow = targets.some(({ following }) => !following);
  const wouldRead = targets.some(({ news }) => news);
  const some = targets.length > 0;
  const around: Around = {
    wouldFollow,
    wouldRead,
    follow: () => some && follow({ issues: targets, following: wouldFollow }),
    read: () => some && mark({ issues: targets, seen: wouldRead }),
  };
  useKeys([
    { name: 'issues.follow', label: t('issues.followKey'), run: around.follow },
    { name: 'issues.read', label: t('issues.readKey'), run: around.read },
  ]);
  const count = targets.length;
  useActs(
    some
      ? [
          {
            label: wouldFollow ? t('bulk.do.follow', { count }) : t('bulk.do.unfollow', { count }),
            shortcut: 'issues.follow',
            run: around.follow,
          },
          {
            label: wouldRead ? t('bulk.do.read', { count }) : t('bulk.do.unread', { count }),
            shortcut: 'issues.read',
            run: around.read,
          },
        ]
      : [],
  );
  return around;
}
