/** For tests of worlds: one opened over HTTP, filled and played by the real queue beside a real engine. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { WorldState, WorldView } from '@groundswell/contract';
import { openWorld } from '@groundswell/simulator';
import type { Caller, Reply, TestHouse } from '../../test/house.ts';
import { openFollower } from '../copies/index.ts';
import { openLog } from '../platform/log.ts';
import { openEngine } from '../topics/index.ts';
import { signalsBetween } from './simulated.ts';

/** Small, and still large enough that incidents of its day are found. */
export const SMALL = { kind: 'sample', seed: 7, signalsPerDay: 600, historyDays: 7 } as const;
export const TINY = { ...SMALL, signalsPerDay: 200 } as const;

const log = openLog('silent');

export async function opened(who: Caller, asked: object = SMALL): Promise<WorldView> {
  const { status, body } = await who.post('/api/worlds', asked);
  if (status !== 200) throw new Error(`${status} ${JSON.stringify(body)}`);
  return body;
}

/** Inside world `number`: every call with its header. */
export function inside(who: Caller, number: number | string) {
  const send = (method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, payload?: unknown): Promise<Reply> =>
    who.send({
      method,
      url,
      headers: { 'x-groundswell-world': String(number) },
      ...(payload !== undefined && { payload: payload as object }),
    });
  return {
    get: (url: string) => send('GET', url),
    post: (url: string, body?: unknown) => send('POST', url, body),
    put: (url: string, body?: unknown) => send('PUT', url, body),
    delete: (url: string) => send('DELETE', url),
  };
}

export const steer = (who: Caller, number: number, type: string, more: object = {}) =>
  who.post(`/api/worlds/${number}/steer`, { type, ...more });

export async function stateOf(house: TestHouse, number: number): Promise<WorldState | null> {
  const { rows } = await house.owner.query('select state from worlds where number = $1', [number]);
  return rows[0]?.state ?? null;
}

export interface AtWork {
  /** Resolves once the world is in that state; null once it is gone. */
  until(number: number, state: WorldState | null): Promise<void>;
  stop(): Promise<void>;
  /** Whatever the worlds are at, for the end of a test. */
  halt(): Promise<void>;
}

/** The queue, the engine and the follower of copies of a house, side by side, as a running house has them. */
export function atWork(house: TestHouse): AtWork {
  const engine = openEngine({ ...house.tools, log });
  const follower = openFollower({ ...house.tools, log });
  let over = false;
  const keep = async (turn: () => Promise<unknown>): Promise<void> => {
    while (!over) {
      await turn();
      await sleep(20);
    }
  };
  const all = Promise.all([keep(() => engine.turn()), keep(() => follower.turn()), keep(() => house.drainJobs())]);
  all.catch(() => {});
  const stop = async (): Promise<void> => {
    over = true;
    await all;
    await engine.turn();
    await engine.rest();
  };
  return {
    until: async (number, state) => {
      for (const limit = performance.now() + 110_000; (await stateOf(house, number)) !== state; await sleep(50)) {
        if (performance.now() > limit) throw new Error(`World ${number} is ${await stateOf(house, number)}.`);
      }
    },
    stop,
    halt: async () => {
      await house.owner.query(`update worlds set state = 'over' where state in ('filling', 'reading', 'playing')`);
      await stop();
    },
  };
}

/** Senders' ids of what is kept of a world, and of what its simulator says from `from` on and before `to`. */
export async function keptIds(house: TestHouse, number: number, from: Date, to: Date): Promise<string[]> {
  const { rows } = await house.owner.query(
    `select external_id as id from signals where compartment in ($1, $2) and at >= $3 and at < $4 order by 1`,
    [`sample_${number}`, `sample_${number}_closed`, from, to],
  );
  return rows.map(({ id }) => id);
}

export async function saidIds(
  { seed, signalsPerDay, historyDays, dayFrom }: WorldView,
  from: Date,
  to: Date,
): Promise<string[]> {
  const start = new Date(dayFrom).getTime() - historyDays * 86_400_000;
  const world = await openWorld({
    seed: seed ?? SMALL.seed,
    signalsPerDay,
    start,
    days: historyDays + 1,
    playedDays: 1,
  });
  return signalsBetween(world, from, to)
    .map(({ id }) => id)
    .sort();
}
