/** Everything about one case, on one page, in one reading. */
import type { CaseDetail, CaseIssue, CaseLink } from '@groundswell/contract';
import type { Actor } from '../access/index.ts';
import { legalLines } from '../clocks/index.ts';
import { issuesById, keyOf, linesOf, titleOf } from '../issues/index.ts';
import type { Db } from '../platform/db.ts';
import { allTeams, colleaguesIn, peopleOf, signalsOf, watchersOf } from './around.store.ts';
import { asksOf } from './ask.store.ts';
import { referenceOf } from './case.key.ts';
import { casesById } from './case.store.ts';
import type { Case } from './case.ts';
import { isoOf, namesIn, personOf, viewAsk, viewCases, viewMessage, viewNote, viewTask } from './case.view.ts';
import { draftsOf } from './draft.store.ts';
import { casesBeside, issuesBeside } from './issue-link.store.ts';
import { messagesOf } from './message.store.ts';
import { notesOf } from './note.store.ts';
import { tasksOf } from './task.store.ts';
import { timelineOf } from './timeline.store.ts';

const SHOWN = 500;
const LINES = 200;

export async function detailOf(db: Db, actor: Actor, kase: Case, now: Date): Promise<CaseDetail> {
  const [row] = await viewCases(db, actor, [kase], now);
  const messages = await messagesOf(db, kase.id, SHOWN);
  const asks = await asksOf(db, kase.id, SHOWN);
  const notes = await notesOf(db, kase.id, SHOWN);
  const tasks = await tasksOf(db, kase.id, SHOWN);
  const watchers = await watchersOf(db, kase.id);
  const names = await namesIn(db, [
    ...watchers,
    ...[kase.openedBy, kase.overrideBy],
    ...messages.map(({ authorId }) => authorId),
    ...asks.flatMap(({ authorId, answeredBy }) => [authorId, answeredBy]),
    ...notes.map(({ authorId }) => authorId),
    ...tasks.flatMap(({ ownerId, madeBy, doneBy }) => [ownerId, madeBy, doneBy]),
  ]);
  const { lines } = await timelineOf(db, kase.id, { limit: LINES });
  return {
    ...row!,
    ...factsOf(kase, names),
    legal:
      kase.legalClockId === null
        ? null
        : ((await legalLines(db, undefined)).find(({ id }) => id === kase.legalClockId) ?? null),
    people: (await peopleOf(db, kase.id)).map((one) => ({ ...one, at: one.at.toISOString() })),
    signals: await signalsOf(db, kase.id, SHOWN),
    messages: messages.map((one) => viewMessage(one, actor, names)),
    asks: asks.map((one) => viewAsk(one, actor, names)),
    notes: notes.map((one) => viewNote(one, actor, now, names)),
    drafts: (await draftsOf(db, kase.id, actor.id)).map((one) => ({ ...one, at: one.at.toISOString() })),
    tasks: tasks.map((one) => viewTask(one, names)),
    ...(await besideOf(db, kase.id)),
    watchers: watchers.map((id) => personOf(id, names)!),
    watching: watchers.includes(actor.id),
    colleagues: (await colleaguesIn(db, kase.compartment)).flatMap(({ id, name, works }) =>
      works ? [{ id, name }] : [],
    ),
    teams: await allTeams(db),
    timeline: await linesOf(db, lines),
  };
}

function factsOf(kase: Case, names: ReadonlyMap<string, string>) {
  const ended = kase.outcome !== null || kase.exitReason !== null;
  return {
    ask: kase.ask,
    requesterName: kase.requesterName,
    requesterRef: kase.requesterRef,
    source: kase.source,
    openedBy: names.get(kase.openedBy) ?? null,
    alertId: kase.alertId,
    facts: kase.facts,
    reasons: [...kase.reasons],
    override:
      kase.overrideReason === null
        ? null
        : { reason: kase.overrideReason, by: names.get(kase.overrideBy ?? '') ?? null },
    end: ended
      ? {
          outcome: kase.outcome,
          toldBy: kase.toldBy,
          untold: kase.untold,
          searched: kase.searched,
          reason: kase.exitReason,
        }
      : null,
    note: kase.note,
    stateAt: kase.stateAt.toISOString(),
  };
}

/** Issues and cases beside it, of those that the reader sees. */
export async function besideOf(db: Db, caseId: string): Promise<{ issues: CaseIssue[]; links: CaseLink[] }> {
  const beside = await issuesBeside(db, caseId);
  const issues = await issuesById(
    db,
    beside.map(({ issueId }) => issueId),
  );
  const links = await casesBeside(db, caseId);
  const cases = await casesById(
    db,
    links.map(({ id }) => id),
  );
  return {
    issues: beside.flatMap(({ issueId, proposedState, proposedAt }) => {
      const issue = issues.get(issueId);
      if (!issue) return [];
      const proposed = proposedState && proposedAt ? { state: proposedState, at: isoOf(proposedAt)! } : null;
      return [{ id: issueId, key: keyOf(issue), title: titleOf(issue), state: issue.state, proposed }];
    }),
    links: links.flatMap(({ id, kind }) => {
      const kase = cases.get(id);
      return kase ? [{ id, kind, reference: referenceOf(kase), state: kase.state }] : [];
    }),
  };
}
