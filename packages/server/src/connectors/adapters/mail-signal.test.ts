import type { NewSignal } from '@groundswell/contract';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Read } from './heard.ts';
import { readMail, saidAt } from './mail-signal.ts';

const RECEIVED = new Date('2026-03-01T10:05:00Z');

function read(source: string | Buffer, cut = false): Promise<Read> {
  const bytes = typeof source === 'string' ? Buffer.from(source.replace(/\r?\n/g, '\r\n'), 'latin1') : source;
  return readMail({ source: bytes, receivedAt: RECEIVED, cut });
}

const rowOf = (one: Read): NewSignal => {
  if (one && 'row' in one) return one.row;
  return expect.unreachable(`no row: ${JSON.stringify(one)}`);
};

const HEAD = `From: "Ana" <Ana@Example.com>
To: feedback+ios@acme.com, Bo <bo@acme.com>
Date: Sun, 01 Mar 2026 11:00:00 +0100
Message-ID: <abc.1@mail.example.com>
`;

test('a plain mail', async () => {
  const mail = await read(`${HEAD}Subject: =?UTF-8?B?UGF5b3V0IGlzdCB6dSBzcMOkdA==?=
Content-Language: de
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: quoted-printable

Die Auszahlung vom M=C3=A4rz fehlt.
`);
  expect(rowOf(mail)).toEqual({
    id: 'abc.1@mail.example.com',
    ts: '2026-03-01T10:00:00.000Z',
    text: 'Die Auszahlung vom März fehlt.',
    title: 'Payout ist zu spät',
    author: 'ana@example.com',
    language: 'de',
    dimensions: { to: 'bo@acme.com, feedback+ios@acme.com' },
  });
});

test.each([
  ['iso-2022-jp', Buffer.from('1b2442467c4b5c386c1b2842', 'hex')],
  ['windows-1256', Buffer.from('e3d1cdc8c7', 'hex')],
  ['windows-1251', Buffer.from('cff0e8e2e5f2', 'hex')],
  ['iso-8859-1', Buffer.from('436166e9', 'hex')],
  ['utf-16le', Buffer.from('Hallo', 'utf16le')],
])('words in %s', async (charset, bytes) => {
  const want: Record<string, RegExp> = {
    'iso-2022-jp': /^日本語$/,
    'windows-1256': /^مرحبا$/,
    'windows-1251': /^Привет$/,
    'iso-8859-1': /^Café$/,
    'utf-16le': /^Hallo$/,
  };
  const head = `${HEAD}Subject: x\nContent-Type: text/plain; charset=${charset}\nContent-Transfer-Encoding: base64\n\n`;
  const mail = await read(`${head}${bytes.toString('base64')}\n`);
  expect(rowOf(mail).text).toMatch(want[charset]!);
});

test('a mail in HTML, with what it answers and an attachment, which is counted and not kept', async () => {
  const mail = await read(`${HEAD}Subject: Re: your ticket
Content-Type: multipart/mixed; boundary=b

--b
Content-Type: text/html; charset=utf-8

<html><head><style>p{}</style></head><body><p>It still fails.</p>
<div>On Sat, Feb 28, 2026 Support wrote:</div><blockquote>Did you try again?</blockquote></body></html>
--b
Content-Type: application/pdf; name=a.pdf
Content-Disposition: attachment; filename=a.pdf
Content-Transfer-Encoding: base64

JVBERi0xLjQK
--b--
`);
  expect(rowOf(mail)).toMatchObject({ text: 'It still fails.', dimensions: { attachments: '1' } });
  expect(JSON.stringify(mail)).not.toContain('JVBER');
});

test.each([
  ['Auto-Submitted: auto-replied', 'reply'],
  ['X-Autoreply: yes', 'reply'],
  ['Auto-Submitted: auto-generated', 'generated'],
  ['Auto-Submitted: no', undefined],
  ['Precedence: bulk', 'list'],
  ['Precedence: auto_reply', 'reply'],
  ['List-Id: <news.example.com>', 'list'],
  ['X-Nothing: yes', undefined],
])('%s is marked as %s', async (header, automatic) => {
  const mail = await read(`${HEAD}${header}\nSubject: Out of office\nContent-Type: text/plain\n\nI am away.\n`);
  expect(rowOf(mail).dimensions?.automatic).toBe(automatic);
});

test('a bounce is one, by its sender or by its kind', async () => {
  const daemon = HEAD.replace('"Ana" <Ana@Example.com>', 'MAILER-DAEMON@mx.example.com');
  const report =
    'Content-Type: multipart/report; report-type=delivery-status; boundary=r\n\n--r\n\nUndelivered\n--r--\n';
  expect(rowOf(await read(`${daemon}Subject: Undelivered\n\nUser unknown\n`)).dimensions?.automatic).toBe('bounce');
  expect(rowOf(await read(`${HEAD}Subject: Undelivered\n${report}`)).dimensions?.automatic).toBe('bounce');
});

test('a mail without an id has one made of it: the same again is the same', async () => {
  const source = `From: ana@example.com\nDate: Sun, 01 Mar 2026 11:00:00 +0100\nSubject: x\n\nhello\n`;
  const [one, again, other] = [await read(source), await read(source), await read(`${source}!`)];
  expect(rowOf(one).id).toMatch(/^mail-[0-9a-f]{40}$/);
  expect(rowOf(again).id).toBe(rowOf(one).id);
  expect(rowOf(other).id).not.toBe(rowOf(one).id);
  const long = HEAD.replace('abc.1', 'x'.repeat(400));
  expect(rowOf(await read(`${long}Subject: x\n\nhello\n`)).id).toMatch(/^mail-[0-9a-f]{40}$/);
});

test('the sender says when, unless the mailbox knows that the clock is wrong', () => {
  const at = (iso: string) => new Date(iso);
  expect(saidAt(at('2026-03-01T02:00:00Z'), RECEIVED)).toEqual(at('2026-03-01T02:00:00Z'));
  expect(saidAt(at('1970-01-01T00:00:00Z'), RECEIVED)).toEqual(RECEIVED);
  expect(saidAt(at('2031-01-01T00:00:00Z'), RECEIVED)).toEqual(RECEIVED);
  expect(saidAt(new Date(Number.NaN), RECEIVED)).toEqual(RECEIVED);
  expect(saidAt(undefined, null)).toBeNull();
});

test('a mail that is empty, or whose beginning has no words, is refused with its id', async () => {
  expect(await read(`${HEAD}\n`)).toEqual({ refused: { id: 'abc.1@mail.example.com', reason: 'It has no text.' } });
  const cut = await read(
    `${HEAD}Subject: big\nContent-Type: image/png\nContent-Transfer-Encoding: base64\n\niVBOR`,
    true,
  );
  expect(cut).toMatchObject({ refused: { id: 'abc.1@mail.example.com' } });
});

test('parts within parts within parts take no more than their bytes', async () => {
  let head = HEAD;
  for (let i = 0; i < 2_000; i++) head += `Content-Type: multipart/mixed; boundary=b${i}\n\n--b${i}\n`;
  const started = performance.now();
  await read(`${head}Content-Type: text/plain\n\nat the bottom\n`).catch(() => null);
  expect(performance.now() - started).toBeLessThan(5_000);
});

test('bytes of any kind give a row, a refusal or an error that is caught, and never stop the reader', async () => {
  const line = fc.oneof(
    fc.constantFrom(
      '--b',
      '--b--',
      'Content-Type: multipart/mixed; boundary=b',
      'Content-Type: text/html; charset=x-none',
      '',
    ),
    fc.string({ maxLength: 80, unit: 'binary' }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(line, { maxLength: 30 }), async (lines) => {
      await read(Buffer.from(`From: a@b.c\r\n${lines.join('\r\n')}`)).catch((error) =>
        expect(error).toBeInstanceOf(Error),
      );
    }),
    { numRuns: 100 },
  );
});
