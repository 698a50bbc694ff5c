import type { NewSignal } from '@groundswell/contract';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Fault, type ImapReplay, imapReplay } from '../../../test/replay/imap-replay.ts';
import { openNet } from '../../platform/net.ts';
import { type Page, Problem } from '../adapter.ts';
import { mailbox } from './mailbox.ts';

const NOW = new Date('2026-03-02T09:00:00.000Z');
const FROM = new Date('2026-02-20T00:00:00.000Z');
const HOUR = 3_600_000;

let server: ImapReplay;
beforeEach(async () => {
  server = await imapReplay();
});
afterEach(() => server.close());

const mailOf = (n: number, at: Date, body = `The export is broken (${n})`, id = `<mail-${n}@example.com>`) =>
  Buffer.from(
    [
      `From: Ana <Ana${n}@Example.com>`,
      'To: feedback@acme.com',
      `Subject: Export ${n}`,
      `Date: ${at.toUTCString()}`,
      ...(id ? [`Message-ID: ${id}`] : []),
      'Content-Type: text/plain; charset=utf-8',
      '',
      body,
      '',
    ].join('\r\n'),
  );

function receive(from: number, to: number, ageHours = 24): void {
  for (let uid = from; uid <= to; uid++) {
    const at = new Date(NOW.getTime() - ageHours * HOUR + uid * 1000);
    server.mails.push({ uid, at, source: mailOf(uid, at) });
  }
}

function poll(cursor: unknown, over: object = {}): Promise<Page> {
  const { host, port, user, password } = server;
  return mailbox.poll({
    settings: { host, port, user, folder: 'INBOX', ...over },
    secrets: { password },
    net: openNet({ internal: [`${host}:${port}`] }),
    now: NOW,
    cursor: JSON.parse(JSON.stringify(cursor)),
    from: FROM,
  });
}

async function walk(cursor: unknown = null): Promise<Page[]> {
  const pages: Page[] = [];
  for (let at = cursor, more = true; more; ) {
    const page = await poll(at);
    pages.push(page);
    ({ cursor: at, more } = page);
    if (pages.length > 30) throw new Error('It never ends.');
  }
  return pages;
}

const idsOf = (pages: readonly Page[]): string[] =>
  pages.flatMap(({ rows }) => (rows as NewSignal[]).map(({ id }) => id));
const ids = (from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, i) => `mail-${from + i}@example.com`);

const problemOf = (asked: Promise<unknown>): Promise<Problem> =>
  asked.then(
    () => expect.unreachable('it was answered'),
    (error: unknown) => {
      expect(error).toBeInstanceOf(Problem);
      return error as Problem;
    },
  );

test('a walk brings every mail once, a second one nothing, and what comes then is found', async () => {
  receive(1, 60);
  const pages = await walk();
  expect(pages).toHaveLength(3);
  expect(idsOf(pages)).toEqual(ids(1, 60));
  expect((pages[0]!.rows as NewSignal[])[0]).toMatchObject({
    ts: '2026-03-01T09:00:01.000Z',
    title: 'Export 1',
    text: 'The export is broken (1)',
    author: 'ana1@example.com',
    dimensions: { to: 'feedback@acme.com' },
  });

  const again = await walk(pages.at(-1)!.cursor);
  expect(idsOf(again)).toEqual([]);
  receive(61, 62);
  expect(idsOf(await walk(again.at(-1)!.cursor))).toEqual(ids(61, 62));
  expect(idsOf(await walk(pages[0]!.cursor))).toEqual(ids(26, 62));
});

test('it is only read: the folder is opened so, and nothing is marked', async () => {
  receive(1, 3);
  await walk();
  expect(server.asked.some((said) => said.startsWith('EXAMINE'))).toBe(true);
  expect(server.asked.filter((said) => /^(SELECT|UID STORE|STORE|APPEND|EXPUNGE|CLOSE)/i.test(said))).toEqual([]);
  const fetches = server.asked.filter((said) => said.includes('BODY'));
  expect(fetches.length).toBe(3);
  expect(fetches.every((said) => said.includes('BODY.PEEK['))).toBe(true);
});

test('the first walk begins at its day; a mail that is moved in later counts whatever its day', async () => {
  receive(1, 2, 24 * 60);
  receive(3, 4);
  const pages = await walk();
  expect(idsOf(pages)).toEqual(ids(3, 4));
  receive(5, 5, 24 * 60);
  expect(idsOf(await walk(pages.at(-1)!.cursor))).toEqual(ids(5, 5));
});

test('when the folder counts anew, all since the last mail is asked for again and has the same ids', async () => {
  receive(1, 5);
  const before = await walk();
  server.validity += 1;
  server.mails.splice(0);
  for (let n = 1; n <= 7; n++) {
    const at = new Date(NOW.getTime() - 24 * HOUR + n * 1000);
    server.mails.push({ uid: 900 + n, at, source: mailOf(n, at) });
  }
  const after = await walk(before.at(-1)!.cursor);
  expect(idsOf(after)).toEqual(ids(1, 7));
  expect(after.at(-1)!.cursor).toMatchObject({ uid: 907, validity: '1700000002' });
});

test('a mail that is gone between two questions costs no other', async () => {
  receive(1, 4);
  server.gone.add(2).add(4);
  const pages = await walk();
  expect(idsOf(pages)).toEqual(['mail-1@example.com', 'mail-3@example.com']);
  expect(pages.at(-1)!.cursor).toMatchObject({ uid: 4 });
});

test('a wrong password is told as that, at once and without the password', async () => {
  receive(1, 1);
  server.password = 'another';
  const problem = await problemOf(
    mailbox.poll({
      settings: { host: server.host, port: server.port, user: server.user, folder: 'INBOX' },
      secrets: { password: 'hunter2-secret' },
      net: openNet({ internal: [`${server.host}:${server.port}`] }),
      now: NOW,
      cursor: null,
      from: FROM,
    }),
  );
  expect(problem).toMatchObject({ lasting: true });
  expect(problem.words).toContain('refused the user name or the password');
  expect(problem.words).not.toContain('hunter2-secret');
});

test('a folder that is not there is told as that', async () => {
  expect(await problemOf(poll(null, { folder: 'Feedback' }))).toMatchObject({ lasting: true });
  expect((await problemOf(poll(null, { folder: 'Feedback' }))).words).toContain('no such folder');
});

const FAULTS: [string, Fault][] = [
  ['UID SEARCH', 'NO'],
  ['UID SEARCH', 'BAD'],
  ['UID FETCH', 'BAD'],
  ['UID FETCH', { cutAfter: 12 }],
  ['EXAMINE', { cutAfter: 40 }],
  ['EXAMINE', 'nonsense'],
  ['UID FETCH', 'nonsense'],
];
test.each(FAULTS)('%s that fails (%j) is a problem that passes, and nothing is skipped', async (command, fault) => {
  receive(1, 30);
  const first = await poll(null);
  server.faults.set(command, fault);
  const problem = await problemOf(poll(first.cursor));
  expect(problem.lasting).toBe(false);
  expect(idsOf(await walk(first.cursor))).toEqual(ids(26, 30));
});

test('a line that is cut in the middle of a mail brings no half of it', async () => {
  receive(1, 3);
  server.faults.set('UID FETCH', { cutAfter: 20 });
  await problemOf(poll(null));
  expect(idsOf(await walk())).toEqual(ids(1, 3));
  await expect.poll(() => server.open.size).toBe(0);
});

test('a host that may not be called is a lasting problem', async () => {
  const asked = mailbox.poll({
    settings: { host: '127.0.0.1', port: server.port, user: 'x', folder: 'INBOX' },
    secrets: { password: 'x' },
    net: openNet({ internal: [] }),
    now: NOW,
    cursor: null,
    from: FROM,
  });
  expect(await problemOf(asked)).toMatchObject({ lasting: true });
  expect(server.asked).toEqual([]);
});

test('where TLS is due, a server without it hears neither name nor password', async () => {
  const net = openNet({ internal: [`${server.host}:${server.port}`] });
  const withTls = { ...net, addressOf: async () => ({ address: server.host, name: 'imap.acme.com', tls: true }) };
  const asked = mailbox.poll({
    settings: { host: 'imap.acme.com', port: server.port, user: server.user, folder: 'INBOX' },
    secrets: { password: server.password },
    net: withTls,
    now: NOW,
    cursor: null,
    from: FROM,
  });
  expect(await problemOf(asked)).toMatchObject({ lasting: true });
  expect(server.asked.filter((said) => /LOGIN|AUTHENTICATE/.test(said))).toEqual([]);
});

test('a mail of 12 MB is read as far as its words go, and pages stay below their bytes', async () => {
  const at = new Date(NOW.getTime() - HOUR);
  const large = (uid: number, size: number) => {
    const head = [
      'From: ana@example.com',
      `Message-ID: <large-${uid}@example.com>`,
      'Subject: Screenshot',
      'Content-Type: multipart/mixed; boundary="b"',
      '',
      '--b',
      'Content-Type: text/plain; charset=utf-8',
      '',
      'See the picture',
      '--b',
      'Content-Type: image/png; name="a.png"',
      'Content-Transfer-Encoding: base64',
      'Content-Disposition: attachment; filename="a.png"',
      '',
      '',
    ].join('\r\n');
    return {
      uid,
      at,
      source: Buffer.concat([Buffer.from(head), Buffer.alloc(size, 'iVBORw0KGgo\r\n'), Buffer.from('\r\n--b--\r\n')]),
    };
  };
  server.mails.push(large(1, 12_000_000), large(2, 9_000_000), large(3, 9_000_000));
  const pages = await walk();
  expect(pages.length).toBeGreaterThan(1);
  expect(pages.flatMap(({ rows }) => rows)).toMatchObject(
    [1, 2, 3].map((n) => ({ id: `large-${n}@example.com`, text: 'See the picture', dimensions: { attachments: '1' } })),
  );
  expect(server.asked.filter((said) => said.includes('BODY.PEEK'))[0]).toContain('<0.1048576>');
});
