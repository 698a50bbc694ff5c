/** A long batch tells how far it came, so that nobody on the way takes the connection for dead. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type BatchDesk, manyLines, named, openDesk } from '../../test/batch-sender.ts';
import { openHouse } from '../../test/house.ts';
import { slicesFor } from '../app/slices.ts';
import { signalSlice } from './index.ts';

let desk: BatchDesk;
beforeAll(async () => {
  const others = slicesFor({ publicUrl: undefined }).filter(({ name }) => name !== 'signals');
  desk = await openDesk(await openHouse({ slices: [...others, signalSlice({}, { pauseMs: 30, progressMs: 60 })] }));
});
afterAll(() => desk.house.close());

test('while the sender rests, the answer says what is on disk; the summary stays the last line', async () => {
  const to = await desk.aSender();
  const { stream, answer, answering } = desk.open(to, named('k'));
  stream.write(`${manyLines(3)}no json\n`);
  await expect.poll(async () => (await desk.kept(to)).length, { timeout: 20_000 }).toBe(3);
  await new Promise((resolve) => setTimeout(resolve, 400));
  expect(answering()).toBe(false);
  stream.end(manyLines(1, 3));
  const { lines, progress } = await answer;
  const bytes = manyLines(3).length + 'no json\n'.length;
  expect(progress).toContainEqual({ key: 'k', rows: 4, refused: 1, bytes });
  expect(progress.map(({ rows }) => rows)).toEqual(progress.map(({ rows }) => rows).sort((a, b) => a - b));
  expect(lines).toMatchObject([{ row: 4 }, { summary: { rows: 5, added: 4, refused: 1, finished: true } }]);
});
