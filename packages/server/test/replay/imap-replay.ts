/** A mail server on this machine: as much of IMAP4rev1 (RFC 3501) as a client needs that only reads one folder. */
import { type AddressInfo, createServer, type Socket } from 'node:net';

export interface KeptMail {
  readonly uid: number;
  readonly at: Date;
  readonly source: Buffer;
}

/** What goes wrong when a command comes: a refusal, a line that is no IMAP, or a dead line after so many bytes. */
export type Fault = 'NO' | 'BAD' | 'nonsense' | { cutAfter: number };

export interface ImapReplay {
  readonly host: string;
  readonly port: number;
  readonly mails: KeptMail[];
  /** Found by a search, and gone when they are asked for. */
  readonly gone: Set<number>;
  /** Every command that came, without its tag, without the password. */
  readonly asked: string[];
  validity: number;
  user: string;
  password: string;
  folder: string;
  /** By the first word of a command, `UID FETCH` and `UID SEARCH` with both of theirs; each counts once. */
  readonly faults: Map<string, Fault>;
  readonly open: Set<Socket>;
  close(): Promise<void>;
}

const CAPABILITY = 'CAPABILITY IMAP4rev1 UIDPLUS AUTH=PLAIN';

export async function imapReplay(): Promise<ImapReplay> {
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    socket.on('error', () => {}).on('close', () => open.delete(socket));
    serve(socket, state);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const state: ImapReplay = {
    host: '127.0.0.1',
    port: (server.address() as AddressInfo).port,
    mails: [],
    gone: new Set(),
    asked: [],
    validity: 1_700_000_001,
    user: 'feedback@acme.com',
    password: 'mail "secret" \\ päss',
    folder: 'INBOX',
    faults: new Map(),
    open,
    close: () =>
      new Promise((closed) => {
        for (const socket of open) socket.destroy();
        server.close(() => closed());
      }),
  };
  return state;
}

function serve(socket: Socket, state: ImapReplay): void {
  let waiting = Buffer.alloc(0);
  let command = '';
  socket.write(`* OK [${CAPABILITY}] ready\r\n`);
  socket.on('data', (chunk) => {
    waiting = Buffer.concat([waiting, chunk]);
    for (let end = waiting.indexOf('\r\n'); end >= 0; end = waiting.indexOf('\r\n')) {
      const line = waiting.subarray(0, end).toString('utf8');
      const literal = /\{(\d+)\}$/.exec(line);
      if (!literal) {
        waiting = waiting.subarray(end + 2);
        command += line;
        if (/^\S+ AUTHENTICATE PLAIN$/i.test(command)) {
          command += ' ';
          socket.write('+ \r\n');
          continue;
        }
        answer(socket, state, command);
        command = '';
        continue;
      }
      const length = Number(literal[1]);
      if (waiting.length < end + 2 + length) {
        if (waiting.length === end + 2) socket.write('+ go on\r\n');
        return;
      }
      const said = waiting.subarray(end + 2, end + 2 + length).toString('utf8');
      command += `${line.slice(0, literal.index)}"${said.replace(/["\\]/g, '\\$&')}"`;
      waiting = waiting.subarray(end + 2 + length);
    }
  });
}

function answer(socket: Socket, state: ImapReplay, line: string): void {
  const [, tag = '*', rest = ''] = /^(\S+) (.*)$/s.exec(line) ?? [];
  const name = /^(UID \w+|\w+)/i.exec(rest)?.[0].toUpperCase() ?? '';
  state.asked.push(name === 'LOGIN' || name === 'AUTHENTICATE' ? name : rest);
  const fault = state.faults.get(name);
  state.faults.delete(name);
  const lines = answerTo(name, rest, state);
  const whole = Buffer.concat(lines.map((one) => (typeof one === 'string' ? Buffer.from(`${one}\r\n`) : one)));
  if (fault === undefined) {
    const done = /^(?:NO|BAD) /.test(String(lines.at(-1))) ? lines.pop() : `OK ${name} done`;
    const before = Buffer.concat(lines.map((one) => (typeof one === 'string' ? Buffer.from(`${one}\r\n`) : one)));
    socket.write(Buffer.concat([before, Buffer.from(`${tag} ${done}\r\n`)]));
    if (name === 'LOGOUT') socket.end();
  } else if (fault === 'nonsense') socket.end('HTTP/1.1 400 Bad Request\r\n\r\n(((\r\n');
  else if (typeof fault === 'string') socket.write(`${tag} ${fault} not now\r\n`);
  else socket.write(whole.subarray(0, fault.cutAfter), () => socket.destroy());
}

type Line = string | Buffer;

function answerTo(name: string, rest: string, state: ImapReplay): Line[] {
  switch (name) {
    case 'CAPABILITY':
      return [`* ${CAPABILITY}`];
    case 'LOGIN':
      return logIn(rest.slice(6), state);
    case 'AUTHENTICATE': {
      const [, user, password] = Buffer.from(rest.split(' ')[2] ?? '', 'base64')
        .toString()
        .split('\0');
      return user === state.user && password === state.password ? [] : [WRONG];
    }
    case 'LIST':
    case 'LSUB':
      // An empty name asks for what stands between names.
      return rest.endsWith('"" ""') ? [`* ${name} (\\Noselect) "/" ""`] : [`* ${name} (\\HasNoChildren) "/" "INBOX"`];
    case 'NAMESPACE':
      return ['* NAMESPACE (("" "/")) NIL NIL'];
    case 'EXAMINE':
    case 'SELECT':
      return openFolder(name, rest, state);
    case 'UID SEARCH':
      return [search(rest, state)];
    case 'UID FETCH':
      return fetched(rest, state);
    case 'LOGOUT':
      return ['* BYE see you'];
    case 'NOOP':
    case 'ID':
      return [];
    default:
      return ['BAD what is that'];
  }
}

const WRONG = 'NO [AUTHENTICATIONFAILED] Invalid credentials (Failure)';

function logIn(said: string, { user, password }: ImapReplay): Line[] {
  const words = [...said.matchAll(/"((?:\\.|[^"\\])*)"|(\S+)/g)].map(([, quoted, bare]) =>
    quoted === undefined ? bare : quoted.replace(/\\(.)/g, '$1'),
  );
  return words[0] === user && words[1] === password ? [] : [WRONG];
}

function openFolder(name: string, rest: string, { folder, mails, validity }: ImapReplay): Line[] {
  if (rest.slice(name.length + 1).replaceAll('"', '') !== folder) return ['NO [NONEXISTENT] Unknown Mailbox'];
  const next = Math.max(0, ...mails.map(({ uid }) => uid)) + 1;
  return [
    '* FLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft)',
    `* ${mails.length} EXISTS`,
    '* 0 RECENT',
    `* OK [UIDVALIDITY ${validity}] valid`,
    `* OK [UIDNEXT ${next}] next`,
    `* OK [PERMANENTFLAGS ()] ${name === 'EXAMINE' ? 'read only' : 'all'}`,
  ];
}

/** `UID n:*` and `SINCE day`; a range whose end is `*` always holds the last mail. */
function search(rest: string, { mails }: ImapReplay): string {
  const from = Number(/UID (\d+):\*/i.exec(rest.slice(10))?.[1] ?? 1);
  const since = /SINCE "?(\d{1,2}-\w{3}-\d{4})/i.exec(rest)?.[1];
  const last = Math.max(0, ...mails.map(({ uid }) => uid));
  const found = mails
    .filter(({ uid }) => uid >= from || uid === last)
    .filter(({ at }) => since === undefined || at.getTime() >= Date.parse(`${since} UTC`));
  return `* SEARCH${found.map(({ uid }) => ` ${uid}`).join('')}`;
}

function fetched(rest: string, { mails, gone }: ImapReplay): Line[] {
  const [, wanted = '', items = ''] = /^UID FETCH (\S+) (.*)$/i.exec(rest) ?? [];
  const uids = new Set(wanted.split(',').map(Number));
  return mails.flatMap(({ uid, at, source }, i): Line[] => {
    if (!uids.has(uid) || gone.has(uid)) return [];
    const head = [`UID ${uid}`];
    if (items.includes('RFC822.SIZE')) head.push(`RFC822.SIZE ${source.length}`);
    if (items.includes('INTERNALDATE')) head.push(`INTERNALDATE "${internalDate(at)}"`);
    const partial = /BODY\.PEEK\[\]<(\d+)\.(\d+)>/i.exec(items);
    if (!partial) return [`* ${i + 1} FETCH (${head.join(' ')})`];
    const [from, length] = [Number(partial[1]), Number(partial[2])];
    const body = source.subarray(from, from + length);
    const start = `* ${i + 1} FETCH (${head.join(' ')} BODY[]<${from}> {${body.length}}\r\n`;
    return [Buffer.concat([Buffer.from(start), body, Buffer.from(')\r\n')])];
  });
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
function internalDate(at: Date): string {
  const two = (n: number) => String(n).padStart(2, '0');
  const day = `${two(at.getUTCDate())}-${MONTHS[at.getUTCMonth()]}-${at.getUTCFullYear()}`;
  return `${day} ${two(at.getUTCHours())}:${two(at.getUTCMinutes())}:${two(at.getUTCSeconds())} +0000`;
}
