/** Home: what is new and what needs me, in one answer. Each part is shown to whoever may see it elsewhere. */
import { type HistoryLine, type ReplyOf, readHome } from '@groundswell/contract';
import { type Actor, lastHere } from '../access/index.ts';
import { eventsSince } from '../events.ts';
import {
  countGroups,
  issuesById,
  keyOf,
  linesOf,
  listFirst,
  mentionsOf,
  titleOf,
  viewIssues,
} from '../issues/index.ts';
import type { Db } from '../platform/db.ts';
import type { App } from '../platform/http.ts';
import { route } from '../platform/route.ts';
import type { Tools } from '../platform/tools.ts';
import { listSources } from '../signals/index.ts';
import { toldTo } from '../views/index.ts';
import { countImports, countReceived } from './home.store.ts';

type Home = ReplyOf<typeof readHome>;

export function homeRoutes(app: App, { db, clock }: Tools): void {
  app.route({
    ...route(readHome),
    handler: ({ actor }) =>
      db.as(actor, async (reader): Promise<Home> => {
        const now = clock.now();
        return {
          ...(await issuesFor(reader, actor, now)),
          ...(await intakeFor(reader, actor, now)),
          forMe: await saidToMe(reader, actor, now),
          since: await sinceLastHere(reader, actor),
        };
      }),
  });
}

const EMERGING = 12;
const WORKING = 12;

async function issuesFor(
  db: Db,
  actor: Actor,
  now: Date,
): Promise<Pick<Home, 'emerging' | 'emergingTotal' | 'working'>> {
  if (!actor.can.has('issue.read')) return { emerging: [], emergingTotal: 0, working: [] };
  const emerging = await listFirst(db, 'emerging', EMERGING);
  const working = await listFirst(db, 'working', WORKING);
  const rows = await viewIssues(db, actor, [...emerging, ...working], now);
  const counts = await countGroups(db, {});
  return {
    emerging: rows.slice(0, emerging.length),
    emergingTotal: counts.emerging,
    working: rows.slice(emerging.length),
  };
}

async function intakeFor(db: Db, actor: Actor, now: Date): Promise<Pick<Home, 'signals' | 'sources' | 'imports'>> {
  const sources = actor.can.has('source.read') ? await listSources(db) : [];
  const received = actor.can.has('signal.read') ? await countReceived(db, now) : { today: 0, yesterday: 0 };
  const times = sources.flatMap(({ lastReceivedAt }) => (lastReceivedAt ? [lastReceivedAt.getTime()] : []));
  return {
    signals: {
      ...received,
      total: sources.reduce((sum, source) => sum + source.signals, 0),
      lastReceivedAt: times.length > 0 ? new Date(Math.max(...times)).toISOString() : null,
    },
    sources: sources.length,
    imports: actor.can.has('import.run') ? await countImports(db, now) : { running: 0, failed: 0 },
  };
}

const FOR_ME_MS = 7 * 86_400_000;
const FOR_ME_MOST = 20;

async function saidToMe(db: Db, actor: Actor, now: Date): Promise<Home['forMe']> {
  if (actor.kind !== 'person') return { mentions: [], watches: [] };
  const since = new Date(now.getTime() - FOR_ME_MS);
  const mentions = actor.can.has('issue.read') ? await mentionsOf(db, actor.id, since, FOR_ME_MOST) : [];
  const watches = actor.can.has('signal.read') ? await toldTo(db, actor.id, since, FOR_ME_MOST) : [];
  const issues = await issuesById(db, [...new Set(mentions.map(({ issueId }) => issueId))]);
  return {
    mentions: mentions.flatMap(({ issueId, at, ...mention }) => {
      const issue = issues.get(issueId);
      return issue ? [{ ...mention, at: at.toISOString(), issueKey: keyOf(issue), issueTitle: titleOf(issue) }] : [];
    }),
    watches: watches.map((told) => ({ ...told, at: told.at.toISOString() })),
  };
}

const LINES = 30;

/** On the first visit everything is new, so nothing is told as news. */
async function sinceLastHere(db: Db, actor: Actor): Promise<Home['since']> {
  const from = await lastHere(db, actor.id);
  if (from === null || !actor.can.has('issue.read')) return { from: from?.toISOString() ?? null, lines: [] };
  const events = await eventsSince(db, 'issue', from, LINES);
  const issues = await issuesById(db, [...new Set(events.map(({ subject }) => subject.id))]);
  const lines = await linesOf(db, events);
  return {
    from: from.toISOString(),
    lines: lines.flatMap((line: HistoryLine, i) => {
      const issue = issues.get(events[i]!.subject.id);
      return issue ? [{ ...line, issueKey: keyOf(issue), issueTitle: titleOf(issue) }] : [];
    }),
  };
}
