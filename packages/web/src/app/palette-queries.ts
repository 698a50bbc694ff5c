/** What the palette asks of the server: things by id, by key, by words, and what pinned things are called now. */
import {
  type CaseRow,
  listCases,
  listIssues,
  readCase,
  readImport,
  readIssue,
  readSignal,
  type SearchReply,
  searchAll,
  searchSignals,
} from '@groundswell/contract';
import { keepPreviousData, type QueryClient, queryOptions } from '@tanstack/react-query';
import { call } from '../api/call.ts';
import type { Hit } from './palette-hit.ts';
import { houseById, houseCalled } from './palette-house.ts';
import type { Typed } from './palette-read.ts';

const SHOWN = 6;

/** A key or an id that leads nowhere, or to what one may not see, is no error here: there is nothing to show. */
export const found = (typed: Typed, can: readonly string[]) =>
  queryOptions({
    queryKey: ['palette', typed, can],
    queryFn: ({ client }) => search(client, typed, can),
    enabled: typed.is === 'id' || typed.is === 'key' || typed.is === 'words' || typed.is === 'who',
    placeholderData: keepPreviousData,
    staleTime: 10_000,
    retry: false,
  });

async function search(client: QueryClient, typed: Typed, can: readonly string[]): Promise<readonly Hit[]> {
  const [issues, signals] = [can.includes('issue.read'), can.includes('signal.read')];
  const may = { issues, signals, cases: can.includes('case.read') };
  if (typed.is === 'key' && typed.key.startsWith('GS-')) return may.cases ? maybe(caseCalled(typed.key)) : [];
  if (typed.is === 'key') return may.issues ? maybe(issueCalled(typed.key)) : [];
  if (typed.is === 'who') return houseCalled(client, typed.words, can, 'people');
  if (typed.is === 'id') {
    const [things, house] = await Promise.all([
      byId(typed.id, may, can.includes('import.run')),
      houseById(client, typed.id, can),
    ]);
    return [...things, ...house];
  }
  if (typed.is !== 'words') return [];
  const [house, ids, hits, cases] = await Promise.all([
    houseCalled(client, typed.words, can),
    may.signals && typed.maybeId ? maybe(signalsCalled(typed.words)) : [],
    may.signals ? maybe(call(searchAll, { query: { q: typed.words, limit: SHOWN } }).then(hitsOf)) : [],
    may.cases ? maybe(casesSaying(typed.words)) : [],
  ]);
  return [...house, ...ids, ...cases, ...hits];
}

async function byId(
  id: string,
  may: { issues: boolean; signals: boolean; cases: boolean },
  imports: boolean,
): Promise<Hit[]> {
  const asked = [
    may.issues ? maybe(issueCalled(id)) : [],
    may.cases ? maybe(caseCalled(id)) : [],
    may.signals ? maybe(signalOf(id)) : [],
    may.signals ? maybe(topicOf(id)) : [],
    imports ? maybe(importOf(id)) : [],
  ];
  return (await Promise.all(asked)).flat();
}

const maybe = (asked: Promise<readonly Hit[]>): Promise<readonly Hit[]> => asked.catch(() => []);

async function issueCalled(ref: string): Promise<Hit[]> {
  const { key, title } = await call(readIssue, { params: { id: ref } });
  return [issueHit(key, title)];
}

const caseHit = ({ reference, title }: Pick<CaseRow, 'reference' | 'title'>): Hit => ({
  kind: 'case',
  path: `/cases/${encodeURIComponent(reference)}`,
  code: reference,
  title,
});

const caseCalled = async (ref: string) => [caseHit(await call(readCase, { params: { id: ref } }))];

async function casesSaying(words: string): Promise<Hit[]> {
  const { cases } = await call(listCases, { query: { group: 'all', q: words, limit: 3 } });
  return cases.map(caseHit);
}

const issueHit = (key: string, title: string): Hit => ({
  kind: 'issue',
  path: `/issues/${encodeURIComponent(key)}`,
  code: key,
  title,
});

const signalHit = ({ id, externalId, sourceName }: { id: string; externalId: string; sourceName: string }): Hit => ({
  kind: 'signal',
  path: `/signals?open=${id}`,
  code: externalId,
  title: sourceName,
});

const signalOf = async (id: string) => [signalHit(await call(readSignal, { params: { id } }))];

async function signalsCalled(externalId: string): Promise<Hit[]> {
  const q = `id:"${externalId.replaceAll('"', '')}"`;
  return (await call(searchSignals, { query: { q, limit: 3 } })).signals.map(signalHit);
}

async function topicOf(id: string): Promise<Hit[]> {
  const { signals } = await call(searchSignals, { query: { topic: id, limit: 1 } });
  const topic = signals[0]?.topic;
  return topic ? [topicHit(id, topic.label, topic.issueKey)] : [];
}

const topicHit = (id: string, label: string, issueKey: string | null): Hit => ({
  kind: 'topic',
  path: `/signals?topic=${id}`,
  code: issueKey ?? '',
  title: label,
});

async function importOf(id: string): Promise<Hit[]> {
  const { fileName } = await call(readImport, { params: { id } });
  return [{ kind: 'import', path: `/import/${id}`, code: id.slice(0, 8), title: fileName }];
}

const hitsOf = ({ issues, topics }: SearchReply): Hit[] => [
  ...(issues?.found ?? []).map(({ key, title }) => issueHit(key, title)),
  ...(topics?.found ?? []).slice(0, 3).map(({ id, label, issueKey }) => topicHit(id, label, issueKey)),
];

/** What issues are called by now; those that are gone or hidden are left out. */
export const titlesOf = (keys: readonly string[]) =>
  queryOptions({
    queryKey: ['palette', 'titles', keys],
    queryFn: async () => {
      const q = keys.join(' OR ');
      const { issues } = await call(listIssues, { query: { group: 'all', q, limit: 50 } });
      return new Map(issues.map(({ key, title }) => [key, title]));
    },
    enabled: keys.length > 0,
    staleTime: 30_000,
    retry: false,
  });
