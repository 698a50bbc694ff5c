/** A delivery of the background is kept whole or not at all, however many portions it is read in. */
import { readdirSync } from 'node:fs';
import { request } from 'node:http';
import { dirname } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type Caller, openHouse, type TestHouse } from '../../test/house.ts';
import { countDays } from './active-users.store.ts';

vi.setConfig({ testTimeout: 60_000 });

let house: TestHouse;
let lead: Caller;
beforeAll(async () => {
  house = await openHouse();
  lead = house.as('lead');
});
afterAll(() => house.close());

const upload = (path: string, payload: Buffer) =>
  lead.send({ method: 'POST', url: path, headers: { 'content-type': 'application/octet-stream' }, payload });
const kept = async (table: 'active_users' | 'changes', like: string): Promise<number> => {
  const column = table === 'changes' ? 'external_id' : 'dimensions::text';
  const { rows } = await house.owner.query(`select count(*)::int as n from ${table} where ${column} like $1`, [like]);
  return rows[0].n;
};
const drafts = () => {
  const folder = dirname(dirname(house.tools.files.path('0'.repeat(64))));
  return readdirSync(folder).filter((name) => name.endsWith('.part'));
};

const ROWS = 9_000; // five portions
const usersOf = (name: string, users = (i: number) => i) =>
  Array.from({ length: ROWS }, (_, i) => `2026-01-05,${users(i)},${name}-${i}\n`);

test('a file that cannot be read to its end leaves nothing, and says so', async () => {
  const lines = Array.from({ length: ROWS }, (_, i) => `cut-${i},2026-01-02,flag,number ${i} ${i * 7919}\n`);
  const packed = gzipSync(`id,at,kind,title\n${lines.join('')}`);
  const cut = await upload('/api/changes/file?fileName=a.csv.gz', packed.subarray(0, packed.length * 0.9));
  expect([cut.status, cut.body.code]).toEqual([422, 'import.not_readable']);
  expect(cut.body.message).toMatch(/ends in the middle.*Nothing of the file was kept\.$/);
  expect(await kept('changes', 'cut-%')).toBe(0);
  const before = (await house.events()).length;
  expect((await upload('/api/changes/file?fileName=a.csv.gz', packed)).body).toMatchObject({ added: ROWS });
  const told = (await house.events()).slice(before);
  expect(told.map(({ name, payload }) => [name, payload])).toEqual([
    ['changes.received', { added: ROWS, replaced: 0 }], // one file, one event
  ]);
  expect(await kept('changes', 'cut-%')).toBe(ROWS);
  expect(drafts()).toEqual([]);
});

test('rows of one file that contradict each other are refused however far apart they stand, the second time too', async () => {
  const lines = usersOf('far');
  const file = Buffer.from(
    `day,users,n\n${lines.join('')}2026-01-05,77,far-3\n2026-01-05,4,far-4\n2026-01-05,5000000,far-5000\n`,
  );
  const first = (await upload('/api/active-users/file?fileName=a.csv', file)).body;
  expect(first).toMatchObject({ added: ROWS, replaced: 0, unchanged: 1, refusedRows: 2 });
  expect(first.refused).toEqual([
    // rows are counted as a table shows them: the header is the first
    { row: ROWS + 2, id: null, reason: 'Row 5 says something else of the same. Keep one.' },
    { row: ROWS + 4, id: null, reason: 'Row 5002 says something else of the same. Keep one.' },
  ]);
  const again = (await upload('/api/active-users/file?fileName=a.csv', file)).body;
  expect(again).toMatchObject({ added: 0, replaced: 0, unchanged: ROWS + 1, refusedRows: 2 });

  // As many values as rows: what is read of them is as much as is shown.
  const days = { compartment: 'open', names: ['n'], by: 'n', from: '2026-01-05', to: '2026-01-05' };
  const read = await house.tools.db.as(lead, (db) => countDays(db, days));
  expect(read).toHaveLength(9);
  const { series } = (await lead.get('/api/active-users?by=n&from=2026-01-05&to=2026-01-05')).body;
  expect(series.map(({ value }: { value: string }) => value)).toEqual([
    ...Array.from({ length: 8 }, (_, i) => `far-${ROWS - 1 - i}`),
    'other',
  ]);
  const all = series.reduce((sum: number, one: { days: { users: number }[] }) => sum + one.days[0]!.users, 0);
  expect(all).toBe((ROWS * (ROWS - 1)) / 2);
});

test('two files of the same rows in another order come in one behind the other', async () => {
  const lines = usersOf('ring');
  const files = [lines, lines.toReversed(), lines].map((some) => Buffer.from(`day,users,n\n${some.join('')}`));
  const sent = await Promise.all(files.map((file) => upload('/api/active-users/file?fileName=a.csv', file)));
  expect(sent.map(({ status }) => status)).toEqual([200, 200, 200]);
  expect(sent.reduce((sum, { body }) => sum + body.added, 0)).toBe(ROWS);
  expect(sent.reduce((sum, { body }) => sum + body.unchanged, 0)).toBe(2 * ROWS);
});

test('a sender who vanishes in the middle of a file leaves nothing', async () => {
  await house.http.listen({ port: 0, host: '127.0.0.1' });
  const { port } = house.http.server.address() as { port: number };
  const made = await house.as('admin').post('/api/tokens', { name: 'nightly', purpose: 'background' });
  const headers = { authorization: `Bearer ${made.body.token}` };
  const sender = request({ port, method: 'POST', path: '/api/active-users/file?fileName=a.csv', headers });
  sender.on('error', () => {});
  sender.write(`day,users,n\n${usersOf('gone').join('')}`);
  await expect.poll(drafts, { timeout: 10_000 }).toHaveLength(1);
  sender.destroy();
  await expect.poll(drafts, { timeout: 10_000 }).toEqual([]);
  expect(await kept('active_users', '%gone-%')).toBe(0);
});
