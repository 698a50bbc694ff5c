/** The simulated world behind a world of the house: opened once, kept while it is asked for, and its rows as senders give them. */
import type { NewSignal, SignalKind } from '@groundswell/contract';
import { HOUR_MS, openWorld, type World as Simulated, type SimulatedSignal } from '@groundswell/simulator';
import { optionsOf, type World } from './world.ts';

const KEPT = 3;
const opened = new Map<string, Promise<Simulated>>();

/** The same object as long as it is one of the last few that were asked for. */
export function simulatedOf(world: World): Promise<Simulated> {
  const { id } = world;
  const known = opened.get(id) ?? openWorld(optionsOf(world));
  opened.delete(id);
  opened.set(id, known); // the newest last
  for (const old of [...opened.keys()].slice(0, -KEPT)) opened.delete(old);
  return known;
}

/** Signals said from `from` on and before `to`, by time. */
export function signalsBetween(simulated: Simulated, from: Date, to: Date): SimulatedSignal[] {
  const found: SimulatedSignal[] = [];
  const hourOf = (at: number): number => Math.floor((at - simulated.start) / HOUR_MS);
  for (let hour = hourOf(from.getTime()); hour <= hourOf(to.getTime() - 1); hour++) {
    for (const signal of simulated.signalsOfHour(hour)) {
      if (signal.at >= from.getTime() && signal.at < to.getTime()) found.push(signal);
    }
  }
  return found;
}

/** A source for each kind; what is confidential comes by a source of its own. */
export const SOURCE_NAMES: Readonly<Record<SignalKind, string>> = {
  ticket: 'Tickets',
  feedback: 'Feedback form',
  app_review: 'App reviews',
  user_report: 'User reports',
  appeal: 'Appeals',
  social_mention: 'Social mentions',
  machine_flag: 'Detectors',
};
export const CLOSED_SOURCE = { name: 'Confidential reports', kind: 'user_report' } as const;

export const asNewSignal = (signal: SimulatedSignal): NewSignal => ({
  id: signal.id,
  ts: new Date(signal.at).toISOString(),
  text: signal.text,
  ...(signal.title !== null && { title: signal.title }),
  author: signal.author,
  rating: signal.rating,
  language: signal.language,
  creator_tier: signal.tier,
  exposure: signal.exposure,
  dimensions: { ...signal.dimensions },
});
