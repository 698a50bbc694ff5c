/** A mailbox by IMAP, one folder of it. Only read: the folder is opened so (EXAMINE), and no mail is ever marked as seen. */
import { type FetchMessageObject, ImapFlow } from 'imapflow';
import { z } from 'zod';
import { type Adapter, type Ask, type Page, Problem } from '../adapter.ts';
import { asProblem } from '../ask-json.ts';
import type { Read } from './heard.ts';
import { readMail } from './mail-signal.ts';

const MAILS_PER_PAGE = 25;
const PAGE_BYTES_MAX = 20 * 1024 * 1024;
const MAIL_BYTES_MAX = 10 * 1024 * 1024;
/** Of a larger mail only so much is fetched: what people write stands before what they attach. */
const LARGE_MAIL_BYTES_READ = 1024 * 1024;
const LINE_BYTES_MAX = 16 * 1024 * 1024;
const CONNECT_MS = 20_000;
const SILENCE_MS = 30_000;
/** Until the whole page is there: a server that sends a byte now and then keeps nobody for ever. */
const PAGE_MS = 120_000;
const DAY_MS = 24 * 3_600_000;
const STARTTLS_PORT = 143;

export const mailbox: Adapter = { kind: 'mailbox', pagesPerMinute: 12, poll };

/** Numbers of mails count only as long as the folder keeps its UIDVALIDITY; then all is asked for again, by date. */
const Place = z.object({
  validity: z.string(),
  uid: z.int().min(0),
  /** Until the first walk is done, mails of an earlier day are not asked for. */
  since: z.iso.datetime().nullable(),
  reached: z.iso.datetime().nullable(),
});
type Place = z.infer<typeof Place>;

async function poll(ask: Ask): Promise<Page> {
  const client = await clientFor(ask);
  const late = setTimeout(() => client.close(), PAGE_MS);
  try {
    await client.connect().catch((error: unknown) => {
      throw asMailProblem(error);
    });
    return await readFolder(client, ask);
  } finally {
    clearTimeout(late);
    client.close(); // nothing is left to be said to the server: it was only read
  }
}

async function clientFor({ settings, secrets, net }: Ask): Promise<ImapFlow> {
  const port = Number(settings.port);
  const { address, name, tls } = await net.addressOf(String(settings.host), port).catch((error: unknown) => {
    throw asProblem(error);
  });
  const upgrades = port === STARTTLS_PORT;
  const client = new ImapFlow({
    host: address, // looked up once: a second look-up could be answered otherwise
    port,
    servername: name,
    secure: tls && !upgrades,
    doSTARTTLS: tls && upgrades,
    auth: { user: String(settings.user), pass: secrets.password ?? '' },
    logger: false,
    disableAutoIdle: true,
    disableCompression: true,
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    socketTimeout: SILENCE_MS,
    maxLineLength: LINE_BYTES_MAX,
    maxLiteralSize: MAIL_BYTES_MAX + 1024,
    maxResponseSize: MAIL_BYTES_MAX + LINE_BYTES_MAX,
  });
  client.on('error', () => {}); // the command under way fails with the same
  return client;
}

async function readFolder(client: ImapFlow, { settings, cursor, from, now }: Ask): Promise<Page> {
  const folder = await client.mailboxOpen(String(settings.folder), { readOnly: true }).catch((error: unknown) => {
    const isRefused = error instanceof Error && 'serverResponseCode' in error;
    const isNo = isRefused || (error instanceof Error && 'responseStatus' in error && error.responseStatus === 'NO');
    throw isNo ? noFolder() : asMailProblem(error);
  });
  const place = placeOf(cursor, String(folder.uidValidity), from);
  try {
    return await readFrom(client, place, now);
  } catch (error) {
    throw asMailProblem(error);
  }
}

const noFolder = (): Problem =>
  new Problem('The mail server has no such folder for this person. Check the folder in the settings.', {
    lasting: true,
  });

function placeOf(cursor: unknown, validity: string, from: Date): Place {
  const kept = Place.safeParse(cursor);
  if (kept.success && kept.data.validity === validity) return kept.data;
  const reached = kept.success && kept.data.reached !== null ? Date.parse(kept.data.reached) - DAY_MS : null;
  const since = new Date(Math.min(from.getTime(), reached ?? from.getTime())).toISOString();
  return { validity, uid: 0, since, reached: kept.success ? kept.data.reached : null };
}

async function readFrom(client: ImapFlow, place: Place, now: Date): Promise<Page> {
  const uids = await newUids(client, place);
  const reads: Read[] = [];
  let { uid, reached } = place;
  let bytes = 0;
  let taken = 0;
  for (const next of uids.slice(0, MAILS_PER_PAGE)) {
    const head = await client.fetchOne(String(next), { uid: true, size: true, internalDate: true }, { uid: true });
    const size = head ? (head.size ?? 0) : 0;
    if (taken > 0 && bytes + Math.min(size, MAIL_BYTES_MAX) > PAGE_BYTES_MAX) break;
    taken++;
    uid = next;
    if (!head) continue; // gone since the search
    const at = momentOf(head);
    reads.push(...(await readOne(client, head, size, at)));
    bytes += Math.min(size, MAIL_BYTES_MAX);
    if (at && (reached === null || at.toISOString() > reached)) reached = at.toISOString();
  }
  const more = taken < uids.length;
  return {
    rows: reads.flatMap((one) => (one && 'row' in one ? one.row : [])),
    refused: reads.flatMap((one) => (one && 'refused' in one ? one.refused : [])),
    cursor: { validity: place.validity, uid, since: more ? place.since : null, reached },
    more,
    reached: more ? reachedAt(reached) : now, // a mailbox tells no time of its own
  };
}

const reachedAt = (reached: string | null): Date | null => (reached === null ? null : new Date(reached));

/** `n:*` names the last mail even when its number is smaller. */
async function newUids(client: ImapFlow, { uid, since }: Place): Promise<number[]> {
  const range = { uid: `${uid + 1}:*`, ...(since !== null && { since: new Date(Date.parse(since) - DAY_MS) }) };
  const found = await client.search(range, { uid: true });
  if (!found)
    throw new Problem('The mail server did not search the folder. Nothing was lost; it is asked again by itself.');
  return found.filter((one) => one > uid).sort((a, b) => a - b);
}

async function readOne(client: ImapFlow, head: FetchMessageObject, size: number, at: Date | null): Promise<Read[]> {
  const cut = size > MAIL_BYTES_MAX;
  const source = { start: 0, maxLength: cut ? LARGE_MAIL_BYTES_READ : MAIL_BYTES_MAX };
  const mail = await client.fetchOne(String(head.uid), { uid: true, source }, { uid: true });
  const body = mail ? mail.source : undefined;
  if (!body) return [];
  try {
    return [await readMail({ source: body, receivedAt: at, cut })];
  } catch {
    return [{ refused: { id: null, reason: 'The mail cannot be read: its parts do not hold together.' } }];
  }
}

function momentOf({ internalDate }: FetchMessageObject): Date | null {
  const at = internalDate === undefined ? null : new Date(internalDate);
  return at === null || Number.isNaN(at.getTime()) ? null : at;
}

function asMailProblem(error: unknown): unknown {
  if (error instanceof Problem) return error;
  if (error instanceof Error && 'authenticationFailed' in error) {
    return new Problem(
      'The mail server refused the user name or the password. Many mail services want a password made for this use (an app password).',
      { lasting: true },
    );
  }
  if (!(error instanceof Error)) return error;
  const code =
    'code' in error && typeof error.code === 'string' && /^\w{3,40}$/.test(error.code) ? error.code : 'no code';
  const isCertificate = /CERT|SELF_SIGNED|ALTNAME|SSL|TLS/i.test(code);
  if (isCertificate) {
    return new Problem(`The mail server cannot prove that it is who it says (${code}). Check host and port.`, {
      lasting: true,
    });
  }
  return new Problem(
    `The mail server broke off or did not answer as IMAP does (${code}). Nothing was lost; it is asked again by itself. Check host and port if it stays so.`,
  );
}
