/** Files on their way in. How far a running one is nobody is told, so it is asked every second; everything else is told. */
import {
  cancelImport,
  type ImportView,
  listImports,
  listRefusedRows,
  type Mapping,
  readImport,
  startImport,
  tryImport,
} from '@groundswell/contract';
import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../api/call.ts';
import { movingInterval } from '../../api/liveness.ts';
import { uploadFile } from '../../api/upload.ts';

const IMPORTS = ['imports'] as const;

/** Rows are still being taken, or the engine still reads them as history. */
function isMoving(view: ImportView): boolean {
  return view.state === 'running' || view.history?.state === 'waiting' || view.history?.state === 'running';
}

export const pastImports = () =>
  queryOptions({
    queryKey: [...IMPORTS, 'list'],
    queryFn: () => call(listImports, {}),
    refetchInterval: ({ state }) => movingInterval(state.data?.imports.some(isMoving) ?? false, 2_000, 30_000),
  });

export const oneImport = (id: string) =>
  queryOptions({
    queryKey: [...IMPORTS, 'one', id],
    queryFn: () => call(readImport, { params: { id } }),
    refetchInterval: ({ state }) => movingInterval(!!state.data && isMoving(state.data), 1_000, 30_000),
  });

export const refusedRows = (id: string) =>
  infiniteQueryOptions({
    queryKey: [...IMPORTS, 'refused', id],
    queryFn: ({ pageParam }) => call(listRefusedRows, { params: { id }, query: { after: pageParam, limit: 100 } }),
    initialPageParam: 0,
    getNextPageParam: (page) => page.next,
  });

export function useUpload(onSent: (share: number) => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (file: File) => uploadFile(file, onSent),
    onSuccess: (view) => {
      client.setQueryData(oneImport(view.id).queryKey, view);
      return client.invalidateQueries({ queryKey: [...IMPORTS, 'list'] });
    },
  });
}

export function useStartImport(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { sourceId: string; mapping: Mapping }) => call(startImport, { params: { id }, body }),
    onSuccess: (view) => client.setQueryData(oneImport(id).queryKey, view),
    onSettled: () => client.invalidateQueries({ queryKey: IMPORTS }),
  });
}

export function useCancelImport(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => call(cancelImport, { params: { id } }),
    onSettled: () => client.invalidateQueries({ queryKey: IMPORTS }),
  });
}

/** Keeps nothing, so nothing is read again. */
export function useTryImport(id: string) {
  return useMutation({
    mutationFn: (body: { sourceId: string; mapping: Mapping }) => call(tryImport, { params: { id }, body }),
  });
}
