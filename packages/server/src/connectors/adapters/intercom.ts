/** Intercom: conversations, the last changed first. */
import { type Adapter, type Ask, type Page, Problem } from '../adapter.ts';
import { askJson, type JsonAnswer } from '../ask-json.ts';
import { readAll } from './heard.ts';
import { readConversation, wordsAreInParts } from './intercom-conversation.ts';
import { answeredAt, fieldsOf, secondsOf, wordOf } from './loose-json.ts';
import { type Place, placeOf, step } from './newest-first.ts';

/** Its shapes are those that the readers here were written for; later ones are asked for when they were looked at. */
const VERSION = '2.14';
/** Up to 150 could be had; each may need a question of its own. */
const PER_PAGE = 50;
const PAGE_BYTES_MAX = 32 * 1024 * 1024;
/** The search lags behind what was written. */
const READ_TWICE_MS = 2 * 60_000;
/**
 * Some of Intercom's searches cut a time down to its day. A day more is asked for, and since the newest come first, nothing
 * of it is read that is not wanted.
 */
const DAY_S = 86_400;

/** 10,000 questions a minute for an app, in windows of ten seconds: a page asks 51 at the most. */
export const intercom: Adapter = { kind: 'intercom', pagesPerMinute: 30, poll };

async function poll(ask: Ask): Promise<Page> {
  const { cursor, from, now } = ask;
  const place = placeOf(cursor, from, now);
  const { body, headers } = await question(ask, '/conversations/search', JSON.stringify(searchFor(place)));
  const answer = fieldsOf(body);
  if (!Array.isArray(answer.conversations)) {
    throw new Problem(
      'Intercom answered without a list of conversations. Nothing was lost; it is asked again by itself.',
    );
  }
  const isWanted = (one: unknown) => (changedAt(one) ?? Number.POSITIVE_INFINITY) >= place.since;
  const whole: unknown[] = [];
  for (const one of answer.conversations.filter(isWanted)) {
    whole.push(wordsAreInParts(one) ? await withParts(ask, one) : one);
  }
  const seen = {
    times: answer.conversations.flatMap((one) => changedAt(one) ?? []),
    next: nextOf(answer.pages),
  };
  const next = step(place, seen, now, READ_TWICE_MS);
  return { ...readAll(whole, readConversation), ...next, reached: next.more ? null : answeredAt(headers) };
}

const changedAt = (one: unknown): number | null => {
  const seconds = secondsOf(fieldsOf(one).updated_at);
  return seconds === null ? null : seconds * 1000;
};

const nextOf = (pages: unknown): string | null => wordOf(fieldsOf(fieldsOf(pages).next).starting_after) || null;

const searchFor = ({ since, walk }: Place) => ({
  query: { field: 'updated_at', operator: '>', value: Math.floor(since / 1000) - DAY_S },
  sort: { field: 'updated_at', order: 'descending' },
  pagination: { per_page: PER_PAGE, ...(walk && { starting_after: walk.next }) },
});

/** A conversation that is gone between two questions stays as the list told it. */
async function withParts(ask: Ask, one: unknown): Promise<unknown> {
  const id = wordOf(fieldsOf(one).id);
  if (id === '') return one;
  try {
    return (await question(ask, `/conversations/${encodeURIComponent(id)}`)).body;
  } catch (error) {
    if (error instanceof Problem && error.status === 404) return one;
    throw error;
  }
}

const question = ({ settings, secrets, net, now }: Ask, path: string, body?: string): Promise<JsonAnswer> =>
  askJson(net, {
    who: 'Intercom',
    url: new URL(path, String(settings.address)).href,
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      authorization: `Bearer ${secrets.token}`,
      'intercom-version': VERSION,
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body }),
    now,
    newCredentials: 'Check the access token in the Developer Hub; it must be allowed to read conversations.',
    checkAddress: 'Workspaces in Europe and Australia have https://api.eu.intercom.io and https://api.au.intercom.io.',
    maxBytes: PAGE_BYTES_MAX,
  });
