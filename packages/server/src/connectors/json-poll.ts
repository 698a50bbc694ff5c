/** Any endpoint that answers with a list in JSON: where the rows are, and how it goes on, is said in the settings. */
import type { Mapping } from '@groundswell/contract';
import { z } from 'zod';
import { type Adapter, type Ask, type Page, Problem } from './adapter.ts';
import { askJson } from './ask-json.ts';
import { readRows, rowsAt, valueAt } from './json-rows.ts';

export const jsonPoll: Adapter = { kind: 'json_poll', pagesPerMinute: 60, poll };

/** `next` goes on where the answer said. `since` is the newest moment told so far, for an endpoint that takes one. */
const Cursor = z.object({
  next: z.string().nullable(),
  since: z.iso.datetime().nullable(),
  seen: z.iso.datetime().nullable(),
});
type Cursor = z.infer<typeof Cursor>;
const FIRST: Cursor = { next: null, since: null, seen: null };

/** Twenty megabytes can name ten million rows, which take a hundred times the memory once each has been read. */
const ROWS_MAX = 100_000;
const TOO_MANY = `The endpoint answered with more than ${ROWS_MAX} rows at once. None of them was taken. Let it answer in pages, and say in the settings how the next one is asked for.`;

/** Asked for again each time: what was said at the same moment, or reached the other side late, is not missed. */
const OVERLAP_MS = 10 * 60_000;

async function poll(ask: Ask): Promise<Page> {
  const { settings, secrets, net, now } = ask;
  const cursor = ask.cursor === null ? FIRST : Cursor.parse(ask.cursor);
  const { body } = await askJson(net, {
    who: 'The endpoint',
    url: addressFor(ask, cursor),
    headers: secrets.token ? { authorization: `Bearer ${secrets.token}` } : {},
    now,
    newCredentials: 'Enter a token that is valid there.',
  });
  const path = String(settings.rows ?? '');
  const listed = rowsAt(body, path);
  if (!listed) throw new Problem(noRows(path, body), { lasting: true });
  if (listed.length > ROWS_MAX) throw new Problem(TOO_MANY, { lasting: true });
  const { rows, refused, fields, newest } = readRows(listed, settings.mapping as Mapping);
  const next = settings.nextCursor ? nextOf(valueAt(body, String(settings.nextCursor))) : null;
  const more = Boolean(settings.cursorParameter) && next !== null && next !== cursor.next && listed.length > 0;
  const seen = latest(cursor.seen, newest, now);
  const place = more ? { ...cursor, next, seen } : atTheEnd(cursor, next, seen, Boolean(settings.sinceParameter));
  return { rows, refused, fields, more, reached: seen === null ? null : new Date(seen), cursor: place };
}

/**
 * The walk is over. An endpoint that takes a time is asked from the newest moment on; one that gives a cursor at its end
 * goes on there; one that gives none is walked from its beginning again, since its newest rows may stand first.
 */
function atTheEnd({ since }: Cursor, next: string | null, seen: string | null, takesTime: boolean): Cursor {
  return takesTime ? { next: null, since: seen ?? since, seen } : { next, since: null, seen };
}

function addressFor({ settings, from }: Ask, { next, since }: Cursor): string {
  const url = new URL(String(settings.address));
  const { cursorParameter, sinceParameter } = settings;
  if (sinceParameter) {
    const start = since === null ? from : new Date(new Date(since).getTime() - OVERLAP_MS);
    url.searchParams.set(String(sinceParameter), start.toISOString());
  }
  if (cursorParameter && next !== null) url.searchParams.set(String(cursorParameter), next);
  return url.href;
}

function nextOf(said: unknown): string | null {
  if (typeof said === 'number' && Number.isFinite(said)) return String(said);
  return typeof said === 'string' && said !== '' && said.length <= 2_000 ? said : null;
}

/** Where their clock is ahead, ours counts: else what they will say within the difference would be skipped. */
function latest(seen: string | null, newest: Date | null, now: Date): string | null {
  if (!newest) return seen;
  const said = (newest < now ? newest : now).toISOString();
  return seen !== null && seen > said ? seen : said;
}

/** Names of what is there instead: names of fields are the other side's own, and no words of users. */
function noRows(path: string, body: unknown): string {
  const where = path === '' ? 'The answer is no list' : `There is no list at "${path}" in the answer`;
  const isObject = typeof body === 'object' && body !== null && !Array.isArray(body);
  const names = isObject ? Object.keys(body).slice(0, 10) : [];
  const there = names.length > 0 ? ` It has: ${names.map((name) => name.slice(0, 40)).join(', ')}.` : '';
  return `${where}.${there} Say in the settings where the rows are.`;
}
