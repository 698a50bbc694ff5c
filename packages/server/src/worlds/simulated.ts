/** The simulated world behind a world of the house: opened once, kept while it is asked for, and its rows as senders give them. */
import { type NewSignal, type SignalKind, WORLDS_MAX } from '@groundswell/contract';
import { HOUR_MS, openWorld, type World as Simulated, type SimulatedSignal } from '@groundswell/simulator';
import { optionsOf, type World } from './world.ts';

/** Every one that can be played at once: made again for each turn, they would do little else. */
const KEPT = WORLDS_MAX;
const opened = new Map<string, Promise<Simulated>>();

/** The same object as long as it is one of the last few that were asked for. */
export function simulatedOf(world: World): Promise<Simulated> {
  const { id } = world;
  const known = opened.get(id) ?? openWorld(optionsOf(world));
  known.catch(() => opened.delete(id)); // the next one tries again
  opened.delete(id);
  opened.set(id, known); // the newest last
  for (const old of [...opened.keys()].slice(0, -KEPT)) opened.delete(old);
  return known;
}

export const forgetSimulated = (worldId: string): void => void opened.delete(worldId);

/** The hour that was asked for last: a day that is played asks for the same one again and again. */
const lately = new WeakMap<Simulated, { readonly hour: number; readonly signals: SimulatedSignal[] }>();

export function signalsOfHour(simulated: Simulated, hour: number): readonly SimulatedSignal[] {
  const known = lately.get(simulated);
  if (known?.hour === hour) return known.signals;
  const signals = simulated.signalsOfHour(hour);
  lately.set(simulated, { hour, signals });
  return signals;
}

/** Signals said from `from` on and before `to`, by time. */
export function signalsBetween(simulated: Simulated, from: Date, to: Date): SimulatedSignal[] {
  const found: SimulatedSignal[] = [];
  const hourOf = (at: number): number => Math.floor((at - simulated.start) / HOUR_MS);
  for (let hour = hourOf(from.getTime()); hour <= hourOf(to.getTime() - 1); hour++) {
    for (const signal of signalsOfHour(simulated, hour)) {
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
