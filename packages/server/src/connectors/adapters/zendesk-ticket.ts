/** A Zendesk ticket as a signal, however it came: asked for, or in an event. Pure. */
import { fieldDimension, heard, type Read, type Said, tagDimensions } from './heard.ts';
import { type Fields, fieldsOf, listOf, wordOf } from './loose-json.ts';

/**
 * Names are those of Zendesk's own export, so that a file and the connector of one source say the same: same ids, same
 * dimensions. A deleted ticket says nothing; what was kept of it before stays.
 */
export function readTicket(said: unknown): Read {
  const ticket = fieldsOf(said);
  if (wordOf(ticket.status).toLowerCase() === 'deleted') return null;
  const satisfaction = fieldsOf(ticket.satisfaction_rating);
  const comment = wordOf(satisfaction.comment);
  return heard({
    id: wordOf(ticket.id),
    at: ticket.created_at,
    updatedAt: wholeSecond(ticket.updated_at),
    text: [wordOf(ticket.description), comment].filter(Boolean).join('\n\n'),
    title: wordOf(ticket.subject) || wordOf(ticket.raw_subject),
    author: wordOf(ticket.requester_id),
    dimensions: [...ownDimensions(ticket, satisfaction), ...tagDimensions(ticket.tags), ...customFields(ticket)],
  });
}

/** Events tell fractions of a second and pages do not: the same change must have the same time. */
function wholeSecond(said: unknown): unknown {
  return typeof said === 'string' ? said.replace(/(T\d\d:\d\d:\d\d)\.\d+/, '$1') : said;
}

/** Events write in capitals what pages write in small letters. */
const choice = (value: unknown): string => wordOf(value).toLowerCase();

const ownDimensions = (ticket: Fields, satisfaction: Fields): Said[] => [
  ['type', choice(ticket.type)],
  ['priority', choice(ticket.priority)],
  ['status', choice(ticket.status)],
  ['via_channel', choice(fieldsOf(ticket.via).channel)],
  ['brand_id', ticket.brand_id],
  ['group_id', ticket.group_id],
  ['ticket_form_id', ticket.ticket_form_id ?? ticket.form_id],
  ['satisfaction', satisfactionOf(satisfaction.score)],
];

/** That somebody was asked, or not yet, says nothing about what they think. */
function satisfactionOf(score: unknown): string {
  const said = choice(score);
  return said === 'offered' || said === 'unoffered' ? '' : said;
}

const customFields = (ticket: Fields): Said[] =>
  listOf(ticket.custom_fields)
    .map(fieldsOf)
    .flatMap(({ id, value }) =>
      wordOf(id) === '' || value === false ? [] : fieldDimension(`field_${wordOf(id)}`, value),
    );
