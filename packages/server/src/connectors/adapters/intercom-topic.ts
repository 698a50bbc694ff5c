/** What Intercom's webhooks bring, by their topic. Pure. */
import type { WebhookReader } from '../adapter.ts';
import { type Read, readAll } from './heard.ts';
import { readConversation, readIntercomTicket } from './intercom-conversation.ts';
import { fieldsOf, wordOf } from './loose-json.ts';

/**
 * Every topic about a conversation or a ticket carries it as it now is. Other topics (a ping, a new contact) bring no
 * signal. A deleted conversation keeps what was said.
 */
export const intercomTopics: WebhookReader = {
  kind: 'intercom_webhook',
  read: (body) => readAll([body], readTopic),
};

function readTopic(said: unknown): Read {
  const { topic, data } = fieldsOf(said);
  const [about, ...what] = wordOf(topic).split('.');
  if (what.length === 0 || what.at(-1) === 'deleted') return null;
  const { item } = fieldsOf(data);
  if (about === 'conversation') return readConversation(item);
  return about === 'ticket' ? readIntercomTicket(fieldsOf(item).ticket ?? item) : null;
}
