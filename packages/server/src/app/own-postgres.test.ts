/** A PostgreSQL of the operator's own, in the oldest version that is promised: the README's way, step by step. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import {
  type OwnPostgres,
  openOwnPostgres,
  sayIfMissing,
  ownPostgresIsThere as there,
} from '../../test/own-postgres.ts';

const MAIN = join(import.meta.dirname, 'main.ts');
const CLI = join(import.meta.dirname, '..', '..', '..', 'cli', 'bin', 'groundswell.mjs');

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

sayIfMissing('the way of an own server');

test.runIf(process.env.CI === 'true')('CI brings a PostgreSQL 15', () => expect(there).toBe(true));

let own: OwnPostgres;
let house: ChildProcess | undefined;
let address = '';
let setupToken = '';

/** Of whatever shape the test expects. */
type Json = ReturnType<typeof JSON.parse>;
const jsonOf = async (answer: Response): Promise<Json> => answer.json();

beforeAll(async () => {
  if (there) own = await openOwnPostgres();
});

afterAll(async () => {
  if (!there) return;
  if (house?.exitCode === null) {
    house.kill('SIGTERM');
    await new Promise((gone) => house!.once('exit', gone));
  }
  own.remove();
});

test.runIf(there)('starts on it, with a login that owns nothing', async () => {
  let said = '';
  house = spawn(process.execPath, [MAIN], {
    env: {
      PATH: process.env.PATH,
      PORT: '0',
      GROUNDSWELL_DATA: join(own.folder, 'data'),
      DATABASE_URL: own.urlOf('groundswell'),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [house.stdout!, house.stderr!]) stream.setEncoding('utf8').on('data', (text) => (said += text));
  await vi.waitFor(() => expect(said).toMatch(/setup#\S+/), { timeout: 30_000, interval: 50 });
  address = /running at (\S+)/.exec(said)![1]!;
  setupToken = /setup#(\S+)/.exec(said)![1]!;
});

test.runIf(there)('says that search is unindexed until a superuser has prepared the database, once', async () => {
  const ready = async () => jsonOf(await fetch(`${address}/readyz`));
  expect(await ready()).toMatchObject({ ready: true, remarks: [expect.stringContaining('search unindexed')] });
  const prepare = () =>
    execFileSync(process.execPath, [CLI, 'db', 'prepare'], {
      env: { ...process.env, DATABASE_URL: own.urlOf('admin') },
    });
  expect(String(prepare())).toContain('Prepared');
  expect(String(prepare())).toContain('already');
  expect(await ready()).toEqual({ ready: true, remarks: [] });
});

test.runIf(there)('takes signals in and finds them again', async () => {
  const post = async (path: string, body: object, headers: Record<string, string> = {}) => {
    const json = { 'content-type': 'application/json', ...headers };
    const answer = await fetch(address + path, { method: 'POST', headers: json, body: JSON.stringify(body) });
    return { cookie: answer.headers.get('set-cookie')?.split(';')[0] ?? '', body: await jsonOf(answer) };
  };
  const person = { name: 'Ana', email: 'ana@example.org', password: 'copper lantern over quiet water' };
  const { cookie, body: me } = await post('/api/setup', { token: setupToken, ...person });
  const asAna = { cookie, 'x-groundswell-csrf': me.csrf };
  const { body: source } = await post('/api/sources', { name: 'Help desk', kind: 'ticket' }, asAna);
  const { body: made } = await post('/api/tokens', { name: 'desk', sourceId: source.id }, asAna);
  const signal = { id: 'T-1', ts: new Date().toISOString(), text: 'The zebra filter turns my face purple' };
  const sent = await post('/api/signals', signal, { authorization: `Bearer ${made.token}` });
  expect(sent.body).toMatchObject({ added: 1, refused: [] });

  const found = await fetch(`${address}/api/signals?q=zebra`, { headers: asAna });
  expect((await jsonOf(found)).signals).toMatchObject([{ externalId: 'T-1', text: signal.text }]);
  const waiting = async () => {
    const answer = await fetch(`${address}/api/detection`, { headers: asAna });
    return (await jsonOf(answer)).streams[0];
  };
  await vi.waitFor(async () => expect(await waiting()).toMatchObject({ read: 1, waiting: 0 }), { timeout: 20_000 });
});
