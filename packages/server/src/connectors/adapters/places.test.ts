/** Where the adapters go and how they begin again: what the walks of all of them do not show. */
import type { NewSignal } from '@groundswell/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  FRESHDESK_TOKEN,
  freshdeskDesk,
  freshdeskTicket,
  INTERCOM_TOKEN,
  intercomConversation,
  intercomDesk,
} from '../../../test/replay/helpdesks.ts';
import { replay } from '../../../test/replay/http-replay.ts';
import { appleReview, appStoreServer, googlePlayServer, playReview } from '../../../test/replay/stores.ts';
import { CLOCK, FROM, momentOf } from '../../../test/replay/worlds.ts';
import { openNet } from '../../platform/net.ts';
import { type Adapter, type Page, Problem, type Secrets, type Settings } from '../adapter.ts';
import { appStore } from './app-store.ts';
import { following, freshdesk } from './freshdesk.ts';
import { googlePlay } from './google-play.ts';
import { intercom } from './intercom.ts';
import { placeOf, step } from './newest-first.ts';
import { zendesk } from './zendesk.ts';

const HOUR = 3_600_000;
const closing: (() => Promise<void>)[] = [];
let elsewhere: Awaited<ReturnType<typeof replay>>;
beforeAll(async () => {
  elsewhere = kept(await replay(CLOCK, () => ({ json: { access_token: 'stolen' } })));
});
afterAll(() => Promise.all(closing.map((close) => close())));

function kept<T extends { close(): Promise<void> }>(server: T): T {
  closing.push(() => server.close());
  return server;
}

/** Every server on this machine may be called: what is not asked then is not asked by the adapter's own choice. */
function poll(
  adapter: Adapter,
  settings: Settings,
  secrets: Secrets,
  cursor: unknown = null,
  now = CLOCK,
): Promise<Page> {
  const own = new URL(String(settings.address)).host;
  const net = openNet({ internal: [own, elsewhere.host] });
  return adapter.poll({ settings, secrets, net, now, cursor, from: FROM });
}

const idsOf = ({ rows }: Page): string[] => (rows as NewSignal[]).map(({ id }) => id);
const problemOf = (asked: Promise<unknown>): Promise<Problem> =>
  asked.then(
    () => expect.unreachable('it was answered'),
    (error: unknown) => (error instanceof Problem ? error : expect.unreachable(String(error))),
  );

test('the next page of the App Store is asked of the App Store, whatever address is named', async () => {
  const server = kept(await appStoreServer(CLOCK));
  server.things.push(appleReview('1', momentOf(1)), appleReview('2', momentOf(2)));
  const settings = { address: server.address, app: '1234567890', issuer: 'issuer-1', keyId: 'KEYID12345' };
  const secrets = { privateKey: server.key.replaceAll('\n', '\\n') };
  const next = `${elsewhere.address}/v1/apps/1234567890/customerReviews?cursor=${btoa('1')}`;
  server.first.push({ json: { data: [appleReview('1', momentOf(1))], links: { next } } });

  const first = await poll(appStore, settings, secrets);
  expect(idsOf(await poll(appStore, settings, secrets, first.cursor))).toHaveLength(1);
  expect(elsewhere.asked).toEqual([]);
  server.first.push({ json: { data: [], links: { next: 'nowhere' } } });
  expect((await problemOf(poll(appStore, settings, secrets))).words).toContain('next page');
});

test('a private key that is none is told as that, and nothing is asked', async () => {
  const server = kept(await appStoreServer(CLOCK));
  const settings = { address: server.address, app: '1', issuer: 'i', keyId: 'k' };
  const problem = await problemOf(poll(appStore, settings, { privateKey: 'not a key' }));
  expect(problem).toMatchObject({ lasting: true });
  expect(problem.words).toContain('.p8');
  expect(server.asked).toEqual([]);
});

test('what a service account signs goes to Google or to the host of the settings, never where its file says', async () => {
  const server = kept(await googlePlayServer(CLOCK));
  server.things.push(playReview('1', momentOf(1)));
  const settings = { address: server.address, package: 'com.acme.app' };
  const foreign = JSON.stringify({ ...JSON.parse(server.account()), token_uri: `${elsewhere.address}/token` });

  await problemOf(poll(googlePlay, settings, { serviceAccount: foreign })); // Google's own host is not to be had here
  expect(elsewhere.asked).toEqual([]);
  expect(idsOf(await poll(googlePlay, settings, { serviceAccount: server.account() }))).toEqual(['1']);
  expect(googlePlay.hosts!({}, {})).toEqual(['oauth2.googleapis.com']);
});

test('a service account that is refused, or none, is told with what to do', async () => {
  const server = kept(await googlePlayServer(CLOCK));
  const settings = { address: server.address, package: 'com.acme.app' };
  for (const serviceAccount of ['', '{}', '[1]', 'null', '{"client_email":"a@b.c","private_key":"x"}']) {
    expect(await problemOf(poll(googlePlay, settings, { serviceAccount }))).toMatchObject({ lasting: true });
  }
  const other = JSON.stringify({ ...JSON.parse(server.account()), client_email: 'other@acme.com' });
  const refused = await problemOf(poll(googlePlay, settings, { serviceAccount: other }));
  expect(refused.words).toMatch(/refused the service account \(400\)\. Make a new key/);
  expect(refused.lasting).toBe(true);
});

test('Intercom: who was first spoken to by a bot is read from the parts; what is gone meanwhile costs no other', async () => {
  const server = kept(await intercomDesk(CLOCK));
  const settings = { address: server.address };
  const source = { type: 'conversation', body: '<p>Hi!</p>', author: { type: 'bot', id: '1' } };
  const at = Math.floor(momentOf(2) / 1000);
  const part = {
    part_type: 'comment',
    body: '<p>Charged twice</p>',
    author: { type: 'user', id: 'u' },
    created_at: at,
  };
  const begun = {
    source,
    statistics: { first_contact_reply_at: at },
    conversation_parts: { type: 'conversation_part.list', conversation_parts: [part] },
  };
  server.things.push(
    intercomConversation('1', momentOf(1)),
    intercomConversation('2', momentOf(2), begun),
    intercomConversation('3', momentOf(3), begun),
    intercomConversation('4', momentOf(4), { source, statistics: { first_contact_reply_at: null } }),
  );
  server.gone.add('3');

  const page = await poll(intercom, settings, { token: INTERCOM_TOKEN });
  expect(idsOf(page).sort()).toEqual(['1', '2']);
  expect(server.asked.map(({ path }) => path).sort()).toEqual([
    '/conversations/2',
    '/conversations/3',
    '/conversations/search',
  ]);
  expect(server.asked[0]!.headers['intercom-version']).toBe('2.14');
});

test.each([true, false])(
  'Freshdesk: whether "since" holds its own second (%s) makes no difference',
  async (inclusive) => {
    const server = kept(await freshdeskDesk(CLOCK, { inclusive }));
    for (let i = 1; i <= 230; i++) server.things.push(freshdeskTicket(i, momentOf(3) + Math.floor(i / 60) * 1000));
    const seen = new Set<string>();
    for (let cursor: unknown = null, more = true; more; ) {
      const page = await poll(freshdesk, { address: server.address }, { token: FRESHDESK_TOKEN }, cursor);
      for (const id of idsOf(page)) seen.add(id);
      ({ cursor, more } = page);
    }
    expect(seen.size).toBe(230);
  },
);

test('Freshdesk: a ticket that is changed while pages are asked moves to the end and pushes no other out', async () => {
  const server = kept(await freshdeskDesk(CLOCK));
  for (let i = 1; i <= 250; i++) server.things.push(freshdeskTicket(i, momentOf(3) + i * 60_000 - 250 * 60_000));
  const seen = new Set<string>();
  let changed = 1;
  for (let cursor: unknown = null, more = true; more; changed++) {
    const page = await poll(freshdesk, { address: server.address }, { token: FRESHDESK_TOKEN }, cursor);
    for (const id of idsOf(page)) seen.add(id);
    ({ cursor, more } = page);
    if (changed <= 40) server.things[changed]!.updated_at = new Date(CLOCK.getTime() - HOUR).toISOString();
  }
  expect(seen.size).toBe(250);
});

test('Freshdesk: the page that is not to be had is not asked for', () => {
  const place = { since: '2026-03-01T10:00:00Z', page: 300 };
  const at = Date.parse(place.since);
  expect(following(place, 100, at)).toEqual({ cursor: { since: '2026-03-01T10:00:01Z', page: 1 }, more: true });
  expect(following({ ...place, page: 7 }, 100, at)).toEqual({ cursor: { ...place, page: 8 }, more: true });
  expect(following(place, 99, null)).toEqual({ cursor: { ...place, page: 1 }, more: false });
});

test('Zendesk: a beginning in its last minutes is asked for a little earlier, and a cursor without a place is kept', async () => {
  const asked: URLSearchParams[] = [];
  const server = kept(
    await replay(CLOCK, ({ query }) => {
      asked.push(query);
      return { json: { tickets: [], after_cursor: null, end_of_stream: true } };
    }),
  );
  const settings = { address: server.address, email: 'a@b.c' };
  const net = openNet({ internal: [server.host] });
  const ask = { settings, secrets: { token: 't' }, net, now: CLOCK };
  const first = await zendesk.poll({ ...ask, cursor: null, from: CLOCK });
  expect(asked[0]!.get('start_time')).toBe(String(CLOCK.getTime() / 1000 - 300));
  const later = new Date(CLOCK.getTime() + HOUR);
  await zendesk.poll({ ...ask, now: later, cursor: first.cursor, from: later });
  expect(asked[1]!.get('start_time')).toBe(asked[0]!.get('start_time'));
  server.first.push({ json: { tickets: [], after_cursor: null, end_of_stream: false } });
  expect((await problemOf(zendesk.poll({ ...ask, cursor: null, from: CLOCK }))).lasting).toBe(false);
});

test('a walk that stood still too long begins anew and knows where the last one ended', () => {
  const now = CLOCK;
  const { cursor } = step({ since: 5, walk: null }, { times: [9, 8], next: 'p2' }, now, 1);
  expect(placeOf(cursor, FROM, new Date(now.getTime() + 5 * HOUR)).walk?.next).toBe('p2');
  expect(placeOf(cursor, FROM, new Date(now.getTime() + 7 * HOUR))).toEqual({ since: 5, walk: null });
  expect(step(cursor, { times: [7], next: 'p2' }, now, 1)).toEqual({ cursor: { since: 8, walk: null }, more: false });
  expect(step(cursor, { times: [4, 3], next: 'p3' }, now, 1)).toEqual({
    cursor: { since: 8, walk: null },
    more: false,
  });
  expect(step(cursor, { times: [], next: 'p3' }, now, 1)).toMatchObject({
    more: true,
    cursor: { walk: { newest: 9 } },
  });
});
