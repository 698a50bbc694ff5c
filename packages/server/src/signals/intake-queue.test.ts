/** Deliveries that wait for the database: so many and no more. */
import { Refusal } from '@groundswell/contract';
import { expect, test } from 'vitest';
import type { Gate } from '../platform/db.ts';
import { type Delivery, type JudgedRow, judge } from './intake.ts';
import { together, WAITING_MAX } from './intake-queue.actions.ts';
import type { Outcome } from './revisions.ts';

const ACTOR = { id: 'system.intake', compartments: ['open'] };
const AT = new Date('2026-03-01T10:00:00Z');
const ROW = judge({ row: 1, value: { id: 'r', ts: AT.toISOString(), text: 'it crashes' } }, 'source', AT);

const aDelivery = (rows: number, row: JudgedRow = ROW): Delivery => ({
  sourceId: 'source',
  receivedAt: AT,
  rows: Array.from({ length: rows }, () => row),
});

/** A database that does not answer until it is told to. Nothing of it is asked but its identity. */
function slow() {
  const answered = Promise.withResolvers<void>();
  const keep = async (joined: Delivery): Promise<Outcome[]> => {
    await answered.promise;
    return joined.rows.map(() => 'added');
  };
  const gate = {} as Gate;
  return { send: (delivery: Delivery) => together(gate, ACTOR, delivery, keep), answer: answered.resolve };
}

const refusalOf = async (sent: Promise<unknown>) => {
  const no = await sent.catch((error: unknown) => error);
  return no instanceof Refusal ? [no.code, no.details.retryAfterSeconds] : no;
};

test('whoever comes when too many rows wait is sent away at once, and is welcome again when they are kept', async () => {
  const { send, answer } = slow();
  const part = WAITING_MAX.rows / 50;
  const waiting = Array.from({ length: 50 }, () => send(aDelivery(part)));
  expect(await refusalOf(send(aDelivery(1)))).toEqual(['house.too_busy', 5]);
  answer();
  expect((await Promise.all(waiting)).map((outcomes) => outcomes.length)).toEqual(Array(50).fill(part));
  expect(await send(aDelivery(2))).toEqual(['added', 'added']);
});

test('long texts count too', async () => {
  const { send, answer } = slow();
  const long: JudgedRow = { ...ROW, draft: { ...ROW.draft!, text: 'x'.repeat(WAITING_MAX.characters / 100) } };
  const waiting = Array.from({ length: 100 }, () => send(aDelivery(1, long)));
  expect(await refusalOf(send(aDelivery(1)))).toEqual(['house.too_busy', 5]);
  answer();
  await Promise.all(waiting);
});

test('a delivery that is larger than all that may wait is taken when nobody waits', async () => {
  const { send, answer } = slow();
  answer();
  expect(await send(aDelivery(WAITING_MAX.rows + 1))).toHaveLength(WAITING_MAX.rows + 1);
});

test('room is made again by what failed', async () => {
  const gate = {} as Gate;
  const fail = () => Promise.reject(new Error('the database is away'));
  for (let round = 0; round < 3; round++) {
    await expect(together(gate, ACTOR, aDelivery(WAITING_MAX.rows), fail)).rejects.toThrow('away');
  }
});

test('who waits shares a transaction up to a thousand rows; whoever brings more has one alone, and no order is changed', async () => {
  const first = Promise.withResolvers<void>();
  const written: number[] = [];
  const keep = async (joined: Delivery): Promise<Outcome[]> => {
    if (written.push(joined.rows.length) === 1) await first.promise;
    return joined.rows.map(() => 'added');
  };
  const gate = {} as Gate;
  const sizes = [1, 400, 600, 1, 1, 2_000, 3];
  const sent = sizes.map((rows) => together(gate, ACTOR, aDelivery(rows), keep));
  first.resolve();
  expect((await Promise.all(sent)).map((outcomes) => outcomes.length)).toEqual(sizes);
  expect(written).toEqual([1, 1_000, 2, 2_000, 3]);
});
