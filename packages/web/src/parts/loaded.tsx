import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { EmptyNote, ErrorNote, Skeleton } from './notes.tsx';

interface LoadedProps<T> {
  query: Pick<UseQueryResult<T>, 'data' | 'isPending' | 'isError' | 'error' | 'refetch'>;
  isEmpty: (data: T) => boolean;
  empty: ReactNode;
  /** How many grey bars stand where the answer will be. */
  lines?: number;
  children: (data: T) => ReactNode;
}

/**
 * The four states of any screen: waiting, failed, empty, filled. A screen cannot forget one.
 * A poll that fails after a first answer keeps the answer in sight and says above it that it is old.
 */
export function Loaded<T>({ query, isEmpty, empty, lines, children }: LoadedProps<T>) {
  if (query.isPending) return <Skeleton lines={lines} />;
  const failed = query.isError ? <ErrorNote error={query.error} onRetry={() => void query.refetch()} /> : null;
  if (query.data === undefined) return failed;
  return (
    <>
      {failed}
      {isEmpty(query.data) ? typeof empty === 'string' ? <EmptyNote>{empty}</EmptyNote> : empty : children(query.data)}
    </>
  );
}
