import { createServer } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openNet } from '../platform/net.ts';
import { jsonPoll } from './json-poll.ts';

let body = '';
const other = createServer((_, answer) => void answer.end(body));
let there: string;
beforeAll(async () => {
  await new Promise<void>((done) => other.listen(0, '127.0.0.1', done));
  there = `127.0.0.1:${(other.address() as { port: number }).port}`;
});
afterAll(() => void other.close());

const poll = () => {
  const now = new Date('2026-03-02T09:00:00Z');
  const settings = { address: `http://${there}/`, mapping: { id: 'id', ts: 'ts', text: 'text' } };
  return jsonPoll.poll({ settings, secrets: {}, net: openNet({ internal: [there] }), now, cursor: null, from: now });
};

test('an answer of a hundred thousand rows is read, and one of more is refused before its rows are', async () => {
  body = `[${'0,'.repeat(99_999)}0]`;
  expect((await poll()).refused).toHaveLength(100_000);
  body = `[${'0,'.repeat(100_000)}0]`;
  await expect(poll()).rejects.toMatchObject({ words: expect.stringContaining('answer in pages'), lasting: true });
});
