/** One world for each system that is asked by HTTP: a server with something to tell, and an adapter that knows the way. */
import type { Adapter, Secrets, Settings } from '../../src/connectors/adapter.ts';
import { appStore } from '../../src/connectors/adapters/app-store.ts';
import { freshdesk } from '../../src/connectors/adapters/freshdesk.ts';
import { googlePlay } from '../../src/connectors/adapters/google-play.ts';
import { intercom } from '../../src/connectors/adapters/intercom.ts';
import { zendesk } from '../../src/connectors/adapters/zendesk.ts';
import {
  type Desk,
  FRESHDESK_TOKEN,
  freshdeskDesk,
  freshdeskTicket,
  INTERCOM_TOKEN,
  intercomConversation,
  intercomDesk,
  ZENDESK_LOGIN,
  zendeskDesk,
  zendeskTicket,
} from './helpdesks.ts';
import { appleReview, appStoreServer, googlePlayServer, playReview } from './stores.ts';

export interface World {
  readonly name: string;
  readonly adapter: Adapter;
  readonly server: Desk;
  readonly settings: Settings;
  readonly secrets: Secrets;
  /** Ids of all that is to be brought. */
  readonly ids: readonly string[];
  /** One more thing, said at that time. */
  readonly more: (id: string, at: number) => Record<string, unknown>;
  /** Questions before the one for the first page. */
  readonly before: number;
}

const HOUR = 3_600_000;
export const CLOCK = new Date('2026-03-02T09:00:00.000Z');
export const FROM = new Date(CLOCK.getTime() - 6 * 24 * HOUR);
/** Spread over four days, in no order of theirs. */
export const momentOf = (i: number): number => CLOCK.getTime() - 2 * HOUR - ((i * 37) % 97) * HOUR;

export async function openWorlds(): Promise<World[]> {
  return [await ofZendesk(), await ofFreshdesk(), await ofIntercom(), await ofAppStore(), await ofGooglePlay()];
}

async function ofZendesk(): Promise<World> {
  const server = await zendeskDesk(CLOCK);
  const more = (id: string, at: number) => zendeskTicket(Number(id), at);
  for (let i = 1; i <= 23; i++) server.things.push(more(String(i), momentOf(i)));
  server.things.push(zendeskTicket(90, momentOf(5), { status: 'deleted' }));
  const { email, token } = ZENDESK_LOGIN;
  const settings = { address: server.address, email };
  return { name: 'Zendesk', adapter: zendesk, server, settings, secrets: { token }, ids: idsTo(23), more, before: 0 };
}

async function ofFreshdesk(): Promise<World> {
  const server = await freshdeskDesk(CLOCK);
  const more = (id: string, at: number) => freshdeskTicket(Number(id), at);
  // 250 of one second, as after a bulk change: more than two pages of one time.
  for (let i = 1; i <= 420; i++) server.things.push(more(String(i), i <= 250 ? momentOf(3) : momentOf(i)));
  server.things.push(freshdeskTicket(900, momentOf(5), { spam: true }));
  const secrets = { token: FRESHDESK_TOKEN };
  return {
    name: 'Freshdesk',
    adapter: freshdesk,
    server,
    settings: { address: server.address },
    secrets,
    ids: idsTo(420),
    more,
    before: 0,
  };
}

async function ofIntercom(): Promise<World> {
  const server = await intercomDesk(CLOCK);
  const more = (id: string, at: number) => intercomConversation(id, at);
  for (let i = 1; i <= 23; i++) server.things.push(more(String(i), i <= 9 ? momentOf(3) : momentOf(i)));
  const own = { ...(more('x', 0).source as object), author: { type: 'admin', id: '1' } };
  server.things.push(
    intercomConversation('90', momentOf(5), { source: own, statistics: { first_contact_reply_at: null } }),
  );
  const secrets = { token: INTERCOM_TOKEN };
  return {
    name: 'Intercom',
    adapter: intercom,
    server,
    settings: { address: server.address },
    secrets,
    ids: idsTo(23),
    more,
    before: 0,
  };
}

async function ofAppStore(): Promise<World> {
  const server = await appStoreServer(CLOCK);
  const more = (id: string, at: number) => appleReview(id, at);
  // Apple tells times with the offset of California.
  for (let i = 1; i <= 23; i++) server.things.push(more(String(i), momentOf(i) - 8 * HOUR));
  const settings = { address: server.address, app: '1234567890', issuer: 'issuer-1', keyId: 'KEYID12345' };
  const secrets = { privateKey: server.key };
  return { name: 'App Store', adapter: appStore, server, settings, secrets, ids: idsTo(23), more, before: 0 };
}

async function ofGooglePlay(): Promise<World> {
  const server = await googlePlayServer(CLOCK);
  const more = (id: string, at: number) => playReview(id, at);
  for (let i = 1; i <= 23; i++) server.things.push(more(String(i), momentOf(i)));
  const settings = { address: server.address, package: 'com.acme.app' };
  const secrets = { serviceAccount: server.account() };
  return { name: 'Google Play', adapter: googlePlay, server, settings, secrets, ids: idsTo(23), more, before: 1 };
}

const idsTo = (last: number): string[] => Array.from({ length: last }, (_, i) => String(i + 1));
