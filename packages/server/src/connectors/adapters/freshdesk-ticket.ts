/** A Freshdesk ticket as a signal. Pure. */
import { fieldDimensions, heard, type Read, tagDimensions } from './heard.ts';
import { htmlText } from './html-text.ts';
import { fieldsOf, wordOf } from './loose-json.ts';

const OUTBOUND = 'outbound email';
const STATUS: Words = { 2: 'open', 3: 'pending', 4: 'resolved', 5: 'closed' };
const PRIORITY: Words = { 1: 'low', 2: 'medium', 3: 'high', 4: 'urgent' };
const SOURCE: Words = {
  1: 'email',
  2: 'portal',
  3: 'phone',
  5: 'twitter',
  6: 'facebook',
  7: 'chat',
  8: 'mobihelp',
  9: 'widget',
  10: OUTBOUND,
  11: 'ecommerce',
  13: 'whatsapp',
};
type Words = Readonly<Record<string, string>>;

/** A team's own states have numbers of their own: those stay numbers. */
const named = (words: Words, code: unknown): string => words[wordOf(code)] ?? wordOf(code);

/** Spam and deleted tickets say nothing, and neither does a mail that an agent sent out. */
export function readFreshdeskTicket(said: unknown): Read {
  const ticket = fieldsOf(said);
  const source = named(SOURCE, ticket.source);
  if (ticket.spam === true || ticket.deleted === true || source === OUTBOUND) return null;
  return heard({
    id: wordOf(ticket.id),
    at: ticket.created_at,
    updatedAt: ticket.updated_at,
    text: wordOf(ticket.description_text) || htmlText(wordOf(ticket.description)),
    title: wordOf(ticket.subject),
    author: wordOf(ticket.requester_id),
    dimensions: [
      ['type', ticket.type],
      ['priority', named(PRIORITY, ticket.priority)],
      ['status', named(STATUS, ticket.status)],
      ['source', source],
      ['group_id', ticket.group_id],
      ['product_id', ticket.product_id],
      ...tagDimensions(ticket.tags),
      ...fieldDimensions(ticket.custom_fields),
    ],
  });
}
