/**
 * kill -9 of the house while active users and changes come in, by file and by request: each delivery is there whole or not at
 * all, whole if it was acknowledged, and sent again it is there once.
 */
import { once } from 'node:events';
import { readdirSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import {
  aFileOf,
  aRequestOf,
  type Delivery,
  deliver,
  deliverHalf,
  keptOf,
  whileWriting,
} from '../../test/background-sender.ts';
import { realHouse, type Started, setUp } from '../../test/real-house.ts';

const real = realHouse(() => ({ LOG_LEVEL: 'silent' }));
afterAll(() => real.close());

const drafts = () => readdirSync(join(real.folder, 'files')).filter((name) => name.endsWith('.part'));

test('a file is there whole or not at all, and sent again it is there once', { timeout: 900_000 }, async () => {
  let house = await real.start();
  const admin = await setUp(house);
  const everything: Delivery[] = [];
  const acknowledged: Delivery[] = [];
  const send = async (to: Started, one: Delivery) => {
    everything.push(one);
    const reply = await deliver(to.url, admin, one);
    if (reply?.status === 200) acknowledged.push(one);
    return reply;
  };
  /** Requests, one after the other, until the line breaks. */
  const requests = async (to: Started, round: string) => {
    for (let n = 0; ; n++) {
      const kind = n % 2 ? 'changes' : 'active-users';
      if (!(await send(to, aRequestOf(kind, `${round}r${n}`, 200)))) return;
    }
  };
  /** The same data, opened again: nothing is there in part, and what was acknowledged is there. */
  const killAndLook = async (): Promise<Map<string, number>> => {
    const ended = once(house.child, 'exit');
    house.child.kill('SIGKILL');
    await ended;
    house = await real.start();
    const kept = await keptOf(real);
    const whole = new Map(everything.map(({ name, rows }) => [name, rows]));
    expect([...kept].filter(([name, rows]) => whole.get(name) !== rows)).toEqual([]);
    expect(acknowledged.filter(({ name }) => !kept.has(name)).map(({ name }) => name)).toEqual([]);
    return kept;
  };

  for (const [round, kind] of (['active-users', 'changes'] as const).entries()) {
    const file = aFileOf(kind, `written${round}`, 30_000);
    const halves = (['active-users', 'changes'] as const).map((of) => aFileOf(of, `sent half${round}${of}`, 20_000));
    for (const half of halves) deliverHalf(house.url, admin, half);
    const before = acknowledged.length;
    const requested = [requests(house, `a${round}`), requests(house, `b${round}`)];
    await expect.poll(() => acknowledged.length, { timeout: 180_000 }).toBeGreaterThan(before + 2);
    const sent = send(house, file);
    await whileWriting(real, kind);
    await sleep(100 + 400 * round);
    const kept = await killAndLook();
    await Promise.all(requested);
    expect(await sent).toBeNull();
    expect(kept.has(file.name), 'it was cut off in the middle').toBe(false);
    expect(halves.filter(({ name }) => kept.has(name))).toEqual([]);
    for (const half of halves) expect((await send(house, half))?.body).toMatchObject({ added: half.rows });
  }

  for (const one of everything) {
    const { body } = (await deliver(house.url, admin, one))!;
    expect(body).toMatchObject({ replaced: 0, refusedRows: 0 });
    expect([0, one.rows]).toContain(body.added);
    expect(body.added + body.unchanged).toBe(one.rows);
  }
  expect(await keptOf(real)).toEqual(new Map(everything.map(({ name, rows }) => [name, rows])));

  const left = drafts(); // of the halves
  expect(left.length).toBeGreaterThan(0);
  for (const name of left) utimesSync(join(real.folder, 'files', name), 0, 0); // days later
  await killAndLook();
  expect(drafts()).toEqual([]);
});
