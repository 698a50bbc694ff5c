/** The database refuses the queue in the middle of its work: it goes on by itself, and no job stays locked. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { openHouse, type TestHouse } from '../../test/house.ts';
import { withClient } from './embedded-postgres.ts';
import { defineJob, enqueue, startWorker } from './jobs.ts';
import { openLog } from './log.ts';

const ANA = { id: 'ana', compartments: ['open'] };
const Numbered = z.object({ eventId: z.uuid() });
const idOf = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const done: string[] = [];
/** What happens inside of a job, while it is locked. */
let meanwhile: () => Promise<void> = async () => {};

const working = defineJob({
  name: 'test.working',
  payload: Numbered,
  run: async (_tools, { eventId }) => {
    await meanwhile();
    done.push(eventId);
  },
});
const quick = defineJob({
  name: 'test.quick',
  payload: Numbered,
  run: async (_tools, { eventId }) => done.push(eventId),
});
const jobs = [working, quick];

let house: TestHouse;
let worker: { stop(): Promise<void> };
beforeAll(async () => {
  house = await openHouse({ slices: [{ name: 'test', jobs }] });
  worker = await startWorker({
    tools: house.tools,
    jobs,
    clockwork: [],
    ownerPool: house.owner,
    log: openLog('silent'),
  });
});
afterAll(async () => {
  await worker.stop();
  await house.close();
});

const start = (name: string, n: number) =>
  house.tools.db.change(ANA, (trx) => enqueue(trx, name, { eventId: idOf(n) }));
const locked = async () =>
  (await house.owner.query('select from graphile_worker._private_jobs where locked_by is not null')).rowCount;

/** Nobody but a superuser gets in, and whoever is in is thrown out. */
async function shut(): Promise<void> {
  await withClient(house.urlFor('superuser'), async (client) => {
    const { rows } = await client.query('select current_database() as name');
    await client.query(`alter database ${rows[0].name} connection limit 0`);
    await client.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid()`,
    );
  });
}
async function open(): Promise<void> {
  await withClient(house.urlFor('superuser'), async (client) => {
    const { rows } = await client.query('select current_database() as name');
    await client.query(`alter database ${rows[0].name} connection limit -1`);
  });
}

test.each([
  ['done', async () => {}],
  [
    'failed',
    async () => {
      throw new Error('the database went away');
    },
  ],
])(
  'a job that was %s while nobody could be told is given out again, and others go on',
  async (_how, ends) => {
    done.length = 0;
    let times = 0;
    meanwhile = async () => {
      if (++times > 1) return;
      await shut();
      await ends();
    };
    await start('test.working', 1);
    await expect.poll(() => times, { timeout: 5_000, interval: 20 }).toBe(1);
    await sleep(4_000); // longer than it takes to ask for the next job
    await open();
    await expect
      .poll(
        () =>
          start('test.quick', 2).then(
            () => true,
            () => false,
          ),
        { timeout: 5_000 },
      )
      .toBe(true);
    await expect.poll(() => done, { timeout: 10_000, interval: 50 }).toContain(idOf(2));
    await expect.poll(() => times, { timeout: 15_000, interval: 50 }).toBe(2);
    await expect.poll(locked, { timeout: 5_000 }).toBe(0);
  },
  60_000,
);

test('a job whose row was lost on the way is given out when the old shift has ended', async () => {
  done.length = 0;
  meanwhile = async () => {
    const lost = `update graphile_worker._private_jobs set run_at = now(), locked_at = now(), locked_by =
      (select locked_by from graphile_worker._private_jobs where locked_by is not null limit 1) where locked_by is null`;
    expect((await house.owner.query(lost)).rowCount).toBe(1);
    await shut();
    meanwhile = async () => {};
    await sleep(3_000);
    await open();
  };
  await house.tools.db.change(ANA, async (trx) => {
    await enqueue(trx, 'test.working', { eventId: idOf(3) });
  });
  await house.owner.query(
    `select graphile_worker.add_job('test.quick', $1::json, run_at => now() + interval '1 hour')`,
    [JSON.stringify({ eventId: idOf(4) })],
  );
  await expect.poll(() => done, { timeout: 20_000, interval: 50 }).toContain(idOf(4));
  expect(done).toContain(idOf(3));
  await expect.poll(locked, { timeout: 5_000 }).toBe(0);
}, 60_000);
