/** The one way out: whom it calls, whom it refuses, and what it does with answers that want to do harm. */
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTcp } from 'node:net';
import { createGzip, gzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { type NetOptions, openNet } from './net.ts';
import { isPublic, readPlace } from './net-address.ts';

const closers: (() => void)[] = [];
afterAll(() => {
  for (const close of closers) close();
});

async function listening(server: Server | ReturnType<typeof createTcp>): Promise<number> {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  closers.push(() => {
    if ('closeAllConnections' in server) server.closeAllConnections();
    server.close();
  });
  return (server.address() as { port: number }).port;
}
const serving = (answer: RequestListener) => listening(createServer(answer));

const calls: string[] = [];
/** Knows every name, and writes down which it was asked for. */
const resolving =
  (...addresses: string[]): NonNullable<NetOptions['resolve']> =>
  async (name) => {
    calls.push(name);
    return addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
  };
const refused = (code: string, words = '') =>
  expect.objectContaining({ code, message: expect.stringContaining(words) });
const NOT_ALLOWED = refused('net.not_allowed');
const ask = (url: string, more: object = {}) => ({ method: 'GET' as const, url, timeoutMs: 3_000, ...more });

test.each([
  ...['0.0.0.0', '0.1.2.3', '10.0.0.1', '10.255.255.255', '100.64.0.1', '100.127.255.255', '127.0.0.1', '127.8.8.8'],
  ...['169.254.169.254', '172.16.0.1', '172.31.255.255', '192.0.0.8', '192.0.2.1', '192.88.99.1', '192.168.1.1'],
  ...['198.18.0.1', '198.51.100.7', '203.0.113.9', '224.0.0.1', '239.1.1.1', '240.0.0.1', '255.255.255.255'],
  ...[
    '::',
    '::1',
    '::ffff:127.0.0.1',
    '::ffff:8.8.8.8',
    '::ffff:a00:1',
    '::8.8.8.8',
    '64:ff9b::7f00:1',
    '64:ff9b:1::1',
  ],
  ...['fe80::1', 'fe80::1%eth0', 'fc00::1', 'fd00:ec2::254', 'fec0::1', 'ff02::1', '100::1', '2001::1', '2001:db8::1'],
  ...['2002:7f00:1::', '2002:a00:1::1', '3fff::1', '4000::1', '2606:4700::1%lo', 'example.com', ''],
])('%s is not public', (address) => expect(isPublic(address)).toBe(false));

test.each(['8.8.8.8', '100.63.255.255', '100.128.0.1', '172.32.0.1', '192.0.1.1', '223.255.255.255', '2606:4700::1'])(
  '%s is public',
  (address) => expect(isPublic(address)).toBe(true),
);

test.each([
  ...['http://example.com/', 'ftp://example.com/', 'file:///etc/passwd', 'gopher://example.com/', 'example.com', ''],
  ...['https://user@example.com/', 'https://user:word@example.com/', 'https://:word@example.com/'],
  ...[
    'https://localhost/',
    'https://LOCALHOST/',
    'https://a.localhost/',
    'https://localhost./',
    'https://example.com./',
  ],
  ...['https://127.0.0.1/', 'https://127.1/', 'https://2130706433/', 'https://0x7f000001/', 'https://0177.0.0.1/'],
  ...['https://0x7f.1/', 'https://127.0.0.1./', 'https://①②⑦.0.0.1/', 'https://0/', 'https://169.254.169.254/latest/'],
  ...[
    'https://[::1]/',
    'https://[::]/',
    'https://[::ffff:127.0.0.1]/',
    'https://[::ffff:7f00:1]/',
    'https://[fe80::1]/',
  ],
  ...['https://[fd00:ec2::254]/', 'https://[64:ff9b::a9fe:a9fe]/', 'https://[2002:7f00:1::]/', 'https://intranet/'],
  ...[
    'https://example.com:0/',
    'https://example.com:8443/',
    'https://exa mple.com/',
    'https://a..b.com/',
    'https://-/',
  ],
])('%s is refused without a question to anybody', async (url) => {
  calls.length = 0;
  await expect(openNet({ internal: [], resolve: resolving('8.8.8.8') }).request(ask(url))).rejects.toEqual(NOT_ALLOWED);
  expect(calls).toEqual([]);
});

test.each(['127.0.0.1', '10.1.2.3', '169.254.169.254', '::1', '::ffff:10.0.0.1', 'fd00:ec2::254', '64:ff9b::a00:1'])(
  'a name that means %s is refused, also beside a public address',
  async (address) => {
    for (const found of [[address], ['8.8.8.8', address]]) {
      const net = openNet({ internal: [], resolve: resolving(...found) });
      await expect(net.request(ask('https://feed.example.com/'))).rejects.toEqual(NOT_ALLOWED);
      await expect(net.addressOf('feed.example.com', 993)).rejects.toEqual(NOT_ALLOWED);
    }
  },
);

test('a name is looked up once, and the connection goes to what was found then', async () => {
  const port = await serving((_, answer) => void answer.end('inside'));
  let asked = 0;
  const rebinding: NonNullable<NetOptions['resolve']> = async () => [
    { address: asked++ === 0 ? '127.0.0.1' : '127.0.0.9', family: 4 },
  ];
  const net = openNet({ internal: [`rebound.example.com:${port}`], resolve: rebinding });
  const { body } = await net.request(ask(`http://rebound.example.com:${port}/`)); // the system knows no such name
  expect([body.toString(), asked]).toEqual(['inside', 1]);
  asked = 0;
  expect(await net.addressOf('rebound.example.com', port)).toMatchObject({ address: '127.0.0.1', tls: false });
  expect(asked).toBe(1);
});

test('the name goes along, although the connection is made by address', async () => {
  const port = await serving(({ headers }, answer) => void answer.end(headers.host));
  const net = openNet({ internal: [`named.example.com:${port}`], resolve: resolving('127.0.0.1') });
  expect((await net.request(ask(`http://named.example.com:${port}/`))).body.toString()).toBe(
    `named.example.com:${port}`,
  );
});

test('what the operator names is called although it is inside, and its neighbour is not', async () => {
  const port = await serving((_, answer) => void answer.writeHead(201, { 'x-a': ['1', '2'] }).end('in'));
  const net = openNet({ internal: [`127.0.0.1:${port}`] });
  expect(await net.request(ask(`http://127.0.0.1:${port}/`))).toMatchObject({
    status: 201,
    headers: { 'x-a': '1, 2' },
  });
  await expect(net.request(ask(`http://127.0.0.1:${port + 1}/`))).rejects.toEqual(NOT_ALLOWED);
  await expect(net.request(ask(`http://localhost:${port}/`))).rejects.toEqual(NOT_ALLOWED);
});

test('a way out for some hosts is none for others, and cannot be widened again', async () => {
  const port = await serving((_, answer) => void answer.end('in'));
  const here = `127.0.0.1:${port}`;
  const net = openNet({ internal: [here, '127.0.0.1:1'], resolve: resolving('127.0.0.1') });
  const only = net.only([here, 'mail.example.com:993']);
  expect((await only.request(ask(`http://${here}/`))).status).toBe(200);
  await expect(only.request(ask('http://127.0.0.1:1/'))).rejects.toEqual(refused('net.not_allowed', 'set up'));
  await expect(only.request(ask('https://example.com/'))).rejects.toEqual(refused('net.not_allowed', 'set up'));
  await expect(only.addressOf('mail.example.com', 143)).rejects.toEqual(refused('net.not_allowed', 'set up'));
  await expect(only.only(['127.0.0.1:1']).request(ask('http://127.0.0.1:1/'))).rejects.toEqual(NOT_ALLOWED);
  expect(readPlace('Example.COM')).toBe('example.com:443');
  expect(readPlace('user@example.com')).toBeNull();
});

test('a redirect is an answer and is not followed', async () => {
  const to = { location: 'http://169.254.169.254/latest/meta-data/' };
  const port = await serving((_, answer) => void answer.writeHead(302, to).end());
  const reply = await openNet({ internal: [`127.0.0.1:${port}`] }).request(ask(`http://127.0.0.1:${port}/`));
  expect([reply.status, reply.headers.location]).toEqual([302, to.location]);
});

test('the settings of a proxy in the environment are not obeyed', async () => {
  const port = await serving((_, answer) => void answer.end('itself'));
  const proxy = await serving((_, answer) => void answer.end('proxy'));
  process.env.http_proxy = process.env.HTTP_PROXY = `http://127.0.0.1:${proxy}`;
  process.env.NODE_USE_ENV_PROXY = '1';
  const { body } = await openNet({ internal: [`127.0.0.1:${port}`] }).request(ask(`http://127.0.0.1:${port}/`));
  for (const name of ['http_proxy', 'HTTP_PROXY', 'NODE_USE_ENV_PROXY']) delete process.env[name];
  expect(body.toString()).toBe('itself');
});

const HARM: readonly [string, RequestListener, string][] = [
  ['a body without an end', (_, answer) => void setInterval(() => answer.write('x'), 50).unref(), 'within 1 s'],
  ['silence', () => {}, 'within 1 s'],
  ['too many bytes', (_, answer) => void answer.end('x'.repeat(70_000)), 'more than 64 KB'],
  [
    'a bomb', // some 40 KB as it is sent
    (_, answer) => {
      answer.writeHead(200, { 'content-encoding': 'gzip' });
      const gzip = createGzip();
      gzip.pipe(answer);
      for (let i = 0; i < 40; i++) gzip.write(Buffer.alloc(1024 * 1024));
      gzip.end();
    },
    'more than 64 KB',
  ],
  [
    'half a gzip',
    (_, answer) =>
      void answer.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('x'.repeat(999)).subarray(0, 20)),
    'cannot be unpacked',
  ],
  [
    'an unknown packing',
    (_, answer) => void answer.writeHead(200, { 'content-encoding': 'rot13' }).end('x'),
    'packing',
  ],
  [
    'half an answer',
    (_, answer) => {
      answer.writeHead(200, { 'content-length': '100' });
      answer.write('x');
      setTimeout(() => answer.destroy(), 50);
    },
    'broke off',
  ],
  ['no answer', ({ socket }) => void socket.destroy(), 'broke off'],
  ['endless headers', (_, answer) => void answer.writeHead(200, { a: 'x'.repeat(40_000) }).end(), 'broke off'],
];

test.each(HARM)('%s ends in words, soon', async (_, answer, words) => {
  const port = await serving(answer);
  const net = openNet({ internal: [`127.0.0.1:${port}`] });
  const began = performance.now();
  const asked = net.request(ask(`http://127.0.0.1:${port}/?key=hidden`, { timeoutMs: 1_000, maxBytes: 65_536 }));
  const error = await asked.catch((thrown: unknown) => thrown);
  expect(error).toEqual(refused('net.unreachable', words));
  expect((error as Error).message).not.toContain('hidden');
  expect(performance.now() - began).toBeLessThan(2_500);
});

test('who is not there, speaks something else, or has no certificate is told apart', async () => {
  const chatter = await listening(createTcp((socket) => void socket.end('220 hello\r\n')));
  const gone = await listening(createTcp());
  closers.at(-1)!();
  const net = openNet({ internal: [`127.0.0.1:${chatter}`, `127.0.0.1:${gone}`], resolve: resolving() });
  const said = (url: string) => net.request(ask(url));
  await expect(said(`http://127.0.0.1:${gone}/`)).rejects.toEqual(refused('net.unreachable', 'refused the connection'));
  await expect(said(`http://127.0.0.1:${chatter}/`)).rejects.toEqual(refused('net.unreachable', 'HPE_'));
  await expect(said(`https://127.0.0.1:${chatter}/`)).rejects.toEqual(refused('net.unreachable', 'certificate'));
  await expect(said('https://unknown.example.com/')).rejects.toEqual(refused('net.unreachable', 'not known'));
});

test('a secret with a line break is refused in words, and sends no second header', async () => {
  const port = await serving((_, answer) => void answer.end());
  const net = openNet({ internal: [`127.0.0.1:${port}`] });
  const asked = net.request(ask(`http://127.0.0.1:${port}/`, { headers: { authorization: 'Bearer a\r\nx-b: c' } }));
  await expect(asked).rejects.toEqual(refused('net.not_allowed', 'line breaks'));
});

test('a body is sent, and a packed answer is unpacked', async () => {
  const port = await serving((request, answer) => {
    answer.writeHead(200, { 'content-encoding': 'gzip' });
    request.pipe(createGzip()).pipe(answer);
  });
  const net = openNet({ internal: [`127.0.0.1:${port}`] });
  const { body } = await net.request({ method: 'POST', url: `http://127.0.0.1:${port}/`, body: 'Grüße' });
  expect(body.toString()).toBe('Grüße');
});
