/** kill -9 of the server in the middle of concurrent sending: every acknowledged row is there, and none twice. */
import type { ReplyOf, searchSignals } from '@groundswell/contract';
import { afterAll, expect, test } from 'vitest';
import { aTokenOf, postTo, realHouse, setUp } from '../../test/real-house.ts';

const CLIENTS = 4;
const ROWS_PER_REQUEST = 20;

const house = realHouse();
afterAll(() => house.close());

/** Every id that the list shows, page by page. */
async function listed(url: string, headers: Record<string, string>): Promise<string[]> {
  const ids: string[] = [];
  let after = '';
  do {
    const reply = await fetch(`${url}/api/signals?limit=200${after}`, { headers });
    const page = (await reply.json()) as ReplyOf<typeof searchSignals>;
    ids.push(...page.signals.map(({ externalId }) => externalId));
    after = page.next ? `&after=${page.next}` : '';
  } while (after);
  return ids;
}

test('every acknowledged row is there, and none twice', { timeout: 180_000 }, async () => {
  const first = await house.start();
  const admin = await setUp(first);
  const { token } = await aTokenOf(first.url, admin);
  const sender = { authorization: `Bearer ${token}` };

  const sent: { id: string; ts: string; text: string }[][] = [];
  const acknowledged: string[] = [];
  const send = async () => {
    for (;;) {
      const n = sent.length;
      const rows = Array.from({ length: ROWS_PER_REQUEST }, (_, i) => ({
        id: `${n}-${i}`,
        ts: '2026-03-01T10:00:00Z',
        text: `upload is stuck at ${i} %`,
      }));
      sent.push(rows);
      await postTo(`${first.url}/api/signals`, rows, sender);
      acknowledged.push(...rows.map(({ id }) => id));
    }
  };
  const clients = Array.from({ length: CLIENTS }, () => send().catch(() => 'cut off'));
  await expect.poll(() => acknowledged.length, { timeout: 60_000, interval: 5 }).toBeGreaterThan(1_000);
  first.child.kill('SIGKILL'); // between two rows, two commits or two answers: wherever it happens to be
  expect(await Promise.all(clients)).toEqual(Array(CLIENTS).fill('cut off'));

  const second = await house.start();
  const kept = await listed(second.url, admin);
  expect(new Set(kept).size).toBe(kept.length);
  expect(acknowledged.filter((id) => !kept.includes(id))).toEqual([]);

  // Whoever was cut off sends again: nothing is doubled, nothing is missing.
  let unchanged = 0;
  for (const rows of sent) unchanged += (await postTo(`${second.url}/api/signals`, rows, sender)).body.unchanged;
  expect(unchanged).toBe(kept.length);
  expect((await listed(second.url, admin)).length).toBe(sent.length * ROWS_PER_REQUEST);
  const { sources } = JSON.parse(await (await fetch(`${second.url}/api/sources`, { headers: admin })).text());
  expect(sources[0].signals).toBe(sent.length * ROWS_PER_REQUEST);
});
