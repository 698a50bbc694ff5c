/** An invented world and how its day is steered. Pure. */
import {
  Refusal,
  SPEED_MAX,
  type steerWorld,
  type WorldKind,
  type WorldState,
  type WorldView,
} from '@groundswell/contract';
import { DAY_MS, HOUR_MS, type WorldOptions } from '@groundswell/simulator';
import type { z } from 'zod';

export interface World {
  readonly id: string;
  readonly number: number;
  readonly kind: WorldKind;
  readonly state: WorldState;
  readonly seed: number;
  readonly signalsPerDay: number;
  readonly historyDays: number;
  readonly dayFrom: Date;
  readonly dayTo: Date;
  readonly playedTo: Date;
  readonly speed: number;
  readonly skipTo: Date | null;
  /** Begins to play by itself once the past is read. */
  readonly autoplay: boolean;
  readonly filled: number;
  readonly fillTotal: number;
  /** Up to here the past has been told. */
  readonly filledTo: Date;
  readonly played: number;
  /** Turns that failed one after the other. */
  readonly faults: number;
  readonly problem: string | null;
  readonly createdBy: string;
  readonly byName: string;
  readonly createdAt: Date;
}

export type Steering = z.output<typeof steerWorld.body>;
/** What changes when a world is steered. */
export type Steered = Pick<World, 'state' | 'speed' | 'skipTo'>;

export const openPart = (number: number): string => `sample_${number}`;
export const closedPart = (number: number): string => `sample_${number}_closed`;
export const partsOf = ({ number }: Pick<World, 'number'>): string[] => [openPart(number), closedPart(number)];

export const optionsOf = ({ seed, signalsPerDay, historyDays, dayFrom }: World): WorldOptions => ({
  seed,
  signalsPerDay,
  start: dayFrom.getTime() - historyDays * DAY_MS,
  days: historyDays + 1,
  playedDays: 1,
});

/** The day that is played ends at the last full hour: nothing of it lies in the future, all of it is lately. */
export function dayBefore(now: Date): { dayFrom: Date; dayTo: Date } {
  const to = Math.floor(now.getTime() / HOUR_MS) * HOUR_MS;
  return { dayFrom: new Date(to - DAY_MS), dayTo: new Date(to) };
}

/** Somebody has to be at work on it. */
export const isAtWork = ({ state }: Pick<World, 'state'>): boolean =>
  state === 'filling' || state === 'reading' || state === 'playing';

/** A default for who presses play without saying how fast: an hour in six seconds. */
export const USUAL_SPEED = SPEED_MAX;

/** @param next the first moment of the next incident, or null when none is to come */
export function steer(world: World, step: Steering, next: Date | null): Steered {
  const { speed, skipTo } = world;
  mustBePossible(world, step.type);
  switch (step.type) {
    case 'play':
      return { state: 'playing', speed: step.speed ?? speed, skipTo };
    case 'pause':
      return { state: 'paused', speed, skipTo: null };
    case 'skip':
      return { state: 'playing', speed, skipTo: skipEnd(world, next) };
    case 'stop':
      return { state: 'over', speed, skipTo: null };
    case 'close':
      return { state: 'closed', speed, skipTo: null };
  }
}

/** In a drill the place of the next incident is what is to be found: there it is an hour. */
function skipEnd({ kind, playedTo, dayTo }: World, next: Date | null): Date {
  if (kind === 'drill') return earlier(new Date(playedTo.getTime() + HOUR_MS), dayTo);
  return next ?? dayTo;
}
const earlier = (a: Date, b: Date): Date => (a < b ? a : b);

const POSSIBLE: Readonly<Record<Steering['type'], readonly WorldState[]>> = {
  play: ['paused', 'playing'],
  pause: ['playing', 'paused'],
  skip: ['paused', 'playing'],
  stop: ['paused', 'playing', 'over'],
  close: ['paused', 'playing', 'over'],
};
const WHY_NOT: Readonly<Record<WorldState, string>> = {
  filling: 'The two weeks before the day are still coming in. Wait until they are read.',
  reading: 'The two weeks before the day are still being read. Wait a moment.',
  paused: 'The day is paused.',
  playing: 'The day is being played.',
  over: 'The day is over. Open another sample to play one.',
  closed: 'This drill is closed. Open another to train again.',
  removing: 'This sample is being removed.',
  failed: 'This sample could not be filled. Remove it and open another.',
};

function mustBePossible({ kind, state }: World, type: Steering['type']): void {
  if (type === 'close' && kind !== 'drill') {
    throw new Refusal(
      'world.wrong_state',
      'Only a drill is closed. What was planted in a sample can be read at any time.',
    );
  }
  if (!POSSIBLE[type].includes(state)) throw new Refusal('world.wrong_state', WHY_NOT[state], { state });
}

/** What this person may do with it now. Whoever did not open it may enter and look. */
export function canOf(
  world: World,
  actor: { readonly id: string; readonly can: ReadonlySet<string> },
): WorldView['can'] {
  const { state, kind } = world;
  if (state === 'removing') return [];
  const mine = actor.can.has('world.open') && world.createdBy === actor.id;
  const can: WorldView['can'] = ['enter'];
  if (isTruthOpen(world)) can.push('debrief');
  if (mine || actor.can.has('people.manage')) can.push('remove');
  if (!mine) return can;
  if (state === 'paused') can.push('play');
  if (state === 'playing') can.push('pause');
  if (POSSIBLE.skip.includes(state)) can.push('skip', 'stop');
  if (kind === 'drill' && POSSIBLE.close.includes(state)) can.push('close');
  if (kind === 'drill' && state !== 'closed') can.push('note');
  return can;
}

export const isTruthOpen = ({ kind, state }: World): boolean =>
  kind === 'drill' ? state === 'closed' : state !== 'filling' && state !== 'failed';

export function viewWorld(
  world: World,
  actor: { readonly id: string; readonly can: ReadonlySet<string> },
  read: number,
): WorldView {
  const { number, kind, state, seed, signalsPerDay, historyDays, speed, filled, fillTotal, played, problem } = world;
  return {
    number,
    kind,
    state,
    seed: isTruthOpen(world) ? seed : null,
    signalsPerDay,
    historyDays,
    dayFrom: world.dayFrom.toISOString(),
    dayTo: world.dayTo.toISOString(),
    playedTo: world.playedTo.toISOString(),
    speed,
    skipping: world.skipTo !== null && state === 'playing',
    filled: { signals: filled, of: fillTotal, read },
    played,
    by: world.byName,
    mine: world.createdBy === actor.id,
    createdAt: world.createdAt.toISOString(),
    problem,
    can: canOf(world, actor),
  };
}

/** How far the day comes in some time of the house; never past its end, nor past where it is run forward to. */
export function playedAfter({ playedTo, dayTo, speed, skipTo }: World, elapsedMs: number): Date {
  const reached = skipTo ?? new Date(playedTo.getTime() + elapsedMs * speed);
  return earlier(reached, dayTo);
}
