/** What Zendesk's event webhooks bring (`zen:event-type:ticket.…`). Pure. */
import type { WebhookReader } from '../adapter.ts';
import { readAll } from './heard.ts';
import { fieldsOf, listOf, wordOf } from './loose-json.ts';
import { readTicket } from './zendesk-ticket.ts';

const OF_TICKETS = /^zen:event-type:(?:messaging_)?ticket\./;
const GONE = /\.(?:soft_deleted|permanently_deleted|marked_as_spam|merged)$/;
const SAID_BY_AN_EVENT = 'The event names no ticket.';

/**
 * Every event about a ticket carries the whole ticket as it now is, so each gives one revision of it, as a page would.
 * What agents and customers add in comments is part of the same ticket and is not told as a signal of its own.
 */
export const zendeskEvents: WebhookReader = {
  kind: 'zendesk_webhook',
  read: (body) => readAll(Array.isArray(body) ? listOf(body) : [body], readEvent),
};

function readEvent(said: unknown) {
  const { type, detail } = fieldsOf(said);
  const name = wordOf(type);
  if (!OF_TICKETS.test(name) || GONE.test(name)) return null;
  if (wordOf(fieldsOf(detail).id) === '') return { refused: { id: null, reason: SAID_BY_AN_EVENT } };
  return readTicket(detail);
}
