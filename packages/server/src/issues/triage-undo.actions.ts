/** Taking back what people did with issues together: at any later time, and after any growth, as far as it still stands. */
import { type Actor, mustHave } from '../access/index.ts';
import type { Db, Trx } from '../platform/db.ts';
import type { Tools } from '../platform/tools.ts';
import { regroup } from '../topics/index.ts';
import { keyOf } from './issue.key.ts';
import { holdIssues, issuesById, issuesOfTopics, lockNumbers, saveIssue } from './issue.store.ts';
import type { Issue } from './issue.ts';
import { type Hand, say, showAnew } from './triage.actions.ts';
import { endAct, loadAct } from './triage.store.ts';
import { type Act, asBefore, asDuplicate, mustBeOpenToUndo, type Trouble, troubleOf } from './triage.ts';

/** Why it cannot be taken back now, or null. */
export async function findTrouble(db: Db, act: Act): Promise<Trouble | null> {
  const ids = [act.issueId, act.otherId].flatMap((id) => id ?? []);
  const issues = await issuesById(db, ids);
  const [issue, other] = [issues.get(act.issueId ?? ''), issues.get(act.otherId ?? '')];
  const gone = [other, issue].flatMap((one) => one?.duplicateOf ?? []);
  const into = (await issuesById(db, gone)).get(gone[0] ?? '') ?? null;
  const staying = act.kind === 'move' && act.undoneAt === null ? await regroup.countStaying(db, act.id) : 0;
  return troubleOf(act, { issue: issue ?? null, other: other ?? null, into, staying });
}

export async function undoTriage({ db, clock }: Tools, actor: Actor, id: string): Promise<{ act: Act; stay: number }> {
  mustHave(actor, 'issue.decide');
  const at = clock.now();

  return db.change(actor, async (trx) => {
    const { compartment } = await loadAct(trx, id);
    await lockNumbers(trx, compartment);
    const act = await loadAct(trx, id); // as it is once nobody else can take it back
    mustBeOpenToUndo(await findTrouble(trx, act));
    const stay = await UNDO[act.kind]({ trx, actor, at }, act);
    await endAct(trx, id, actor.id, at);
    return { act: { ...act, undoneBy: actor.id, undoneAt: at }, stay };
  });
}

const UNDO: Readonly<Record<Act['kind'], (hand: Hand, act: Act) => Promise<number>>> = {
  merge: unmerge,
  split: unsplit,
  move: unmove,
  link: unlink,
};

async function hold({ trx }: Hand, act: Act): Promise<[Issue, Issue]> {
  const held = await holdIssues(trx, [act.issueId!, act.otherId!]);
  return [held.get(act.issueId!)!, held.get(act.otherId!)!];
}

const placeOf = (act: Act, at: Date) => ({ id: act.id, compartment: act.compartment, at });

async function unmerge(hand: Hand, act: Act): Promise<number> {
  const { trx, at } = hand;
  const [issue] = await hold(hand, act);
  const root = await rootIssue(trx, issue);
  const signals = await regroup.partTopic(trx, placeOf(act, at), issue.topicId);
  const back = await showAnew(hand, asBefore(issue, act.was!, at));
  const left = await showAnew(hand, root);
  await say(hand, back, { name: 'issue.unmerged', payload: { actId: act.id, key: keyOf(root), signals } });
  await say(hand, left, { name: 'issue.gave_back', payload: { actId: act.id, key: keyOf(back), signals } });
  return 0;
}

/** The one that stands at the end: what was kept may have been merged further since. */
async function rootIssue(trx: Trx, issue: Issue): Promise<Issue> {
  let at = issue;
  while (at.duplicateOf !== null) at = (await holdIssues(trx, [at.duplicateOf])).get(at.duplicateOf)!;
  return at;
}

async function unsplit(hand: Hand, act: Act): Promise<number> {
  const { trx, at } = hand;
  const [issue, part] = await hold(hand, act);
  const signals = await regroup.takeBackSplit(trx, placeOf(act, at), part.topicId, issue.topicId);
  const was = asDuplicate(part, { ...issue, state: 'suspected' }, at); // goes back also to one that was closed meanwhile
  const gone = await saveIssue(trx, was, part.version);
  const after = await showAnew(hand, issue);
  await say(hand, gone, { name: 'issue.unsplit', payload: { actId: act.id, key: keyOf(issue), signals } });
  await say(hand, after, { name: 'issue.took_in', payload: { actId: act.id, key: keyOf(part), signals } });
  return 0;
}

async function unmove(hand: Hand, act: Act): Promise<number> {
  const { trx, at } = hand;
  const { back, stay } = await regroup.takeBackMove(trx, placeOf(act, at));
  const origins = await issuesOfTopics(trx, await regroup.leftBy(trx, act.id));
  const target = act.otherId === null ? undefined : (await issuesById(trx, [act.otherId])).get(act.otherId);
  const root = target && (await rootIssue(trx, target));
  const held = await holdIssues(trx, [...[...origins.values()].map(({ id }) => id), ...(root ? [root.id] : [])]);
  const said = { actId: act.id, signals: back, undone: true } as const;
  for (const issue of held.values()) {
    const after = await showAnew(hand, issue);
    if (issue.id === root?.id) await say(hand, after, { name: 'issue.signals_left', payload: { ...said, key: null } });
    else await say(hand, after, { name: 'issue.signals_joined', payload: said });
  }
  return stay;
}

async function unlink(hand: Hand, act: Act): Promise<number> {
  const [issue, other] = await hold(hand, act);
  const said = { actId: act.id, link: act.link! };
  await say(hand, issue, { name: 'issue.unlinked', payload: { ...said, key: keyOf(other) } });
  await say(hand, other, { name: 'issue.unlinked', payload: { ...said, key: keyOf(issue), turned: true } });
  return 0;
}
