/** Google Play: the reviews of one app. Google tells those of the last week and no others: back-fill by its CSV files. */
import { importPKCS8, SignJWT } from 'jose';
import { type Adapter, type Ask, type Page, Problem, type Secrets, type Settings } from '../adapter.ts';
import { askJson } from '../ask-json.ts';
import { heard, type Read, readAll } from './heard.ts';
import { answeredAt, type Fields, fieldsOf, listOf, secondsOf, wordOf } from './loose-json.ts';
import { placeOf, step } from './newest-first.ts';

/** The most that Google gives. */
const PER_PAGE = 100;
const PAGE_BYTES_MAX = 16 * 1024 * 1024;
/** Reviews are shown when Google has looked at them, with the time when they were written. */
const READ_TWICE_MS = 24 * 3_600_000;
const SCOPE = 'https://www.googleapis.com/auth/androidpublisher';
const GRANT = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
const TOKEN_HOST = 'oauth2.googleapis.com';
const TOKEN_ADDRESS = `https://${TOKEN_HOST}/token`;
const ASSERTION_LIVES_S = 10 * 60;
const ASSERTION_BACKDATED_S = 60;

const NEW_KEY = 'Make a new key for the service account in the Google Cloud console and paste its whole JSON file.';

/** 200 questions an hour for an app. */
export const googlePlay: Adapter = { kind: 'google_play', pagesPerMinute: 3, hosts: () => [TOKEN_HOST], poll };

async function poll(ask: Ask): Promise<Page> {
  const { settings, net, now, cursor, from } = ask;
  const place = placeOf(cursor, from, now);
  const path = `/androidpublisher/v3/applications/${encodeURIComponent(String(settings.package))}/reviews`;
  const url = new URL(path, String(settings.address));
  url.searchParams.set('maxResults', String(PER_PAGE));
  if (place.walk) url.searchParams.set('token', place.walk.next);

  const { body, headers } = await askJson(net, {
    who: 'Google Play',
    url: url.href,
    headers: { authorization: `Bearer ${await accessToken(ask)}` },
    now,
    newCredentials:
      'Invite the service account in the Play Console under Users and permissions, with the right to reply to reviews. It can take a day until that counts.',
    checkAddress: 'Check the package name, such as com.acme.app.',
    maxBytes: PAGE_BYTES_MAX,
  });
  const answer = fieldsOf(body);
  if (answer.reviews !== undefined && !Array.isArray(answer.reviews)) {
    throw new Problem('Google Play answered without a list of reviews. Nothing was lost; it is asked again by itself.');
  }
  const reviews = listOf(answer.reviews); // left out where there are none
  const mark = wordOf(fieldsOf(answer.tokenPagination).nextPageToken) || null;
  const times = reviews.map((one) => writtenAt(commentOf(one)));
  const seen = { times: times.flatMap((at) => at ?? []), next: mark };
  const next = step(place, seen, now, READ_TWICE_MS);
  const wanted = reviews.filter((_, i) => (times[i] ?? place.since) >= place.since);
  return { ...readAll(wanted, readPlayReview), ...next, reached: next.more ? null : answeredAt(headers) };
}

async function accessToken(ask: Ask): Promise<string> {
  const account = accountOf(ask);
  const { body } = await askJson(ask.net, {
    who: 'Google',
    method: 'POST',
    url: account.tokenAddress,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ grant_type: GRANT, assertion: await assertionOf(account, ask.now) }).toString(),
    now: ask.now,
    newCredentials: NEW_KEY,
    maxBytes: 64 * 1024,
  }).catch((error: unknown) => {
    // Google says "400" of a key that was deleted, an account that is gone, and a clock that is wrong.
    const isRefused = error instanceof Problem && error.status === 400;
    throw isRefused ? new Problem(`Google refused the service account (400). ${NEW_KEY}`, { lasting: true }) : error;
  });
  const token = wordOf(fieldsOf(body).access_token);
  if (token === '') throw new Problem('Google answered without an access token. It is asked again by itself.');
  return token;
}

interface Account {
  readonly email: string;
  readonly key: string;
  readonly keyId: string;
  readonly tokenAddress: string;
}

function accountOf({ settings, secrets }: Pick<Ask, 'settings' | 'secrets'>): Account {
  const file = fileOf(secrets);
  const [email, key] = [wordOf(file.client_email), wordOf(file.private_key)];
  if (email === '' || key === '') {
    throw new Problem(`What is set as service account is not its JSON file. ${NEW_KEY}`, { lasting: true });
  }
  return { email, key, keyId: wordOf(file.private_key_id), tokenAddress: tokenAddressOf(file, settings) };
}

function fileOf(secrets: Secrets): Fields {
  try {
    return fieldsOf(JSON.parse(secrets.serviceAccount ?? ''));
  } catch {
    return {};
  }
}

/** A pasted file cannot send what is signed with its key anywhere else: Google, or the host that is asked for reviews. */
function tokenAddressOf(file: Fields, settings: Settings): string {
  const said = URL.parse(wordOf(file.token_uri));
  const isOwnHost = said !== null && said.origin === new URL(String(settings.address)).origin;
  return isOwnHost ? said.href : TOKEN_ADDRESS;
}

async function assertionOf({ email, key, keyId, tokenAddress }: Account, now: Date): Promise<string> {
  const at = Math.floor(now.getTime() / 1000) - ASSERTION_BACKDATED_S;
  const signing = await importPKCS8(key, 'RS256').catch(() => {
    throw new Problem(`The private key in the service account's file cannot be read. ${NEW_KEY}`, { lasting: true });
  });
  return new SignJWT({ scope: SCOPE })
    .setProtectedHeader({ alg: 'RS256', typ: 'JWT', ...(keyId && { kid: keyId }) })
    .setIssuer(email)
    .setAudience(tokenAddress)
    .setIssuedAt(at)
    .setExpirationTime(at + ASSERTION_BACKDATED_S + ASSERTION_LIVES_S)
    .sign(signing);
}

/** What the reviewer wrote last; the other kind of comment is the developer's. */
const commentOf = (review: unknown): Fields => {
  const comments = listOf(fieldsOf(review).comments).map((one) => fieldsOf(fieldsOf(one).userComment));
  return comments.find(({ lastModified }) => lastModified !== undefined) ?? {};
};

/** Seconds since 1970 and parts of one. */
function writtenAt({ lastModified }: Fields): number | null {
  const { seconds, nanos } = fieldsOf(lastModified);
  const whole = secondsOf(seconds);
  const part = typeof nanos === 'number' && nanos >= 0 && nanos < 1e9 ? Math.floor(nanos / 1e6) : 0;
  return whole === null ? null : whole * 1000 + part;
}

/**
 * Google tells when a review was changed and not when it was first written: the one is taken for both. Title and text come
 * as one, with a tab between them. How many found a review helpful goes up and down and is no dimension.
 */
export function readPlayReview(said: unknown): Read {
  const review = fieldsOf(said);
  const comment = commentOf(review);
  const at = writtenAt(comment);
  const [title, ...rest] = typeof comment.text === 'string' ? comment.text.split('\t') : [''];
  const text = rest.join(' ').trim();
  return heard({
    id: wordOf(review.reviewId),
    at,
    updatedAt: at,
    text: text || (title ?? ''),
    title: text && title ? title : '',
    author: wordOf(review.authorName),
    rating: comment.starRating,
    language: wordOf(comment.reviewerLanguage),
    dimensions: [
      ['app_version_name', comment.appVersionName],
      ['app_version_code', comment.appVersionCode],
      ['device', comment.device],
      ['device_name', fieldsOf(comment.deviceMetadata).productName],
      ['manufacturer', fieldsOf(comment.deviceMetadata).manufacturer],
      ['android_os_version', comment.androidOsVersion],
    ],
  });
}
