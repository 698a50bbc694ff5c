/** The real process, as a start command runs it: for tests that kill it or look at it from outside. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { expect } from 'vitest';

const APP = join(import.meta.dirname, '../src/app');

export interface Started {
  readonly child: ChildProcess;
  readonly url: string;
  /** Everything that it has printed. */
  said(): string;
}

export interface RealHouse {
  readonly folder: string;
  /** Again and again on the same data, its own database included unless `env` names another. */
  start(): Promise<Started>;
  /** Ends the last one as an operator would and removes the data. */
  close(): Promise<void>;
}

/** `entry`: the whole house, or the part of it that answers requests. */
export function realHouse(env: () => Record<string, string> = () => ({}), entry: 'main' | 'api' = 'main'): RealHouse {
  const folder = mkdtempSync(join(tmpdir(), 'groundswell-real-'));
  const children: ChildProcess[] = [];
  return {
    folder,
    async start() {
      const child = spawn(process.execPath, [join(APP, `${entry}.ts`)], {
        env: { PATH: process.env.PATH, PORT: '0', GROUNDSWELL_DATA: folder, ...env() },
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      children.push(child);
      let said = '';
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        said += text;
      });
      await expect.poll(() => said, { timeout: 240_000 }).toMatch(/is running at \S+\n/);
      return { child, url: /is running at (\S+)/.exec(said)![1]!, said: () => said };
    },
    async close() {
      const last = children.at(-1);
      if (last && last.exitCode === null && last.signalCode === null) {
        const ended = once(last, 'exit');
        last.kill('SIGTERM');
        await ended;
      }
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Of whatever shape the test expects. */
export type Json = ReturnType<typeof JSON.parse>;

export async function postTo(
  url: string,
  content: unknown,
  headers: Record<string, string> = {},
): Promise<{ body: Json; cookie: string }> {
  const reply = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(content),
  });
  if (!reply.ok) throw new Error(`${reply.status} ${await reply.text()}`);
  return { body: await reply.json(), cookie: reply.headers.getSetCookie()[0]?.split(';')[0] ?? '' };
}

/** As the first person does it: by the link that was printed. Headers for whatever comes next. */
export async function setUp({ url, said }: Started): Promise<Record<string, string>> {
  await expect.poll(said, { timeout: 30_000 }).toMatch(/first admin: \S+\n/);
  const token = /setup#(\S+)/.exec(said())![1];
  const person = { token, name: 'Ada', email: 'ada@example.org', password: 'correct horse battery' };
  const { body: me, cookie } = await postTo(`${url}/api/setup`, person);
  return { cookie, 'x-groundswell-csrf': me.csrf };
}

/** A source, and a token that sends to it. */
export async function aTokenOf(url: string, admin: Record<string, string>): Promise<{ source: string; token: string }> {
  const { body: source } = await postTo(`${url}/api/sources`, { name: 'live', kind: 'ticket' }, admin);
  const { body: made } = await postTo(`${url}/api/tokens`, { name: 'live', sourceId: source.id }, admin);
  return { source: source.id, token: made.token };
}

/**
 * Kills one session of its own database the hard way, which takes all of them with it: the server recovers from its log.
 * `of` is who holds the session: `app`, `engine`, `copies`. Returns when the crash is felt.
 */
export async function crashDatabase(house: RealHouse, of: 'app' | 'engine' | 'copies'): Promise<void> {
  const crash = () => killSession(urlOf(house, 'app'), `groundswell ${of}`).catch(() => false);
  // The server may be busy with the last crash, and who held a session in a pause after it.
  await expect.poll(crash, { timeout: 60_000, interval: 100 }).toBe(true);
}

const LOGINS = { app: 'gs_app', superuser: 'groundswell' } as const;

function urlOf({ folder }: RealHouse, who: keyof typeof LOGINS): string {
  const secrets = JSON.parse(readFileSync(join(folder, 'postgres.secrets.json'), 'utf8')) as Json;
  const port = readFileSync(join(folder, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[3];
  return `postgres://${LOGINS[who]}:${secrets[who]}@127.0.0.1:${port}/groundswell`;
}

/** Asks its own database past the app, with the eyes of somebody in the open compartment unless `who` sees everything. */
export async function askDatabase(
  house: RealHouse,
  question: string,
  who: keyof typeof LOGINS = 'app',
): Promise<Json[]> {
  const client = new Client({ connectionString: urlOf(house, who), application_name: 'a test' });
  client.on('error', () => {});
  await client.connect();
  try {
    await client.query(`set app.actor = 'test'; set app.compartments = 'open'`);
    return (await client.query(question)).rows;
  } finally {
    await client.end();
  }
}

/** False if nobody of this name is there. */
async function killSession(url: string, name: string): Promise<boolean> {
  const client = new Client({ connectionString: url });
  client.on('error', () => {}); // it goes with the others
  const gone = new Promise<void>((done) => client.once('end', () => done()));
  await client.connect();
  const { rows } = await client.query('select pid from pg_stat_activity where application_name = $1 limit 1', [name]);
  if (rows[0]) process.kill(rows[0].pid, 'SIGKILL');
  else await client.end();
  await gone;
  return rows.length > 0;
}
