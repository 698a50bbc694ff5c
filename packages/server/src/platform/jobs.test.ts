import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { openHouse, type TestHouse } from '../../test/house.ts';
import { defineJob, enqueue, freeForgottenJobs, registerJobs, startWorker } from './jobs.ts';
import { openLog } from './log.ts';

const ANA = { id: 'ana', compartments: ['open'] };
const ONE = '00000000-0000-4000-8000-000000000001';
const TWO = '00000000-0000-4000-8000-000000000002';
const done: string[] = [];

const second = defineJob({
  name: 'test.second',
  payload: z.object({ eventId: z.uuid() }),
  run: async (_tools, { eventId }) => done.push(`second ${eventId}`),
});
const first = defineJob({
  name: 'test.first',
  payload: z.object({ eventId: z.uuid() }),
  run: ({ db }, payload) => db.change(ANA, (trx) => enqueue(trx, 'test.second', payload)),
});
const failing = defineJob({
  name: 'test.failing',
  payload: z.object({}),
  run: async () => {
    throw new Error('not today');
  },
});
const tick = defineJob({
  name: 'test.tick',
  every: '* * * * *',
  payload: z.object({}),
  run: async () => done.push('tick'),
});

let house: TestHouse;
beforeAll(async () => {
  house = await openHouse({ slices: [{ name: 'test', jobs: [first, second, failing], clockwork: [tick] }] });
});
afterAll(() => house.close());

const start = (name: string, payload: Record<string, string>) =>
  house.tools.db.change(ANA, (trx) => enqueue(trx, name, payload));

test('a job runs, and so does what it starts', async () => {
  await start('test.first', { eventId: ONE });
  await house.drainJobs();
  expect(done).toEqual([`second ${ONE}`]);
});

test('a job of a transaction that is taken back never runs', async () => {
  const change = house.tools.db.change(ANA, async (trx) => {
    await enqueue(trx, 'test.second', { eventId: TWO });
    throw new Error('on the way');
  });
  await expect(change).rejects.toThrow('on the way');
  await house.drainJobs();
  expect(done).not.toContain(`second ${TWO}`);
});

test('the door to the queue refuses unknown names and anything but ids', async () => {
  await expect(start('test.unknown', { eventId: ONE })).rejects.toThrow('unknown job');
  const refused: Record<string, string>[] = [
    { eventId: 'a word' },
    { eventId: ONE, note: 'she said' },
    { eventId: `${ONE}x` },
  ];
  for (const payload of refused) {
    await expect(start('test.second', payload), JSON.stringify(payload)).rejects.toThrow('ids only');
  }
  const call = (payload: string) => house.app.query('select app.enqueue($1, $2::jsonb)', ['test.second', payload]);
  await expect(call('{"eventId": null}')).rejects.toThrow('ids only');
  await expect(call('{"eventId": {"deep": "words"}}')).rejects.toThrow('ids only');
  await expect(call('["words"]')).rejects.toThrow();
  await expect(call('null')).rejects.toThrow();
});

test('the app has no other way into the queue', async () => {
  await expect(house.app.query(`select graphile_worker.add_job('test.second', '{}')`)).rejects.toThrow(
    'permission denied',
  );
  await expect(house.app.query(`insert into app.job_names values ('mine')`)).rejects.toThrow('permission denied');
});

test('a failed job is kept for a later attempt, and the others go on', async () => {
  await start('test.failing', {});
  await start('test.second', { eventId: TWO });
  await house.drainJobs();

  expect(done).toContain(`second ${TWO}`);
  const { rows } = await house.owner.query(
    'select attempts, last_error, run_at > now() as later from graphile_worker.jobs',
  );
  expect(rows).toEqual([{ attempts: 1, last_error: expect.stringContaining('not today'), later: true }]);
});

test('a payload that is not what the job expects fails, and the job does not run', async () => {
  await expect(second.work(house.tools, { eventId: 'no id' })).rejects.toThrow();
});

test('a running worker starts at once and stops in order', async () => {
  const log = openLog('silent');
  const worker = await startWorker({
    tools: house.tools,
    jobs: [first, second, failing],
    clockwork: [tick],
    ownerPool: house.owner,
    log,
  });
  done.length = 0;
  await start('test.second', { eventId: ONE });
  await expect.poll(() => done, { timeout: 1_500, interval: 20 }).toContain(`second ${ONE}`); // below the poll: it was told
  await worker.stop();
});

test('two jobs of one name are refused', async () => {
  await expect(registerJobs(house.owner, [first, first])).rejects.toThrow('Two jobs are called "test.first"');
});

test('a job in the hands of a dead process is done by the next one, and one in living hands is left', async () => {
  const THREE = '00000000-0000-4000-8000-000000000003';
  await start('test.second', { eventId: THREE });
  const take = `update graphile_worker._private_jobs set locked_by = 'dead', locked_at = now() - interval '1 minute'`;
  await house.owner.query(take);
  await freeForgottenJobs(house.owner, 10 * 60_000);
  await house.drainJobs();
  expect(done).not.toContain(`second ${THREE}`);
  await freeForgottenJobs(house.owner, 0);
  await house.drainJobs();
  expect(done).toContain(`second ${THREE}`);
});
