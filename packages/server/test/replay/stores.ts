/** App Store Connect and Google Play as their documentation and public records show them to answer. */
import { generateKeyPairSync, type KeyObject, verify } from 'node:crypto';
import type { Desk } from './helpdesks.ts';
import { replay, type Told } from './http-replay.ts';

const pem = { type: 'pkcs8', format: 'pem' } as const;

export interface Store extends Desk {
  readonly key: string;
}

export function appleReview(id: string, at: number, over: object = {}): Record<string, unknown> {
  return {
    type: 'customerReviews',
    id,
    attributes: {
      rating: 2,
      title: 'Crashes',
      body: `Since the update it crashes when I open a chat (${id}) 😡`,
      reviewerNickname: `nick ${id}`,
      createdDate: new Date(at).toISOString().replace('.000Z', '-08:00'),
      territory: 'BRA',
      ...over,
    },
    relationships: {
      response: { links: { related: `https://api.appstoreconnect.apple.com/v1/customerReviews/${id}/response` } },
    },
    links: { self: `https://api.appstoreconnect.apple.com/v1/customerReviews/${id}` },
  };
}

/** Sorted by the time when they were written, the newest first; the next page is named as a whole address. */
export async function appStoreServer(clock: Date, perPage = 6): Promise<Store> {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const things: Record<string, unknown>[] = [];
  const at = (one: Record<string, unknown>) => Date.parse((one.attributes as { createdDate: string }).createdDate);
  const server = await replay(clock, ({ path, query, headers }, now): Told => {
    if (!isAppleToken(headers.authorization, publicKey, now))
      return { status: 401, json: { errors: [{ code: 'NOT_AUTHORIZED' }] } };
    if (path !== '/v1/apps/1234567890/customerReviews')
      return { status: 404, json: { errors: [{ code: 'NOT_FOUND' }] } };
    const from = query.get('cursor') === null ? 0 : Number(atob(query.get('cursor')!));
    const all = [...things].sort((a, b) => at(b) - at(a));
    const page = all.slice(from, from + Math.min(perPage, Number(query.get('limit'))));
    const self = `https://api.appstoreconnect.apple.com${path}?sort=-createdDate&limit=200`;
    const next = from + page.length < all.length ? `${self}&cursor=${btoa(String(from + page.length))}` : undefined;
    return { json: { data: page, links: { self, next }, meta: { paging: { total: all.length, limit: 200 } } } };
  });
  return Object.assign(server, { things, key: privateKey.export(pem).toString() });
}

/** As Apple and Google judge a signed token: by its signature, its time and what it says of itself. */
function claimsOf(token: string, key: KeyObject, alg: string, now: Date): Record<string, unknown> | null {
  const [head = '', body = '', signature = ''] = token.split('.');
  const signed = Buffer.from(signature, 'base64url');
  const data = Buffer.from(`${head}.${body}`);
  if (!verify('sha256', data, { key, dsaEncoding: 'ieee-p1363' }, signed)) return null;
  const read = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString());
  const claims = { ...read(head), ...read(body) };
  const seconds = now.getTime() / 1000;
  return claims.alg === alg && claims.iat <= seconds && claims.exp > seconds ? claims : null;
}

function isAppleToken(said: unknown, key: KeyObject, now: Date): boolean {
  const claims = claimsOf(String(said).replace('Bearer ', ''), key, 'ES256', now);
  const lives = Number(claims?.exp) - Number(claims?.iat);
  return (
    claims?.kid === 'KEYID12345' && claims.iss === 'issuer-1' && claims.aud === 'appstoreconnect-v1' && lives <= 20 * 60
  );
}

export function playReview(id: string, at: number, over: object = {}): Record<string, unknown> {
  return {
    reviewId: id,
    authorName: `Ana ${id}`,
    comments: [
      {
        userComment: {
          text: `Bad\tThe app drains my battery (${id})`,
          lastModified: { seconds: String(Math.floor(at / 1000)), nanos: 916_000_000 },
          starRating: 1,
          reviewerLanguage: 'pt_BR',
          device: 'beyond1',
          androidOsVersion: 34,
          appVersionCode: 70_300,
          appVersionName: '7.3.0',
          thumbsUpCount: 4,
          thumbsDownCount: 0,
          deviceMetadata: { productName: 'beyond1 (Galaxy S10)', manufacturer: 'Samsung', ramMb: 7_562 },
          ...over,
        },
      },
      { developerComment: { text: 'Thank you for telling us', lastModified: { seconds: '1772400000', nanos: 0 } } },
    ],
  };
}

/** Tells the reviews of the last week, the last changed first; gives a token for an assertion of the account. */
export async function googlePlayServer(clock: Date, perPage = 6): Promise<Store & { account: () => string }> {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const key = privateKey.export(pem).toString();
  const things: Record<string, unknown>[] = [];
  const at = (one: Record<string, unknown>) =>
    Number(
      (one.comments as { userComment: { lastModified: { seconds: string } } }[])[0]!.userComment.lastModified.seconds,
    );
  const server = await replay(clock, ({ path, query, headers, body }, now): Told => {
    if (path === '/token') return tokenFor(new URLSearchParams(body), publicKey, now);
    if (headers.authorization !== 'Bearer ya29.play')
      return { status: 401, json: { error: { status: 'UNAUTHENTICATED' } } };
    if (path !== '/androidpublisher/v3/applications/com.acme.app/reviews') {
      return { status: 404, json: { error: { status: 'NOT_FOUND' } } };
    }
    const week = now.getTime() / 1000 - 7 * 86_400;
    const all = things.filter((one) => at(one) >= week).sort((a, b) => at(b) - at(a));
    const from = Number(query.get('token') ?? 0);
    const page = all.slice(from, from + Math.min(perPage, Number(query.get('maxResults'))));
    const next = from + page.length < all.length ? { nextPageToken: String(from + page.length) } : undefined;
    // What is empty is left out.
    return { json: { ...(page.length > 0 && { reviews: page }), ...(next && { tokenPagination: next }) } };
  });
  const account = () =>
    JSON.stringify({
      type: 'service_account',
      private_key_id: 'key-1',
      private_key: key,
      client_email: 'bot@acme.iam.gserviceaccount.com',
      token_uri: `${server.address}/token`,
    });
  return Object.assign(server, { things, key, account });
}

function tokenFor(form: URLSearchParams, key: KeyObject, now: Date): Told {
  const claims = claimsOf(form.get('assertion') ?? '', key, 'RS256', now);
  const isAsked = form.get('grant_type') === 'urn:ietf:params:oauth:grant-type:jwt-bearer';
  const isOurs =
    claims?.iss === 'bot@acme.iam.gserviceaccount.com' && String(claims.scope).endsWith('/androidpublisher');
  if (!isAsked || !isOurs || !String(claims.aud).endsWith('/token')) {
    return { status: 400, json: { error: 'invalid_grant', error_description: 'Invalid JWT' } };
  }
  return { json: { access_token: 'ya29.play', expires_in: 3599, token_type: 'Bearer' } };
}
