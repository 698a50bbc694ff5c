/** Freshdesk: tickets by the time of their last change. */
import { z } from 'zod';
import { type Adapter, type Ask, type Page, Problem } from '../adapter.ts';
import { askJson } from '../ask-json.ts';
import { readFreshdeskTicket } from './freshdesk-ticket.ts';
import { readAll } from './heard.ts';
import { answeredAt, fieldsOf, wordOf } from './loose-json.ts';

/** The most that Freshdesk gives. */
const PER_PAGE = 100;
const PAGE_MAX = 300;
const PAGE_BYTES_MAX = 32 * 1024 * 1024;
/** At the end so much is read again: what Freshdesk itself shows late is not missed, and intake knows the rest. */
const READ_TWICE_MS = 60_000;

/** The smallest plan lets tickets be listed 20 times a minute, by everybody together. */
export const freshdesk: Adapter = { kind: 'freshdesk', pagesPerMinute: 15, poll };

/**
 * Pages are counted, and a ticket that is changed meanwhile moves to the end and draws all others forward: a count would
 * jump over one. So every page begins anew at the time where the last one ended. Only where a whole page has one and the
 * same time is there no other way than to count.
 */
const Place = z.object({ since: z.iso.datetime(), page: z.int().min(1).max(PAGE_MAX) });
type Place = z.infer<typeof Place>;

async function poll({ settings, secrets, net, now, cursor, from }: Ask): Promise<Page> {
  const kept = Place.safeParse(cursor);
  const place = kept.success ? kept.data : { since: secondOf(from.getTime()), page: 1 };
  const url = new URL('/api/v2/tickets', String(settings.address));
  url.search = new URLSearchParams({
    updated_since: place.since,
    order_by: 'updated_at',
    order_type: 'asc',
    include: 'description',
    per_page: String(PER_PAGE),
    page: String(place.page),
  }).toString();

  const { body, headers } = await askJson(net, {
    who: 'Freshdesk',
    url: url.href,
    headers: { authorization: `Basic ${Buffer.from(`${secrets.token}:X`, 'utf8').toString('base64')}` },
    now,
    newCredentials: 'Check the API key: it stands in the profile settings of an agent who may see all tickets.',
    checkAddress: 'The address is that of your Freshdesk, such as https://acme.freshdesk.com.',
    maxBytes: PAGE_BYTES_MAX,
  });
  if (!Array.isArray(body)) {
    throw new Problem('Freshdesk answered without a list of tickets. Nothing was lost; it is asked again by itself.');
  }
  const last = body.reduce<number | null>((most, ticket) => later(most, fieldsOf(ticket).updated_at), null);
  const next = following(place, body.length, last);
  const reached = next.more ? last && new Date(last) : answeredAt(headers);
  return { ...readAll(body, readFreshdeskTicket), ...next, reached: reached || null };
}

function later(most: number | null, said: unknown): number | null {
  const at = Date.parse(wordOf(said));
  return Number.isNaN(at) || (most !== null && most >= at) ? most : at;
}

export function following(place: Place, rows: number, last: number | null): Pick<Page, 'cursor' | 'more'> {
  const since = Date.parse(place.since);
  const begin = (at: number): Place => ({ since: secondOf(Math.max(at, since)), page: 1 });
  if (rows < PER_PAGE) return { cursor: begin((last ?? since) - READ_TWICE_MS), more: false };
  // One second earlier: whether "since" counts the second itself is not promised.
  if (last !== null && last - 1000 > since) return { cursor: begin(last - 1000), more: true };
  if (place.page < PAGE_MAX) return { cursor: { ...place, page: place.page + 1 }, more: true };
  return { cursor: begin(since + 1000), more: true }; // 30,000 in one second: no more of it can be had
}

const secondOf = (at: number): string => `${new Date(at).toISOString().slice(0, 19)}Z`;
