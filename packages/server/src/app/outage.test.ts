/**
 * The disk fills up, the database crashes, the house is killed, while signals come by request, by webhook, by a connector and
 * by a mailbox, and active users by request: whatever was acknowledged is there once, and what a connector missed comes in
 * when it asks again. (The other ways in have their own: the table of faults in docs/lab.md says where.)
 */
import { execFileSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fillDisk, makeRoom } from '../../test/full-disk.ts';
import {
  askDatabase,
  aTokenOf,
  crashDatabase,
  type Json,
  postTo,
  realHouse,
  type Started,
  setUp,
} from '../../test/real-house.ts';
import { type ImapReplay, imapReplay } from '../../test/replay/imap-replay.ts';

const MB = 1024 * 1024;
const SECRET = `whsec_${Buffer.alloc(32, 5).toString('base64')}`;
const MAPPING = { id: 'id', at: 'ts', words: 'text' };
const PAGES = 30;
const PER_PAGE = 300;
const WORDS = 'the payout is late and nobody answers '.repeat(20);

/** Another system: thirty pages, each a moment later. */
const other = createServer(({ url }, answer) => {
  const page = Number(new URL(url!, 'http://other').searchParams.get('cursor') ?? 0);
  const at = new Date(Date.UTC(2026, 2, 1) + page * 1000).toISOString();
  const items = Array.from({ length: PER_PAGE }, (_, i) => ({
    id: `p${page}-${i}`,
    at,
    words: `${WORDS}${page} ${i}`,
  }));
  const next = page + 1 < PAGES ? String(page + 1) : null;
  setTimeout(() => answer.end(JSON.stringify({ items, next })), 50);
});
let mail: ImapReplay;
const MAILS = 300;
const real = realHouse(() => ({
  EGRESS_INTERNAL: `127.0.0.1:${(other.address() as AddressInfo).port},${mail.host}:${mail.port}`,
  LOG_LEVEL: 'silent', // it is full of what is done to it here
}));
let mounted = false;

beforeAll(async () => {
  await new Promise<void>((done) => other.listen(0, '127.0.0.1', done));
  mail = await imapReplay();
  for (let uid = 1; uid <= MAILS; uid++) {
    const at = new Date(Date.now() - uid * 1_000);
    const head = `From: Ana <ana${uid}@example.com>\r\nSubject: Export ${uid}\r\nDate: ${at.toUTCString()}\r\n`;
    const text = `${head}Message-ID: <m${uid}@example.com>\r\n\r\n${WORDS}${uid}.\r\n`;
    mail.mails.push({ uid, at, source: Buffer.from(text) });
  }
  try {
    const options = ['-t', 'tmpfs', '-o', 'size=500m,mode=755', 'tmpfs', real.folder];
    execFileSync('mount', options, { stdio: 'ignore' });
    mounted = true;
  } catch {
    console.log('*** NO SMALL DISK: mounting needs root. What happens on a full disk is not tested here. ***');
  }
});
afterAll(async () => {
  await real.close().catch(() => {});
  if (mounted) execFileSync('umount', ['-l', real.folder]);
  rmSync(real.folder, { recursive: true, force: true });
  other.close();
  await mail.close();
});

interface Desk {
  readonly admin: Record<string, string>;
  readonly token: string;
  readonly source: string;
  readonly hook: string;
  readonly connector: string;
  readonly mailbox: string;
  /** Numbers of the active users that were acknowledged. */
  readonly counted: number[];
}

async function furnish(started: Started): Promise<Desk> {
  const admin = await setUp(started);
  const { source, token } = await aTokenOf(started.url, admin);
  const make = async (kind: string, settings: object, secrets: object) => {
    const body = { sourceId: source, kind, settings, secrets, everyMinutes: 1 };
    return (await postTo(`${started.url}/api/connectors`, body, admin)).body.connector.id as string;
  };
  const { port } = other.address() as AddressInfo;
  const address = {
    address: `http://127.0.0.1:${port}/`,
    rows: 'items',
    cursorParameter: 'cursor',
    nextCursor: 'next',
  };
  const hook = await make('standard_webhook', { mapping: MAPPING }, { secret: SECRET });
  const connector = await make('json_poll', { ...address, mapping: MAPPING }, {});
  const { host, port: imap, user, password } = mail;
  const mailbox = await make('mailbox', { host, port: imap, user }, { password });
  return { admin, token, source, hook, connector, mailbox, counted: [] };
}

const activeUsers = (n: number) => ({ day: '2026-03-01', users: 1, dimensions: { n: String(n) } });

/** One of each kind; the ids of those that were acknowledged. */
async function sendOne(url: string, desk: Desk, n: number): Promise<string[]> {
  const at = new Date().toISOString();
  const post = async (path: string, body: string, headers: Record<string, string>): Promise<boolean> => {
    const all = { 'content-type': 'application/json', ...headers };
    const reply = await fetch(url + path, { method: 'POST', body, headers: all }).catch(() => null);
    if (reply && !reply.ok) refusals.add(((await reply.json()) as Json).code);
    return reply?.ok ?? false;
  };
  const rows = Array.from({ length: 20 }, (_, i) => ({ id: `r${n}-${i}`, ts: at, text: `${WORDS}${n} ${i}` }));
  const called = JSON.stringify([{ id: `w${n}`, at, words: `${WORDS}${n}` }]);
  const time = String(Math.floor(Date.now() / 1000));
  const mac = createHmac('sha256', Buffer.from(SECRET.slice(6), 'base64')).update(`m${n}.${time}.${called}`);
  const signed = {
    'webhook-id': `m${n}`,
    'webhook-timestamp': time,
    'webhook-signature': `v1,${mac.digest('base64')}`,
  };
  const [sent, hooked, counted] = await Promise.all([
    post('/api/signals', JSON.stringify(rows), { authorization: `Bearer ${desk.token}` }),
    post(`/api/webhooks/${desk.hook}`, called, signed),
    post('/api/active-users', JSON.stringify([activeUsers(n)]), desk.admin),
  ]);
  if (counted) desk.counted.push(n);
  return [...(sent ? rows.map(({ id }) => id) : []), ...(hooked ? [`w${n}`] : [])];
}
const refusals = new Set<string>();
/** What whoever sends is told meanwhile. Anything else is a fault of ours. */
const OUTAGES = new Set(['house.database_away', 'house.disk_full', 'house.too_busy']);

/** Every id that is kept, with how often. */
async function keptIds(url: string, admin: Record<string, string>): Promise<Map<string, number>> {
  const kept = new Map<string, number>();
  for (let after = ''; ; ) {
    const reply = await fetch(`${url}/api/signals?limit=200${after}`, { headers: admin });
    const page = (await reply.json()) as Json;
    for (const { externalId } of page.signals) kept.set(externalId, (kept.get(externalId) ?? 0) + 1);
    if (!page.next) return kept;
    after = `&after=${page.next}`;
  }
}

async function expectKept(url: string, desk: Desk, acknowledged: readonly string[]): Promise<void> {
  const kept = await keptIds(url, desk.admin);
  expect(acknowledged.filter((id) => !kept.has(id))).toEqual([]);
  expect([...kept].filter(([, times]) => times > 1)).toEqual([]);
  // At one moment: the connector goes on by itself meanwhile.
  const [counts] = await askDatabase(
    real,
    `select (select count(*)::int from signals) as kept, (select sum(signals)::int from sources) as counted`,
  );
  expect(counts.counted).toBe(counts.kept);
  // Sent again, what was acknowledged is known already, and adds nothing.
  const { body: again } = await postTo(`${url}/api/active-users`, desk.counted.map(activeUsers), desk.admin);
  expect(again).toMatchObject({ added: 0, replaced: 0, unchanged: desk.counted.length });
}

const polled = async (url: string, desk: Desk, connector = desk.connector): Promise<number> => {
  const reply = await fetch(`${url}/api/connectors`, { headers: desk.admin }).catch(() => null);
  const { connectors = [] } = reply?.ok ? ((await reply.json()) as Json) : {};
  return connectors.find(({ id }: { id: string }) => id === connector)?.added ?? -1;
};

test('a full disk and a crash of the database, in the middle of every way in', { timeout: 900_000 }, async () => {
  let house = await real.start();
  const desk = await furnish(house);
  const acknowledged: string[] = [];
  let n = 0;
  const send = async (times: number) => {
    for (let i = 0; i < times; i++) acknowledged.push(...(await sendOne(house.url, desk, n++)));
  };
  const pulse = () => polled(house.url, desk);
  await send(5);
  const askNow = async () => {
    for (const id of [desk.connector, desk.mailbox]) {
      await postTo(`${house.url}/api/connectors/${id}/run`, {}, desk.admin);
    }
  };
  const mails = () => polled(house.url, desk, desk.mailbox);
  await askNow();
  await expect.poll(pulse, { timeout: 120_000 }).toBeGreaterThan(PER_PAGE);

  if (mounted) {
    fillDisk(real.folder, 3 * MB);
    await send(60);
    expect(refusals.size).toBeGreaterThan(0);
    makeRoom(real.folder);
    if (house.child.exitCode === null) house.child.kill('SIGTERM'); // without room for its log the database may have ended
    await expect.poll(() => house.child.exitCode ?? house.child.signalCode, { timeout: 180_000 }).not.toBeNull();
    house = await real.start();
    await expectKept(house.url, desk, acknowledged);
  }

  await send(10);
  const storm = send(40);
  await sleep(200);
  await crashDatabase(real, 'app');
  await storm;
  await sleep(1_000);
  await expect.poll(pulse, { timeout: 180_000, interval: 500 }).toBeGreaterThan(-1);
  await send(5);

  await askNow();
  await expect.poll(pulse, { timeout: 180_000, interval: 500 }).toBe(PAGES * PER_PAGE);
  await expect.poll(mails, { timeout: 180_000, interval: 500 }).toBe(MAILS);
  await expectKept(house.url, desk, acknowledged);
  expect([house.child.exitCode, house.child.signalCode]).toEqual([null, null]); // it was never started again
  expect([...refusals].filter((code) => !OUTAGES.has(code))).toEqual([]);

  const last = send(60);
  await sleep(300);
  house.child.kill('SIGKILL'); // wherever it happens to be
  await last;
  house = await real.start();
  await expectKept(house.url, desk, acknowledged);
});
