/** Zendesk Support: tickets by the incremental export with a cursor. */
import { type Adapter, type Ask, type Page, Problem } from '../adapter.ts';
import { askJson } from '../ask-json.ts';
import { readAll } from './heard.ts';
import { answeredAt, fieldsOf, wordOf } from './loose-json.ts';
import { readTicket } from './zendesk-ticket.ts';

/** At most 1,000. A description has up to 64 kB, so that this many fit into the bytes below at the worst. */
const PER_PAGE = 500;
const PAGE_BYTES_MAX = 48 * 1024 * 1024;
/** Zendesk keeps the last minute back and refuses to start in it; clocks may differ by some more. */
const LAST_MINUTE_MS = 60_000;
const START_BEFORE_MS = 5 * LAST_MINUTE_MS;

/** The export may be asked ten times a minute by all who ask for an account: two are left to others. */
export const zendesk: Adapter = { kind: 'zendesk', pagesPerMinute: 8, poll };

async function poll({ settings, secrets, net, now, cursor, from }: Ask): Promise<Page> {
  const place = placeOf(cursor, from, now);
  const url = new URL('/api/v2/incremental/tickets/cursor.json', String(settings.address));
  if ('after' in place) url.searchParams.set('cursor', place.after);
  else url.searchParams.set('start_time', String(place.since));
  url.searchParams.set('per_page', String(PER_PAGE));

  const { body, headers } = await askJson(net, {
    who: 'Zendesk',
    url: url.href,
    headers: { authorization: `Basic ${base64(`${settings.email}/token:${secrets.token}`)}` },
    now,
    newCredentials:
      'Check the e-mail address and the API token in the Admin Center under Apps and integrations; the person must be an admin.',
    checkAddress: 'The address is that of your Zendesk, such as https://acme.zendesk.com.',
    maxBytes: PAGE_BYTES_MAX,
  });
  const answer = fieldsOf(body);
  if (!Array.isArray(answer.tickets)) {
    throw new Problem('Zendesk answered without a list of tickets. Nothing was lost; it is asked again by itself.');
  }
  const after = wordOf(answer.after_cursor);
  const ended = answer.end_of_stream === true;
  if (!ended && after === '') {
    throw new Problem('Zendesk said that there is more and not where. Nothing was lost; it is asked again by itself.');
  }
  const repeats = 'after' in place && place.after === after;
  return {
    ...readAll(answer.tickets, readTicket),
    cursor: after === '' ? place : { after },
    more: !ended && !repeats,
    reached: ended ? beforeLastMinute(headers) : newestOf(answer.tickets),
  };
}

type Place = { readonly after: string } | { readonly since: number };

function placeOf(cursor: unknown, from: Date, now: Date): Place {
  const { after, since } = fieldsOf(cursor);
  if (typeof after === 'string' && after !== '') return { after };
  if (typeof since === 'number') return { since };
  return { since: Math.floor(Math.min(from.getTime(), now.getTime() - START_BEFORE_MS) / 1000) };
}

/** The end of the stream is a minute ago, by the clock of who told. */
function beforeLastMinute(headers: Readonly<Record<string, string>>): Date | null {
  const at = answeredAt(headers);
  return at && new Date(at.getTime() - LAST_MINUTE_MS);
}

/** The export is in the order of `generated_timestamp`, in seconds. */
function newestOf(tickets: readonly unknown[]): Date | null {
  const last = fieldsOf(tickets.at(-1)).generated_timestamp;
  return typeof last === 'number' ? new Date(last * 1000) : null;
}

const base64 = (text: string): string => Buffer.from(text, 'utf8').toString('base64');
