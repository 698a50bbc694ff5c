/** Conversations and tickets of Intercom as signals. Pure. */
import { fieldDimensions, heard, joined, type Read, type Said, tagDimensions } from './heard.ts';
import { htmlText } from './html-text.ts';
import { type Fields, fieldsOf, listOf, secondsOf, wordOf } from './loose-json.ts';

/** Who is not of the team: everybody else writes in its name. */
const OUTSIDE = new Set(['user', 'lead', 'contact']);
const isOutside = (author: unknown): boolean => OUTSIDE.has(wordOf(fieldsOf(author).type));

/**
 * Whether a conversation was begun by the team or a bot and answered by a person: their first words are then in its parts,
 * which a list of conversations leaves out.
 */
export function wordsAreInParts(said: unknown): boolean {
  const conversation = fieldsOf(said);
  const isAnswered = secondsOf(fieldsOf(conversation.statistics).first_contact_reply_at) !== null;
  return !isOutside(fieldsOf(conversation.source).author) && isAnswered;
}

/** The words with which a person began; what the team and its bots wrote is nobody's voice. */
export function readConversation(said: unknown): Read {
  const conversation = fieldsOf(said);
  const source = fieldsOf(conversation.source);
  if (isOutside(source.author)) {
    return told(
      conversation,
      { at: conversation.created_at, body: source.body, author: source.author },
      source.subject,
    );
  }
  if (wordOf(fieldsOf(source.author).type) === '') {
    return { refused: { id: wordOf(conversation.id).slice(0, 200) || null, reason: 'It does not say who wrote it.' } };
  }
  const reply = firstReply(conversation);
  return reply ? told(conversation, { at: reply.created_at, body: reply.body, author: reply.author }, '') : null;
}

/** An event brings the newest part alone: it counts only when it is the first that the person said. */
function firstReply(conversation: Fields): Fields | undefined {
  const parts = listOf(fieldsOf(conversation.conversation_parts).conversation_parts).map(fieldsOf);
  const reply = parts.find(({ author, body }) => isOutside(author) && wordOf(body) !== '');
  const first = secondsOf(fieldsOf(conversation.statistics).first_contact_reply_at);
  const isFirst = first === null || (secondsOf(reply?.created_at) ?? 0) <= first;
  return isFirst ? reply : undefined;
}

interface Opening {
  readonly at: unknown;
  readonly body: unknown;
  readonly author: unknown;
}

function told(conversation: Fields, { at, body, author }: Opening, subject: unknown): Read {
  const rating = fieldsOf(conversation.conversation_rating);
  return heard({
    id: wordOf(conversation.id),
    at,
    updatedAt: conversation.updated_at,
    text: [htmlText(wordOf(body)), wordOf(rating.remark)].filter(Boolean).join('\n\n'),
    title: htmlText(wordOf(subject)),
    author: wordOf(fieldsOf(author).id),
    rating: rating.rating,
    dimensions: [...conversationDimensions(conversation), ...fieldDimensions(conversation.custom_attributes)],
  });
}

function conversationDimensions(conversation: Fields): Said[] {
  const source = fieldsOf(conversation.source);
  const named = (list: unknown) => listOf(list).map((one) => wordOf(fieldsOf(one).name));
  return [
    ['state', conversation.state],
    ['priority', conversation.priority],
    ['source_type', source.type],
    ['delivered_as', source.delivered_as],
    ['team_assignee_id', conversation.team_assignee_id],
    ['topics', joined(named(fieldsOf(conversation.topics).topics).filter(Boolean).sort())],
    ...tagDimensions(named(fieldsOf(conversation.tags).tags)),
  ];
}

/** Title and description of a ticket are attributes with names of Intercom's own; all others are the team's. */
export function readIntercomTicket(said: unknown): Read {
  const ticket = fieldsOf(said);
  const { _default_title_: title, _default_description_: description, ...own } = fieldsOf(ticket.ticket_attributes);
  const [contact] = listOf(fieldsOf(ticket.contacts).contacts);
  return heard({
    id: wordOf(ticket.id),
    at: ticket.created_at,
    updatedAt: ticket.updated_at,
    text: htmlText(wordOf(description)),
    title: htmlText(wordOf(title)),
    author: wordOf(fieldsOf(contact).id),
    dimensions: [
      ['category', ticket.category],
      ['type', fieldsOf(ticket.ticket_type).name],
      ['state', fieldsOf(ticket.ticket_state).category ?? ticket.ticket_state],
      ['team_assignee_id', ticket.team_assignee_id],
      ...fieldDimensions(own),
    ],
  });
}
