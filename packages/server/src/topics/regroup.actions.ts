/** Putting topics together and apart: what is kept, what the engine is told, and what is remembered of it, in one go. */
import { surgeOfSplit } from '@groundswell/analytics';
import type { Trx } from '../platform/db.ts';
import { spread } from './findings.ts';
import { alertId, topicId } from './identity.ts';
import { keepPairs, type Pair, withdrawPairs } from './pair.store.ts';
import {
  holdTopics,
  insertAlertOf,
  insertTopicOf,
  placeSignals,
  pointTopic,
  returnSignals,
  unpointTopic,
  weighPart,
} from './regroup.store.ts';
import { appendCommand } from './stream.actions.ts';
import { loadAlerts, loadTopics } from './topic.store.ts';

export {
  alertOfRoot,
  countMembers,
  countStaying,
  leftBy,
  membersAmong,
  membersWith,
  standingOf,
} from './regroup.store.ts';

/** Whose act it is, and where: all topics of it are in this compartment. */
export interface Act {
  readonly id: string;
  readonly compartment: string;
  readonly at: Date;
}

/** Said of a whole split or move by a few of its signals. */
const PAIRS = 20;

/** Both must stand for themselves; the caller has looked. Returns how many signals came along. */
export async function mergeTopics(trx: Trx, act: Act, from: string, into: string): Promise<number> {
  const { id, compartment, at } = act;
  await holdTopics(trx, compartment, 'alone');
  const topics = await loadTopics(trx, [from, into]);
  const signals = await pointTopic(trx, from, into, at);
  const [one, other] = [topics.get(from)!.medoid, topics.get(into)!.medoid];
  await keepPairs(trx, { act: id, compartment, at }, [
    { kind: 'must_link', one, other, oneTopic: from, otherTopic: into },
  ]);
  await appendCommand(trx, compartment, { kind: 'merge', from, into }, at);
  return signals;
}

export async function partTopic(trx: Trx, act: Act, topic: string): Promise<number> {
  await holdTopics(trx, act.compartment, 'alone');
  const signals = await unpointTopic(trx, topic, act.at);
  await withdrawPairs(trx, act.id, act.at);
  await appendCommand(trx, act.compartment, { kind: 'part', topic }, act.at);
  return signals;
}

export interface Split {
  readonly topic: string;
  readonly signals: readonly string[];
  /** What the old topic's issue shows, and since when that goes on. */
  readonly alert: string;
}

/** A topic of its own for these signals, with an alert that says what is known of them already. */
export async function splitTopic(
  trx: Trx,
  act: Act,
  { topic, signals, alert }: Split,
): Promise<{ topic: string; alert: string; signals: number }> {
  const { id, compartment, at } = act;
  const group = `split.${id}`;
  const made = { topic: topicId(compartment, group), alert: alertId(compartment, surgeOfSplit(group)) };
  await holdTopics(trx, compartment, 'alone');
  const old = (await loadTopics(trx, [topic])).get(topic)!;
  const { onsetAt } = (await loadAlerts(trx, [alert])).get(alert)!;
  const samples = spread(signals, 60);
  const medoid = signals[Math.floor(signals.length / 2)]!;
  await insertTopicOf(trx, { id: made.topic, group, of: topic, medoid, part: 1, at });
  const moved = await placeSignals(trx, { act: id, compartment, signals, into: made.topic, at });
  const weight = await weighPart(trx, { topic, act: id, since: onsetAt });
  const part = (weight.before + 0.5) / (weight.allBefore + 1);
  await insertAlertOf(trx, { id: made.alert, of: alert, topic: made.topic, observed: weight.since, part, samples });
  await keepPairs(trx, act2pairs(act), [
    ...spread(signals, PAIRS).map((one): Pair => {
      return { kind: 'cannot_link', one, other: old.medoid, oneTopic: made.topic, otherTopic: topic };
    }),
  ]);
  await appendCommand(trx, compartment, { kind: 'split', act: id, topic, into: made.topic }, at);
  return { ...made, signals: moved };
}

const act2pairs = ({ id, compartment, at }: Act) => ({ act: id, compartment, at });

/** Signals into another topic or into none. They no longer belong with what they leave. */
export async function moveSignals(
  trx: Trx,
  act: Act,
  { signals, from, into }: { signals: readonly string[]; from: readonly string[]; into: string | null },
): Promise<number> {
  const { id, compartment, at } = act;
  await holdTopics(trx, compartment, 'alone');
  const moved = await placeSignals(trx, { act: id, compartment, signals, into, at });
  if (moved === 0) return 0;
  const topics = await loadTopics(trx, [...from, ...(into === null ? [] : [into])]);
  const some = spread(signals, PAIRS);
  const against = (kind: Pair['kind'], topic: string): Pair[] =>
    some.map((one) => ({ kind, one, other: topics.get(topic)!.medoid, oneTopic: into, otherTopic: topic }));
  await keepPairs(trx, act2pairs(act), [
    ...from.flatMap((topic) => against('cannot_link', topic)),
    ...(into === null ? [] : against('must_link', into)),
  ]);
  await appendCommand(trx, compartment, { kind: 'move', act: id, into }, at);
  return moved;
}

/** What is still where the act put it goes back. */
export async function takeBackMove(trx: Trx, act: Act): Promise<{ back: number; stay: number }> {
  await holdTopics(trx, act.compartment, 'alone');
  const went = await returnSignals(trx, act.id, act.at);
  if (went.back === 0) return went;
  await withdrawPairs(trx, act.id, act.at);
  await appendCommand(trx, act.compartment, { kind: 'move', act: act.id, back: true }, act.at);
  return went;
}

/** A split is taken back by a merge: what has come to the new topic since goes along. */
export async function takeBackSplit(trx: Trx, act: Act, from: string, into: string): Promise<number> {
  await holdTopics(trx, act.compartment, 'alone');
  const signals = await pointTopic(trx, from, into, act.at);
  await withdrawPairs(trx, act.id, act.at);
  await appendCommand(trx, act.compartment, { kind: 'merge', from, into }, act.at);
  return signals;
}
