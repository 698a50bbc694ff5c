/** App Store Connect: the reviews of one app, newest first. */
import { importPKCS8, SignJWT } from 'jose';
import { type Adapter, type Ask, type Page, Problem } from '../adapter.ts';
import { askJson } from '../ask-json.ts';
import { heard, type Read, readAll } from './heard.ts';
import { answeredAt, fieldsOf, wordOf } from './loose-json.ts';
import { type Place, placeOf, step } from './newest-first.ts';

/** The most that Apple gives. */
const PER_PAGE = 200;
const PAGE_BYTES_MAX = 16 * 1024 * 1024;
/** Reviews appear when Apple has looked at them, which takes days, with the time when they were written. */
const READ_TWICE_MS = 3 * 24 * 3_600_000;
/** Apple takes 20 minutes at the most; a clock ahead of Apple's would make a token from the future. */
const TOKEN_LIVES_S = 15 * 60;
const TOKEN_BACKDATED_S = 60;

/** 3,600 questions an hour for a key. */
export const appStore: Adapter = { kind: 'app_store', pagesPerMinute: 20, poll };

async function poll(ask: Ask): Promise<Page> {
  const { settings, net, now, cursor, from } = ask;
  const place = placeOf(cursor, from, now);
  const { body, headers } = await askJson(net, {
    who: 'App Store Connect',
    url: addressFor(settings, place).href,
    headers: { authorization: `Bearer ${await tokenFor(ask)}` },
    now,
    newCredentials:
      'Check issuer, key ID and private key in App Store Connect under Users and Access, Integrations; the key needs the role Customer Support.',
    checkAddress: 'Check the Apple ID of the app: it is the number in the address of its page in App Store Connect.',
    maxBytes: PAGE_BYTES_MAX,
  });
  const { data, links } = fieldsOf(body);
  if (!Array.isArray(data)) {
    throw new Problem('App Store Connect answered without a list of reviews. Nothing was lost; it is asked again.');
  }
  const times = data.map((one) => Date.parse(wordOf(fieldsOf(fieldsOf(one).attributes).createdDate)));
  const seen = { times: times.filter((at) => !Number.isNaN(at)), next: markOf(fieldsOf(links).next, settings) };
  const next = step(place, seen, now, READ_TWICE_MS);
  const wanted = data.filter((_, i) => !(times[i]! < place.since));
  return { ...readAll(wanted, readReview), ...next, reached: next.more ? null : answeredAt(headers) };
}

function addressFor(settings: Ask['settings'], { walk }: Place): URL {
  const url = new URL(`/v1/apps/${encodeURIComponent(String(settings.app))}/customerReviews`, String(settings.address));
  url.search = new URLSearchParams({ sort: '-createdDate', limit: String(PER_PAGE) }).toString();
  if (walk) url.searchParams.set('cursor', walk.next);
  return url;
}

/**
 * The next page is told as a whole address. Only its mark is taken, and put to our own address: an answer cannot send the
 * token anywhere else.
 */
function markOf(said: unknown, settings: Ask['settings']): string | null {
  const address = wordOf(said);
  if (address === '') return null;
  const url = URL.parse(address, String(settings.address));
  const mark = url?.searchParams.get('cursor');
  if (!mark) {
    throw new Problem('App Store Connect named a next page that cannot be read. Nothing was lost; it is asked again.');
  }
  return mark;
}

async function tokenFor({ settings, secrets, now }: Ask): Promise<string> {
  const at = Math.floor(now.getTime() / 1000) - TOKEN_BACKDATED_S;
  const key = await importPKCS8(wholeLines(secrets.privateKey ?? ''), 'ES256').catch(() => {
    throw new Problem(
      'The private key cannot be read. Paste the whole .p8 file, with the lines BEGIN PRIVATE KEY and END PRIVATE KEY.',
      { lasting: true },
    );
  });
  return new SignJWT()
    .setProtectedHeader({ alg: 'ES256', kid: String(settings.keyId), typ: 'JWT' })
    .setIssuer(String(settings.issuer))
    .setAudience('appstoreconnect-v1')
    .setIssuedAt(at)
    .setExpirationTime(at + TOKEN_BACKDATED_S + TOKEN_LIVES_S)
    .sign(key);
}

/** Line ends get lost where a key is kept as one line. */
const wholeLines = (key: string): string => key.replaceAll('\\n', '\n').trim();

/**
 * Apple tells no time of a change: an edited review comes with the same id and other words, and intake sees that by the
 * words. The developer's response is nobody's voice.
 */
export function readReview(said: unknown): Read {
  const review = fieldsOf(said);
  const { createdDate, title, body, reviewerNickname, rating, territory } = fieldsOf(review.attributes);
  return heard({
    id: wordOf(review.id),
    at: createdDate,
    text: wordOf(body),
    title: wordOf(title),
    author: wordOf(reviewerNickname),
    rating,
    dimensions: [['territory', territory]],
  });
}
