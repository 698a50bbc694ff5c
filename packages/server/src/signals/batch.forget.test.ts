/** Batches are known for 30 days after their last sign of life, and their signals for ever. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type BatchDesk, lineOf, named, openDesk, type Sender } from '../../test/batch-sender.ts';
import { forgetOldBatches } from './batch.jobs.ts';
import { forgetBatches } from './batch-forget.actions.ts';

let desk: BatchDesk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.house.close());

const DAY_MS = 86_400_000;
const BAD = lineOf({ id: 'bad', rating: 9 });
const refusals = async ({ source }: Sender) =>
  (await desk.house.owner.query('select count(*)::int as n from batch_refusals where source_id = $1', [source])).rows[0]
    .n;

const seen = (of: Sender, what: 'rows' | 'atWork', value: unknown) =>
  expect.poll(async () => (await desk.view(of, 'k'))[what], { timeout: 20_000 }).toBe(value);

test('a finished batch answers as it did for 30 days; then its key is free and its signals stay', async () => {
  const to = await desk.aSender();
  const body = lineOf() + BAD;
  const { lines } = await desk.send(to, body, named('k'));
  desk.house.clock.advance(30 * DAY_MS);
  await forgetOldBatches.work(desk.house.tools, {});
  expect((await desk.send(to, '', named('k'))).lines).toEqual(lines);

  desk.house.clock.advance(1);
  await forgetOldBatches.work(desk.house.tools, {});
  expect(await desk.view(to, 'k')).toMatchObject({ code: 'batch.not_found' });
  expect(await refusals(to)).toBe(0);
  expect(await desk.kept(to)).toEqual(['r1']);

  const again = await desk.send(to, body, named('k'));
  expect(again.lines).toMatchObject([{ row: 2, id: 'bad' }, { summary: { added: 0, unchanged: 1, finished: true } }]);
});

test('one that broke off is kept for 30 days after it was last heard of, not after it began', async () => {
  const to = await desk.aSender();
  const broken = desk.open(to, named('k'));
  broken.stream.write(lineOf() + BAD);
  await seen(to, 'rows', 2);
  broken.stream.destroy();
  await seen(to, 'atWork', false);

  desk.house.clock.advance(20 * DAY_MS);
  const { bytes } = await desk.view(to, 'k');
  const second = desk.open(to, named('k'), `?fromByte=${bytes}`);
  second.stream.write(lineOf({ id: 'r2' }));
  await seen(to, 'rows', 3);
  second.stream.destroy();
  await seen(to, 'atWork', false);
  desk.house.clock.advance(20 * DAY_MS);
  await forgetBatches(desk.house.tools);
  expect(await desk.view(to, 'k')).toMatchObject({ rows: 3, state: 'open' });
  expect(await refusals(to)).toBe(1);

  desk.house.clock.advance(11 * DAY_MS);
  await forgetBatches(desk.house.tools);
  expect(await desk.view(to, 'k')).toMatchObject({ code: 'batch.not_found' });
  expect(await desk.kept(to)).toEqual(['r1', 'r2']);
});

test('a long list of refused rows is let go in pieces, in every compartment, and a young batch is left alone', async () => {
  await desk.house.givenCompartment('apart');
  const [old, young] = [await desk.aSender(), await desk.aSender()];
  await desk.send(old, BAD.repeat(25), named('old'));
  await desk.house.owner.query(
    `with moved as (update signal_batches set compartment = 'apart' where source_id = $1 returning 1)
     update batch_refusals set compartment = 'apart' where source_id = $1`,
    [old.source],
  );
  desk.house.clock.advance(31 * DAY_MS);
  await desk.send(young, BAD.repeat(25), named('young'));
  await forgetBatches(desk.house.tools, 10);
  expect([await refusals(old), await refusals(young)]).toEqual([0, 25]);
  const { rows } = await desk.house.owner.query('select key from signal_batches where source_id = any($1)', [
    [old.source, young.source],
  ]);
  expect(rows).toEqual([{ key: 'young' }]);
});
