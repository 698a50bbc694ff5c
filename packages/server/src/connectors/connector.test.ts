/** What can be said of connectors without a database: signatures, secrets, settings, places in a feed, lag. */
import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { openNet } from '../platform/net.ts';
import { openVault } from '../platform/vault.ts';
import { type Page, Problem } from './adapter.ts';
import { retryAfter } from './ask-json.ts';
import { type Connector, change, fail, lagOf, nextLane, takeUp } from './connector.ts';
import { netFor, pollPage } from './connector-poll.ts';
import { openSecrets, replaceSecrets, sealSecrets, signingSecrets, withoutSecrets } from './connector-secrets.ts';
import { hostIn, readForm } from './connector-settings.ts';
import { jsonPoll } from './json-poll.ts';
import { readRows, rowsAt, valueAt } from './json-rows.ts';
import { isSigningSecret, newSigningSecret, signedBy } from './webhook-signature.ts';

const NOW = new Date('2026-03-02T09:00:00Z');
const aConnector = (over: Partial<Connector> = {}): Connector => ({
  ...{ id: 'c', version: 1, compartment: 'open', sourceId: 's', sourceName: 'S', kind: 'json_poll', everyMinutes: 5 },
  ...{ settings: { address: 'https://a.com/x', mapping: {} }, sealed: null, secretNames: [], pausedAt: null },
  ...{ removedAt: null, cursor: { next: '5' }, beginAt: NOW, reachedAt: null, caughtUpAt: null, backfillFrom: null },
  ...{ backfillCursor: null, backfillReached: null, backfillFinishedAt: null, dueAt: NOW, lastTurnAt: null },
  ...{ minuteAt: null, minutePages: 0 },
  ...{ lastRowAt: null, lastEventAt: null, added: 0, revised: 0, unchanged: 0, refused: 0, lastRefused: null },
  ...{ problem: null, problemAt: null, tries: 0, runner: null, beatAt: null },
  ...over,
});
const at = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);

test('signs as the libraries of Standard Webhooks do', () => {
  // the vector that the libraries of standard-webhooks test themselves with
  const headers = {
    'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    'webhook-timestamp': '1614265330',
    'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  };
  const call = { headers, body: Buffer.from('{"test": 2432232314}'), now: new Date(1614265330_000) };
  const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
  expect(signedBy('standard_webhook', call, [newSigningSecret(), secret])).toBe('msg_p5jXN8AQM9LWM0D4loKWxJek');
  expect(signedBy('standard_webhook', call, [newSigningSecret()])).toBeNull();
  expect(signedBy('standard_webhook', call, [])).toBeNull();
  expect(signedBy('json_poll', call, [secret])).toBeNull();
});

test('Intercom signs by SHA-1, as its example shows', () => {
  const body = Buffer.from('{"type":"notification_event"}');
  const signature = `sha1=${createHmac('sha1', 'key').update(body).digest('hex')}`;
  const call = { headers: { 'x-hub-signature': signature }, body, now: NOW };
  expect(signedBy('intercom_webhook', call, ['key'])).toBe(signature);
  expect(signedBy('intercom_webhook', { ...call, headers: { 'x-hub-signature': 'sha1=' } }, ['key'])).toBeNull();
  expect(signedBy('intercom_webhook', { ...call, headers: {} }, ['key'])).toBeNull();
});

test('a secret of ours is one, and others are told apart', () => {
  expect(isSigningSecret(newSigningSecret())).toBe(true);
  for (const no of ['', 'whsec_', 'whsec_short', 'abc', `whsec_${'*'.repeat(40)}`, `whsec_${'A'.repeat(200)}`]) {
    expect(isSigningSecret(no), no).toBe(false);
  }
});

test('secrets open for the connector that they were sealed for, and for no other', () => {
  const vault = openVault(Buffer.alloc(32, 1));
  const sealed = sealSecrets(vault, 'one', { values: { token: 'abc' } });
  expect(openSecrets(vault, { id: 'one', sealed })).toEqual({ values: { token: 'abc' } });
  expect(() => openSecrets(vault, { id: 'two', sealed })).toThrow('cannot be opened');
  expect(() => openSecrets(openVault(Buffer.alloc(32, 2)), { id: 'one', sealed })).toThrow('cannot be opened');
});

test('the secret before is valid for a day, and only the last one', () => {
  const first = replaceSecrets({ values: { secret: 'a' } }, { secret: 'b' }, NOW);
  const second = replaceSecrets(first, { secret: 'c' }, at(1));
  expect(signingSecrets(first, at(1_439))).toEqual(['b', 'a']);
  expect(signingSecrets(first, at(1_440))).toEqual(['b']);
  expect(signingSecrets(second, at(1))).toEqual(['c', 'b']);
  expect(replaceSecrets(first, { secret: 'b' }, at(5))).toEqual(first);
});

test('no sentence holds a secret, wherever it stands', () => {
  const secret = fc
    .string({ minLength: 6, maxLength: 40, unit: 'grapheme-ascii' })
    .filter((one) => one.trim().length >= 6);
  fc.assert(
    fc.property(fc.string(), secret, fc.string(), (before, token, after) => {
      const words = withoutSecrets(`${before}${token}${after}${token}`, { token });
      expect(words).not.toContain(token);
    }),
  );
  const key = '-----BEGIN KEY-----\nMIIEvQIBADAN\nBgkqhkiG9w0B\n-----END KEY-----';
  expect(withoutSecrets('near MIIEvQIBADAN it broke', { key })).toBe('near ••• it broke');
});

test('a form fills in its standards, trims, and keeps what is stored', () => {
  const read = readForm('mailbox', {
    settings: { host: ' imap.acme.com ', user: 'a', port: '143' as never },
    secrets: { password: 'p' },
  });
  expect(read.settings).toEqual({ host: 'imap.acme.com', port: 143, user: 'a', folder: 'INBOX' });
  expect(readForm('mailbox', { settings: { host: 'h', user: 'a' }, secrets: {} }, ['password']).secrets).toEqual({});
  const key = '-----BEGIN\nabc\n-----END';
  const store = { app: '1', issuer: 'i', keyId: 'k' };
  expect(readForm('app_store', { settings: store, secrets: { privateKey: ` ${key}\n` } }).secrets.privateKey).toBe(key);
  for (const host of ['imap.acme.com/x', 'a@b', 'a b', 'https://x']) {
    expect(() => readForm('mailbox', { settings: { host, user: 'a' }, secrets: { password: 'p' } }), host).toThrow(
      'host',
    );
  }
});

test.each([
  [{ address: 'https://A.com' }, 'a.com:443'],
  [{ address: 'https://a.com:8443/x' }, 'a.com:8443'],
  [{ address: 'http://a.com/x' }, 'a.com:80'],
  [{ address: 'https://[2606:4700::1]/' }, '[2606:4700::1]:443'],
  [{ host: 'Imap.a.com', port: 993 }, 'imap.a.com:993'],
  [{ host: '2606:4700::1', port: 993 }, '[2606:4700::1]:993'],
])('%o calls %s, and may call nobody else', async (settings, host) => {
  expect(hostIn(settings)).toBe(host);
  const net = netFor(openNet({ internal: ['127.0.0.1:1'] }), jsonPoll, settings, {});
  await expect(net.request({ method: 'GET', url: 'http://127.0.0.1:1/' })).rejects.toMatchObject({
    code: 'net.not_allowed',
  });
});

test('a page that never ends, or never moves, does not hold the house', async () => {
  const ask = { settings: {}, secrets: {}, net: openNet({ internal: [] }), now: NOW, cursor: { at: 1 }, from: NOW };
  const answering = (poll: () => Promise<Page>) => pollPage({ kind: 'json_poll', pagesPerMinute: 1, poll }, ask);
  const page = { rows: [], more: true, reached: null };
  expect((await answering(async () => ({ ...page, cursor: { at: 1 } }))).more).toBe(false);
  expect((await answering(async () => ({ ...page, cursor: { at: 2 } }))).more).toBe(true);
  await expect(answering(async () => ({ ...page, cursor: null }))).rejects.toThrow('no cursor');
  vi.useFakeTimers();
  const endless = answering(() => new Promise(() => {})).catch((error: unknown) => error);
  await vi.advanceTimersByTimeAsync(120_000);
  vi.useRealTimers();
  expect(await endless).toBeInstanceOf(Problem);
});

test('another place begins anew, early enough; another mapping goes on', () => {
  const one = aConnector({ reachedAt: at(-4_000), backfillFrom: at(-90_000), backfillCursor: 7 });
  const to = { sealed: Buffer.alloc(1), secretNames: [], everyMinutes: 5 };
  const mapped = change(one, { ...to, settings: { ...one.settings, mapping: { a: 'ts' } } }, NOW);
  expect([mapped.cursor, mapped.beginAt]).toEqual([{ next: '5' }, NOW]);
  const moved = change(one, { ...to, settings: { address: 'https://b.com/x', mapping: {} } }, NOW);
  expect([moved.cursor, moved.beginAt, moved.backfillCursor]).toEqual([null, at(-4_000), null]);
  const recent = change({ ...one, reachedAt: at(-1) }, { ...to, settings: { address: 'https://b.com/x' } }, NOW);
  expect(recent.beginAt).toEqual(at(-48 * 60));
});

test('a turn is for one, when it is time, and never while paused', () => {
  expect(takeUp(aConnector(), 'me', NOW)?.runner).toBe('me');
  for (const no of [{ runner: 'you' }, { dueAt: at(1) }, { dueAt: null }, { pausedAt: NOW }, { removedAt: NOW }]) {
    expect(takeUp(aConnector(no), 'me', NOW)).toBeNull();
  }
});

test('a back-fill and what is new take turns, and each ends by itself', () => {
  const filling = aConnector({ backfillFrom: at(-100) });
  const lanes = (one: Connector, liveDone: boolean) => [
    nextLane(one, 'live', liveDone),
    nextLane(one, 'backfill', liveDone),
  ];
  expect(lanes(filling, false)).toEqual(['backfill', 'live']);
  expect(lanes(filling, true)).toEqual(['backfill', 'backfill']);
  expect(lanes(aConnector(), false)).toEqual(['live', 'live']);
  expect(lanes({ ...filling, backfillFinishedAt: NOW }, true)).toEqual([null, null]);
});

test('the pause after a failure is never shorter than was asked for', () => {
  fc.assert(
    fc.property(fc.nat(30), fc.boolean(), fc.option(fc.nat(90_000_000)), (tries, lasting, retryAfterMs) => {
      const { dueAt } = fail(aConnector({ tries }), { words: '', lasting, retryAfterMs }, NOW);
      const waits = dueAt!.getTime() - NOW.getTime();
      expect(waits).toBeGreaterThanOrEqual(Math.max(60_000, retryAfterMs ?? 0));
      expect(waits).toBeLessThanOrEqual(Math.max(3_600_000, retryAfterMs ?? 0));
    }),
  );
  expect(retryAfter({ 'retry-after': '7' }, NOW)).toBe(7_000);
  expect(retryAfter({ 'retry-after': 'Mon, 02 Mar 2026 09:01:00 GMT' }, NOW)).toBe(60_000);
  expect(retryAfter({ 'retry-after': 'Mon, 02 Mar 2026 08:00:00 GMT' }, NOW)).toBe(0);
  expect([retryAfter({}, NOW), retryAfter({ 'retry-after': 'soon' }, NOW)]).toEqual([null, null]);
});

test('lag: since there was no more, else since what was told, else unknown', () => {
  expect(lagOf(aConnector(), NOW)).toBeNull();
  expect(lagOf(aConnector({ caughtUpAt: at(-3), reachedAt: at(-99) }), NOW)).toBe(180_000);
  expect(lagOf(aConnector({ reachedAt: at(-99) }), NOW)).toBe(99 * 60_000);
  expect(lagOf(aConnector({ kind: 'standard_webhook', lastRowAt: at(-5), lastEventAt: at(-7) }), NOW)).toBe(120_000);
});

test('rows are found by dotted names of the document itself', () => {
  const body = { data: { items: [1, 2] }, list: [], one: { a: 1 } };
  expect(rowsAt(body, 'data.items')).toEqual([1, 2]);
  expect(rowsAt(body, 'one')).toEqual([{ a: 1 }]);
  expect([rowsAt([3], ''), rowsAt(body, 'data.no'), rowsAt(7, ''), rowsAt(null, 'a')]).toEqual([[3], null, null, null]);
  expect([valueAt(body, 'constructor'), valueAt(body, '__proto__.toString'), valueAt('abc', 'length')]).toEqual([
    ...[undefined, undefined, undefined],
  ]);
});

test('whatever stands in a list, each row is read or refused by itself', () => {
  fc.assert(
    fc.property(fc.array(fc.anything({ withNullPrototype: true })), (said) => {
      const list = JSON.parse(JSON.stringify(said) ?? '[]') as unknown[];
      const { rows, refused } = readRows(list, { a: 'ts', b: 'text' });
      expect(rows.length + refused.length).toBe(list.length);
    }),
  );
});
