/** For tests that do something to a real house while active users and changes come in: what is sent, and what is there. */
import { type ClientRequest, type IncomingMessage, request } from 'node:http';
import { expect } from 'vitest';
import { askDatabase, type Json, type RealHouse } from './real-house.ts';

export type Kind = 'active-users' | 'changes';

export interface Delivery {
  readonly path: string;
  readonly body: string;
  readonly headers: Record<string, string>;
  readonly kind: Kind;
  /** Each row bears it, so that they can be counted. */
  readonly name: string;
  readonly rows: number;
}

const at = (i: number) => new Date(Date.UTC(2025, 0, 1) + i * 60_000).toISOString();
const day = (i: number) => new Date(Date.UTC(2024, 0, 1 + i)).toISOString().slice(0, 10);
const COUNTRIES = 50;

export function aFileOf(kind: Kind, name: string, rows: number): Delivery {
  const line = (i: number) =>
    kind === 'active-users'
      ? `${day(Math.floor(i / COUNTRIES))},${i},${name},c${i % COUNTRIES}\n`
      : `${name}-${i},${at(i)},release,number ${i} of ${name}\n`;
  const head = kind === 'active-users' ? 'day,active_users,file,country\n' : 'id,at,kind,title\n';
  const body = head + Array.from({ length: rows }, (_, i) => line(i)).join('');
  const headers = { 'content-type': 'application/octet-stream' };
  return { path: `/api/${kind}/file?fileName=${name}.csv`, body, headers, kind, name, rows };
}

export function aRequestOf(kind: Kind, name: string, rows: number): Delivery {
  const row = (i: number) =>
    kind === 'active-users'
      ? { day: day(i), users: i, dimensions: { file: name } }
      : { id: `${name}-${i}`, at: at(i), kind: 'flag', title: `number ${i} of ${name}` };
  const body = JSON.stringify(Array.from({ length: rows }, (_, i) => row(i)));
  return { path: `/api/${kind}`, body, headers: { 'content-type': 'application/json' }, kind, name, rows };
}

/** On a connection of its own. Null when the line broke: whoever sent it knows nothing. */
export async function deliver(
  url: string,
  admin: Record<string, string>,
  { path, body, headers }: Delivery,
): Promise<{ status: number; body: Json } | null> {
  const sending = request(url + path, { method: 'POST', headers: { ...headers, ...admin }, agent: false });
  const answer = new Promise<IncomingMessage | null>((done) => {
    sending.once('response', done).on('error', () => done(null));
  });
  sending.end(body);
  const reply = await answer;
  if (!reply) return null;
  const text = await reply.toArray().then(Buffer.concat, () => null);
  return text && { status: reply.statusCode!, body: JSON.parse(text.toString()) };
}

/** So much of it is sent, and the rest never. */
export function deliverHalf(
  url: string,
  admin: Record<string, string>,
  { path, body, headers }: Delivery,
): ClientRequest {
  const half = request(url + path, { method: 'POST', headers: { ...headers, ...admin } });
  half.on('error', () => {});
  half.write(body.slice(0, body.length / 2));
  return half;
}

/** How many rows of each delivery are there, and how many things they are about. */
export async function keptOf(house: RealHouse): Promise<Map<string, number>> {
  const rows = await askDatabase(
    house,
    `select name, count(*)::int as rows, count(distinct thing)::int as things from (
       select dimensions ->> 'file' as name, (day, dimensions)::text as thing from active_users
        union all select regexp_replace(external_id, '-[0-9]+$', ''), external_id from changes) each group by name`,
  );
  for (const { name, rows: all, things } of rows) expect([name, things]).toEqual([name, all]);
  return new Map(rows.map(({ name, rows: all }) => [name, all]));
}

/** Returns in the middle of writing the rows of a file: many lie there, and nobody else should see them yet. */
export async function whileWriting(house: RealHouse, kind: Kind): Promise<void> {
  const table = kind === 'active-users' ? 'active_users' : 'changes';
  // Files come in one behind the other, by a lock that requests do not take.
  const question = `select count(*)::int as n from pg_locks l join pg_locks turn using (pid)
    where l.relation = '${table}'::regclass and l.mode = 'RowExclusiveLock' and turn.locktype = 'advisory' and turn.granted`;
  const writing = async () => (await askDatabase(house, question))[0].n;
  await expect.poll(writing, { timeout: 180_000, interval: 5 }).toBeGreaterThan(0);
  const size = async () => (await askDatabase(house, `select pg_relation_size('${table}')::int as n`))[0].n;
  const before = await size();
  await expect.poll(size, { timeout: 180_000, interval: 5 }).toBeGreaterThan(before + SEEN_FROM_BYTES);
}

/** Some ten thousand rows: several portions, and far from all of a file of thirty thousand. */
const SEEN_FROM_BYTES = 1_500_000;
