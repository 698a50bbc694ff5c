/** Opening a world, steering its day, writing down what was seen, taking it away. */
import { randomInt } from 'node:crypto';
import {
  type openWorld as openEndpoint,
  Refusal,
  WORLD_SEED_MAX,
  WORLDS_MAX,
  type WorldView,
} from '@groundswell/contract';
import type { z } from 'zod';
import { type Actor, mustHave, SYSTEM } from '../access/index.ts';
import { record } from '../events.ts';
import type { Db, Trx } from '../platform/db.ts';
import { enqueue } from '../platform/jobs.ts';
import type { Tools } from '../platform/tools.ts';
import { simulatedOf } from './simulated.ts';
import {
  holdWorld,
  insertNote,
  insertWorld,
  keepTime,
  listWorlds,
  loadWorld,
  saveState,
  saveSteered,
  takeTurnToOpen,
} from './world.store.ts';
import {
  canOf,
  dayBefore,
  isAtWork,
  openPart,
  partsOf,
  playedAfter,
  type Steering,
  steer,
  USUAL_SPEED,
  viewWorld,
  type World,
} from './world.ts';
import { readSoFar } from './world-past.store.ts';

export const RUN_WORLD = 'worlds.run';
export const REMOVE_WORLD = 'worlds.remove';

/** What is done to a world is known in the house, not in the world. */
const HOUSE = 'open';

export async function openNewWorld(
  { db, clock }: Tools,
  actor: Actor,
  asked: z.output<typeof openEndpoint.body>,
): Promise<WorldView> {
  mustHave(actor, 'world.open');
  if (!actor.compartments.includes(HOUSE)) {
    throw new Refusal(
      'access.not_allowed',
      'Opening a sample is written down in the compartment "open", and you are not in it.',
    );
  }
  const at = clock.now();
  const { kind, signalsPerDay, historyDays, speed } = asked;
  const seed = asked.seed ?? randomInt(WORLD_SEED_MAX);
  const world = await db.change(actor, async (trx) => {
    await takeTurnToOpen(trx);
    const worlds = await listWorlds(trx);
    if (worlds.length >= WORLDS_MAX) {
      throw new Refusal('world.too_many', `There are ${WORLDS_MAX} samples already. Remove one, then open another.`);
    }
    const made = {
      kind,
      seed,
      signalsPerDay,
      historyDays,
      ...dayBefore(at),
      speed: speed ?? USUAL_SPEED,
      autoplay: speed !== null,
    };
    const number = await insertWorld(trx, { ...made, createdBy: actor.id, at });
    const opened = await loadWorld(trx, number);
    await recordOf(trx, actor, opened, 'world.opened', at);
    await enqueue(trx, RUN_WORLD, { worldId: opened.id });
    return opened;
  });
  return viewWorld(world, actor, 0);
}

const recordOf = (
  trx: Trx,
  actor: Actor,
  world: World,
  name: 'world.opened' | 'world.closed' | 'world.removed',
  at: Date,
) =>
  record(trx, actor, {
    name,
    at,
    compartment: HOUSE,
    subject: { kind: 'world', id: world.id },
    payload: { number: world.number, kind: world.kind },
  });

export async function viewAll({ db }: Tools, actor: Actor): Promise<WorldView[]> {
  const worlds = await db.as(actor, listWorlds);
  return Promise.all(worlds.map((world) => view(db, actor, world)));
}

export async function viewOne({ db }: Tools, actor: Actor, number: number): Promise<WorldView> {
  return view(db, actor, await db.as(actor, (reader) => loadWorld(reader, number)));
}

const view = async (db: Tools['db'], actor: Actor, world: World): Promise<WorldView> =>
  viewWorld(world, actor, await db.as(SYSTEM.worlds(partsOf(world)), (reader: Db) => readSoFar(reader, world)));

/** The step is taken on what the world is at that moment; where it stands on its own clock is written down with it. */
export async function steerDay(tools: Tools, actor: Actor, number: number, step: Steering): Promise<WorldView> {
  const at = tools.clock.now();
  const before = await tools.db.as(actor, (reader) => loadWorld(reader, number));
  mustBeAllowed(before, actor, step.type);
  const next = step.type === 'skip' ? await nextIncident(before) : null;
  const after = await tools.db.change(actor, async (trx) => {
    const world = await holdWorld(trx, number);
    const steered = steer(world, step, next);
    await saveSteered(trx, world.id, steered);
    await keepTime(trx, world.id, at, world.playedTo);
    if (isAtWork(steered)) await enqueue(trx, RUN_WORLD, { worldId: world.id });
    if (steered.state === 'closed' && world.state !== 'closed') await recordOf(trx, actor, world, 'world.closed', at);
    return loadWorld(trx, number);
  });
  return view(tools.db, actor, after);
}

/** The person who opened it steers it: two hands on one clock would be nobody's shift. */
function mustBeAllowed(world: World, actor: Actor, what: Steering['type']): void {
  mustHave(actor, 'world.open');
  if (world.createdBy === actor.id) return;
  throw new Refusal(
    'access.not_allowed',
    `Only ${world.byName}, who opened this sample, can do that. Open one of your own.`,
    {
      step: what,
    },
  );
}

/** A few signals in, so that there is something to see; null when no incident is to come. */
async function nextIncident(world: World): Promise<Date | null> {
  const { incidents } = await simulatedOf(world);
  const first = incidents
    .flatMap(({ letters }) => letters.at(0)?.at ?? [])
    .filter((at) => at > world.playedTo.getTime())
    .sort((a, b) => a - b)[0];
  return first === undefined ? null : new Date(Math.min(first + 60_000, world.dayTo.getTime()));
}

export async function noteDown({ db, clock }: Tools, actor: Actor, number: number, text: string): Promise<Date> {
  const at = clock.now();
  const world = await db.as(actor, (reader) => loadWorld(reader, number));
  if (!canOf(world, actor).includes('note')) {
    throw new Refusal('world.wrong_state', 'Notes are taken in a drill that you opened and have not closed.');
  }
  await db.change(SYSTEM.worlds(partsOf(world)), async (trx) => {
    await insertNote(trx, { worldId: world.id, compartment: openPart(number), at, text, by: actor.id });
    await keepTime(trx, world.id, at, playedAfter(world, 0));
  });
  return at;
}

/** Nobody enters from now on; what is in it goes in the background. */
export async function removeWorld({ db, clock }: Tools, actor: Actor, number: number): Promise<void> {
  const at = clock.now();
  await db.change(actor, async (trx) => {
    const world = await holdWorld(trx, number);
    if (world.state === 'removing') return;
    if (!canOf(world, actor).includes('remove')) mustBeAllowed(world, actor, 'stop');
    await saveState(trx, world.id, { from: world.state, to: 'removing' });
    await recordOf(trx, actor, world, 'world.removed', at);
    await enqueue(trx, REMOVE_WORLD, { worldId: world.id });
  });
}
