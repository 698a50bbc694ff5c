/** What people do with issues together, and say of them. */
import {
  assignIssue,
  deleteComment,
  editComment,
  followIssue,
  type LinkKind,
  linkIssues,
  listIssues,
  markSeen,
  mergeIssue,
  moveTopicSignals,
  readTriage,
  splitIssue,
  undoTriage,
  writeComment,
} from '@groundswell/contract';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from './call.ts';
import { HOME, ISSUES } from './issue-keys.ts';
import { showAs } from './issue-patch.ts';
import { liveInterval } from './liveness.ts';

export const triage = (id: string) =>
  queryOptions({
    queryKey: [...ISSUES, 'triage', id],
    queryFn: () => call(readTriage, { params: { id } }),
    refetchInterval: liveInterval(15_000), // a colleague may be writing
  });

/** To choose another one from. */
export const otherIssues = () =>
  queryOptions({
    queryKey: [...ISSUES, 'others'],
    queryFn: () => call(listIssues, { query: { group: 'all', sort: 'changed', limit: 200 } }),
    staleTime: 30_000,
  });

interface Seen {
  id: string;
  version: number;
}

type What = { signals: string[] } | { slice: Record<string, string> };

export type TriageOrder =
  | { do: 'merge'; issue: Seen; into: string }
  | { do: 'split'; issue: Seen; title: string; what: What }
  | { do: 'move'; signals: string[]; into: string | null }
  | { do: 'link'; issue: Seen; to: string; kind: LinkKind }
  | { do: 'assign'; issue: Seen; owner: string | null }
  | { do: 'follow'; issue: Seen; following: boolean }
  | { do: 'undo'; act: string };

async function carryOut(order: TriageOrder): Promise<{ key: string | null }> {
  switch (order.do) {
    case 'merge': {
      const { issue, into } = order;
      return goTo(await call(mergeIssue, { params: { id: issue.id }, body: { version: issue.version, into } }));
    }
    case 'split': {
      const { issue, title, what } = order;
      return goTo(await call(splitIssue, { params: { id: issue.id }, body: { version: issue.version, title, what } }));
    }
    case 'move':
      return goTo(await call(moveTopicSignals, { body: { signals: order.signals, into: order.into } }));
    case 'link':
      await call(linkIssues, { params: { id: order.issue.id }, body: { to: order.to, kind: order.kind } });
      return { key: null };
    case 'assign': {
      const { issue, owner } = order;
      await call(assignIssue, { params: { id: issue.id }, body: { version: issue.version, owner } });
      return { key: null };
    }
    case 'follow':
      await call(followIssue, { params: { id: order.issue.id }, body: { following: order.following } });
      return { key: null };
    case 'undo':
      await call(undoTriage, { params: { id: order.act } });
      return { key: null };
  }
}

const goTo = ({ issue }: { issue: { key: string } | null }) => ({ key: issue?.key ?? null });

/** After a refusal too everything is read anew: what we showed was stale. Signals say which topic they are of. */
function useReadAnew() {
  const client = useQueryClient();
  return () =>
    Promise.all([
      client.invalidateQueries({ queryKey: ISSUES }),
      client.invalidateQueries({ queryKey: HOME }),
      client.invalidateQueries({ queryKey: ['signals'] }),
    ]);
}

export function useTriage() {
  return useMutation({ mutationFn: carryOut, onSettled: useReadAnew() });
}

export type CommentOrder =
  | { do: 'write'; text: string; mentions: string[] }
  | { do: 'edit'; comment: string; text: string; mentions: string[] }
  | { do: 'delete'; comment: string };

export function useComment(issue: string) {
  return useMutation({
    mutationFn: (order: CommentOrder) => {
      if (order.do === 'write') {
        return call(writeComment, { params: { id: issue }, body: { text: order.text, mentions: order.mentions } });
      }
      const params = { id: issue, comment: order.comment };
      if (order.do === 'delete') return call(deleteComment, { params });
      return call(editComment, { params, body: { text: order.text, mentions: order.mentions } });
    },
    onSettled: useReadAnew(),
  });
}

/** Said quietly: whether it arrives changes nothing that is on the page. */
export function useSeen() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => call(markSeen, { params: { id } }),
    onSuccess: (_at, id) => {
      showAs(client, [id], { news: false, unread: 0 });
      return client.invalidateQueries({ queryKey: HOME });
    },
  });
}
