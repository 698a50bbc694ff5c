/** kill -9 of the whole house in the middle of a batch: the same key goes on behind the last row that was kept. */
import { afterAll, expect, test } from 'vitest';
import { manyLines, named, openBatchTo } from '../../test/batch-sender.ts';
import { aTokenOf, type Json, realHouse, setUp } from '../../test/real-house.ts';

const ROWS = 30_000;

const house = realHouse();
afterAll(() => house.close());

test('no row is lost and none is twice', { timeout: 240_000 }, async () => {
  const first = await house.start();
  const admin = await setUp(first);
  const { token } = await aTokenOf(first.url, admin);
  const read = async (url: string, path: string): Promise<Json> => {
    const reply = await fetch(url + path, { headers: { authorization: `Bearer ${token}` } });
    return reply.json();
  };

  const whole = manyLines(ROWS);
  const { stream, answer } = openBatchTo(first.url, token, named('k'));
  stream.on('error', () => {});
  stream.write(whole.slice(0, whole.length - 1)); // one byte is kept back: it cannot end before it is killed
  await expect
    .poll(async () => (await read(first.url, '/api/signals/batch/k')).rows, { timeout: 60_000, interval: 10 })
    .toBeGreaterThan(3_000);
  first.child.kill('SIGKILL');
  await expect(answer).rejects.toThrow();

  const second = await house.start();
  const left = await read(second.url, '/api/signals/batch/k');
  expect(left).toMatchObject({ state: 'open', atWork: false, unchanged: 0, refused: 0 });
  expect(whole.slice(0, left.bytes).split('\n').length - 1).toBe(left.rows);
  const rest = openBatchTo(second.url, token, named('k'), `?fromByte=${left.bytes}`);
  rest.stream.end(whole.slice(left.bytes));
  expect((await rest.answer).lines).toMatchObject([{ summary: { rows: ROWS, added: ROWS, finished: true } }]);
  const reply = await fetch(`${second.url}/api/sources`, { headers: admin });
  expect(((await reply.json()) as Json).sources).toMatchObject([{ signals: ROWS }]);
  const again = openBatchTo(second.url, token, named('another'));
  again.stream.end(whole);
  expect((await again.answer).lines).toMatchObject([{ summary: { added: 0, unchanged: ROWS, finished: true } }]);
});
