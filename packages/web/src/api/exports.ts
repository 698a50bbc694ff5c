/** Lists as files: at once where they are short, otherwise written in the background and fetched when ready. */
import {
  downloadExport,
  type ExportList,
  type ExportView,
  exportActiveUsers,
  exportCases,
  exportChanges,
  exportComments,
  exportConnectors,
  exportCopies,
  exportDimensions,
  exportExports,
  exportHistory,
  exportImports,
  exportInvitations,
  exportIssues,
  exportPeople,
  exportRoles,
  exportSignals,
  exportSources,
  exportTeams,
  exportTokens,
  exportTopics,
  exportValues,
  Fault,
  listExports,
  Refusal,
  readExport,
  removeExport,
  startExport,
} from '@groundswell/contract';
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call, callHeaders, isRefusal } from './call.ts';
import { movingInterval } from './liveness.ts';

const EXPORTS = ['exports'] as const;

const isUnderWay = ({ state }: ExportView): boolean => state === 'waiting' || state === 'running';

export const myExports = () =>
  queryOptions({
    queryKey: [...EXPORTS, 'mine'],
    queryFn: () => call(listExports, {}),
    refetchInterval: ({ state }) => movingInterval(state.data?.exports.some(isUnderWay) ?? false, 1_000, 30_000),
  });

const oneExport = (id: string | null) =>
  queryOptions({
    queryKey: [...EXPORTS, id],
    queryFn: () => call(readExport, { params: { id: id! } }),
    enabled: id !== null,
    refetchInterval: ({ state }) => (!state.data || isUnderWay(state.data) ? 1_000 : false), // how far it is
  });

const PATHS: Readonly<Record<ExportList, string>> = {
  issues: exportIssues.path,
  cases: exportCases.path,
  signals: exportSignals.path,
  changes: exportChanges.path,
  values: exportValues.path,
  topics: exportTopics.path,
  comments: exportComments.path,
  history: exportHistory.path,
  people: exportPeople.path,
  invitations: exportInvitations.path,
  teams: exportTeams.path,
  roles: exportRoles.path,
  tokens: exportTokens.path,
  imports: exportImports.path,
  sources: exportSources.path,
  connectors: exportConnectors.path,
  copies: exportCopies.path,
  dimensions: exportDimensions.path,
  active_users: exportActiveUsers.path,
  exports: exportExports.path,
};

/** What the path has a place for stands there, everything else behind it. */
function addressOf(list: ExportList, said: Readonly<Record<string, string | string[]>>): string {
  const inPath = new Set<string>();
  const path = PATHS[list].replace(/:(\w+)/g, (_, name: string) => {
    inPath.add(name);
    return encodeURIComponent(String(said[name]));
  });
  const rest = Object.entries(said).filter(([name]) => !inPath.has(name));
  return `${path}?${new URLSearchParams(rest.flatMap(([name, value]) => [value].flat().map((one) => [name, one])))}`;
}

export type ExportQuery = Readonly<Record<string, unknown>>;

/** As an address would say it; what is not asked for is left out. */
function wordsOf(query: ExportQuery): Record<string, string | string[]> {
  const said = Object.entries(query).filter(([, value]) => value !== undefined && value !== '');
  return Object.fromEntries(
    said.map(([name, value]) => [name, Array.isArray(value) ? value.map(String) : String(value)]),
  );
}

/** Fetched and not linked to: a link could neither say which sample it stands in, nor show why it was refused. */
async function fetchFile(path: string): Promise<void> {
  const response = await fetch(path, { headers: callHeaders() }).catch((cause: unknown) => {
    throw new Fault('The server did not answer.', 0, String(cause));
  });
  if (!response.ok) {
    const no = (await response.json()) as { code: Refusal['code']; message: string; details?: Record<string, unknown> };
    if (response.status < 500) throw new Refusal(no.code, no.message, no.details ?? {});
    throw new Fault(no.message, response.status, null);
  }
  const named = /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1] ?? 'export.csv';
  saveAs(await response.blob(), named);
}

function saveAs(file: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

export function useDownloadExport() {
  return useMutation({ mutationFn: (id: string) => fetchFile(downloadExport.path.replace(':id', id)) });
}

export function useRemoveExport() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => call(removeExport, { params: { id } }),
    onSettled: () => client.invalidateQueries({ queryKey: EXPORTS }),
  });
}

export interface ExportForm {
  readonly bom: boolean;
  readonly covered: boolean;
}

/** One export of a list: the file itself, or the one that is being written. */
export function useExport(list: ExportList, query: ExportQuery = {}) {
  const client = useQueryClient();
  const [id, setId] = useState<string | null>(null);
  const written = useQuery(oneExport(id)).data ?? null;
  const make = useMutation({
    mutationFn: async ({ bom, covered }: ExportForm) => {
      const said = wordsOf({ ...query, bom, ...(covered && { covered }) });
      try {
        await fetchFile(addressOf(list, said));
      } catch (error) {
        if (!isRefusal(error, 'export.too_large') || !(error as Refusal).details.background) throw error;
        const made = await call(startExport, { body: { list, query: said } });
        setId(made.id);
        await client.invalidateQueries({ queryKey: EXPORTS });
      }
    },
  });
  const download = useDownloadExport();
  return {
    list,
    make: make.mutate,
    busy: make.isPending || download.isPending,
    /** Saved by the browser at once. */
    saved: make.isSuccess && id === null,
    written,
    download: () => id !== null && download.mutate(id),
    error: make.error ?? download.error,
    forget() {
      make.reset();
      setId(null);
    },
  };
}
