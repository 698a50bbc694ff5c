/** A mail as a signal. */
import { createHash } from 'node:crypto';
import { type AddressObject, type HeaderValue, type ParsedMail, simpleParser } from 'mailparser';
import { heard, joined, type Read } from './heard.ts';
import { htmlText } from './html-text.ts';
import { ownWords } from './mail-words.ts';

export interface Mail {
  readonly source: Buffer;
  /** When the mailbox got it, by the server's clock. */
  readonly receivedAt: Date | null;
  /** Only the beginning was fetched: what comes after it is not known. */
  readonly cut: boolean;
}

/** Mail is delayed for hours at times; beyond a day it is the sender's clock that is wrong. */
const CLOCK_OFF_MAX_MS = 24 * 3_600_000;
const ID_MAX = 200;

export async function readMail({ source, receivedAt, cut }: Mail): Promise<Read> {
  const mail = await simpleParser(source, { skipHtmlToText: true, skipTextToHtml: true, skipImageLinks: true });
  const text = ownWords(mail.text?.trim() || htmlText(mail.html || ''));
  const id = idOf(mail, source);
  if (cut && text === '') {
    return { refused: { id, reason: 'The mail is too large, and its beginning has no text.' } };
  }
  return heard({
    id,
    at: saidAt(mail.date, receivedAt)?.toISOString(),
    text,
    title: mail.subject ?? '',
    author: mail.from?.value[0]?.address?.toLowerCase() ?? '',
    language: languageOf(mail.headers.get('content-language')),
    dimensions: [
      ['automatic', automaticOf(mail)],
      ['attachments', mail.attachments.length || ''],
      ['to', joined(recipients(mail.to))],
    ],
  });
}

/** What the sender said, unless the mailbox knows better. */
export function saidAt(date: Date | undefined, receivedAt: Date | null): Date | null {
  const said = date && !Number.isNaN(date.getTime()) ? date : null;
  if (!said || !receivedAt) return said ?? receivedAt;
  return Math.abs(said.getTime() - receivedAt.getTime()) > CLOCK_OFF_MAX_MS ? receivedAt : said;
}

/** The sender's own id; without one, what it is made of: the same mail in two folders is one. */
function idOf(mail: ParsedMail, source: Buffer): string {
  const said = mail.messageId?.replace(/^<|>$/g, '').trim() ?? '';
  if (said !== '' && said.length <= ID_MAX && !/\p{Cc}/u.test(said)) return said;
  const whole = said || source;
  return `mail-${createHash('sha256').update(whole).digest('hex').slice(0, 40)}`;
}

/** To which of its addresses a mailbox was written: `feedback+ios@` is a channel. Five say all there is to know. */
const recipients = (to: AddressObject | AddressObject[] | undefined): string[] =>
  [to ?? []]
    .flat()
    .flatMap(({ value }) => value.map(({ address }) => address?.toLowerCase() ?? ''))
    .filter(Boolean)
    .slice(0, 5)
    .sort();

const languageOf = (header: HeaderValue | undefined): string =>
  typeof header === 'string' && /^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i.test(header.trim()) ? header.trim() : '';

/** Words of a machine stay in, and are marked: whether they count is decided by who looks (RFC 3834). */
function automaticOf(mail: ParsedMail): string {
  const said = (name: string) => String(mail.headers.get(name) ?? '').toLowerCase();
  const from = mail.from?.value[0]?.address?.toLowerCase() ?? '';
  const type = mail.headers.get('content-type');
  const isReport = typeof type === 'object' && 'value' in type && type.value === 'multipart/report';
  if (isReport || /^(mailer-daemon|postmaster)@/.test(from)) return 'bounce';
  const submitted = said('auto-submitted');
  if (submitted.startsWith('auto-replied') || mail.headers.has('x-autoreply') || mail.headers.has('x-autorespond')) {
    return 'reply';
  }
  if (submitted !== '' && submitted !== 'no') return 'generated';
  const precedence = said('precedence');
  if (precedence === 'auto_reply') return 'reply';
  return ['bulk', 'list', 'junk'].includes(precedence) || mail.headers.has('list') ? 'list' : '';
}
