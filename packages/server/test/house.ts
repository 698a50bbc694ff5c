/** The one helper of the integration tests: the real app over a real database of its own, with a clock that the test sets. */
import { createHash, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROLES, type RoleName } from '@groundswell/contract';
import type { InjectOptions } from 'fastify';
import type { Pool } from 'pg';
import { inject } from 'vitest';
import { authenticator } from '../src/access/index.ts';
import { MIGRATIONS, openApp, openTools, workOf } from '../src/app/compose.ts';
import { slicesFor } from '../src/app/slices.ts';
import type { Actor } from '../src/platform/actor.ts';
import { openBell } from '../src/platform/bell.ts';
import { type SetClock, setClock } from '../src/platform/clock.ts';
import { openPool } from '../src/platform/db.ts';
import { withClient } from '../src/platform/embedded-postgres.ts';
import type { Bell } from '../src/platform/follow.ts';
import type { App, Authenticate } from '../src/platform/http.ts';
import { drain, registerJobs } from '../src/platform/jobs.ts';
import { openLog } from '../src/platform/log.ts';
import type { Slice } from '../src/platform/slice.ts';
import type { Tools } from '../src/platform/tools.ts';

/** A Monday morning, so that business hours need no thought. */
const START = new Date('2026-03-02T09:00:00.000Z');

export interface Reply {
  readonly status: number;
  readonly headers: Record<string, unknown>;
  /** Parsed JSON, of whatever shape the test expects; the text itself where it is none. */
  readonly body: ReturnType<typeof JSON.parse>;
}

/** Somebody at the other end of the wire. */
export interface Caller extends Actor {
  get(path: string): Promise<Reply>;
  post(path: string, body?: unknown): Promise<Reply>;
  put(path: string, body?: unknown): Promise<Reply>;
  delete(path: string): Promise<Reply>;
  /** Anything else: bytes, headers of one's own. */
  send(request: InjectOptions): Promise<Reply>;
}

export interface RecordedEvent {
  id: string;
  name: string;
  actor: string;
  compartment: string;
  at: Date;
  subject: { kind: string; id: string };
  /** Null once it has been erased. */
  payload: unknown;
}

export type Who = RoleName | (Partial<Omit<Actor, 'can'>> & { can?: Iterable<string> });

export interface TestHouse {
  readonly tools: Tools;
  readonly bell: Bell;
  readonly clock: SetClock;
  readonly http: App;
  /** The bare pool of `gs_app`, as no handler ever gets it. */
  readonly app: Pool;
  /** Past the wall: to give what a test needs, and to look at what was kept. */
  readonly owner: Pool;
  /** An id that nothing has. */
  readonly unusedId: string;
  now(): Date;
  /** The same role is the same person throughout one house. */
  as(who: Who): Caller;
  /** A compartment beside `open`. */
  givenCompartment(name: string): Promise<void>;
  events(): Promise<RecordedEvent[]>;
  /** Runs what is due, and what that leads to, by the real queue, until nothing is left. */
  drainJobs(): Promise<void>;
  /** Addresses of this house's database, for tests that open connections of their own. */
  urlFor(who: 'superuser' | 'owner' | 'app'): string;
  close(): Promise<void>;
}

export interface HouseOptions {
  readonly slices?: readonly Slice[];
  /** Instead of the real one, with which the callers of `as` are signed in: for tests of HTTP itself. */
  readonly authenticate?: (tools: Tools) => Authenticate;
  /** `host:port` that connectors may call although they are on this machine. */
  readonly egressInternal?: readonly string[];
}

export async function openHouse({
  slices = slicesFor({ publicUrl: undefined }),
  authenticate,
  egressInternal = [],
}: HouseOptions = {}): Promise<TestHouse> {
  const database = await copyTemplate();
  const log = openLog(process.env.LOG_LEVEL ?? 'silent');
  const app = openPool(database.urlFor('app'), 'app', log);
  const owner = openPool(database.urlFor('owner'), 'owner', log);
  const folder = mkdtempSync(join(tmpdir(), 'groundswell-house-'));
  const clock = setClock(START);
  const tools = openTools(app, clock, {
    dataDir: folder,
    secretKey: undefined,
    egressInternal,
  });
  const bell = await openBell(database.urlFor('app'), log);
  const people = new Map<string, Person>();
  const asks = (authenticate ?? ((made: Tools) => authenticator(made, { publicUrl: undefined })))(tools);
  const http = await openApp({ tools, bell, appPool: app, slices, authenticate: asks, log });
  const work = { ...workOf(slices), tools, ownerPool: owner, log };
  await registerJobs(owner, [...work.jobs, ...work.clockwork]);

  return {
    tools,
    bell,
    clock,
    http,
    app,
    owner,
    unusedId: randomUUID(),
    now: () => clock.now(),
    as: (who) => {
      const actor = actorFor(who, people);
      const person = people.get(actor.id) ?? signedIn(owner, actor, typeof who === 'string' ? who : null);
      people.set(actor.id, person);
      return callerFor(http, person);
    },
    givenCompartment: async (name) => {
      await owner.query('insert into compartments values ($1, $1) on conflict do nothing', [name]);
    },
    events: () => readEvents(owner),
    drainJobs: () => drain(work),
    urlFor: database.urlFor,
    close: async () => {
      await Promise.all([...people.values()].map((person) => person.kept));
      await http.close();
      await Promise.all([app.end(), owner.end(), bell.close()]);
      await database.drop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export { MIGRATIONS };

/** A database of the caller's own, copied from the migrated one. */
async function copyTemplate() {
  const cluster = inject('cluster');
  if (!cluster) throw new Error('This run started no database. Give its test files a path that global-setup.ts knows.');
  const name = `house_${randomUUID().replaceAll('-', '')}`;
  const template = new URL(cluster.superuser).pathname.slice(1);
  const admin = at(cluster.superuser, 'postgres');
  await withClient(admin, (client) => client.query(`create database ${name} template ${template} owner gs_owner`));
  return {
    urlFor: (who: 'superuser' | 'owner' | 'app') => at(cluster[who], name),
    drop: async () => {
      await withClient(admin, (client) => client.query(`drop database ${name} with (force)`));
    },
  };
}

function at(url: string, database: string): string {
  const changed = new URL(url);
  changed.pathname = database;
  return changed.href;
}

/** Somebody who is signed in: kept as a person with a role, compartments and a session, as if they had come by the door. */
interface Person extends Actor {
  readonly secret: string;
  /** Done when the database knows them. */
  readonly kept: Promise<void>;
}

function actorFor(who: Who, people: ReadonlyMap<string, Person>): Actor {
  if (typeof who !== 'string') {
    const { id = randomUUID(), name = 'somebody', compartments = ['open'], can = [] } = who;
    return { id, name, kind: 'person', compartments, can: new Set(can) };
  }
  const before = [...people.values()].find((person) => person.name === who);
  return before ?? { id: randomUUID(), name: who, kind: 'person', compartments: ['open'], can: new Set(ROLES[who]) };
}

function signedIn(owner: Pool, actor: Actor, role: RoleName | null): Person {
  const secret = randomUUID();
  const kept = keepPerson(owner, actor, role ?? `only for ${actor.id}`, secret);
  kept.catch(() => {}); // whoever asks as this person is told
  return { ...actor, secret, kept };
}

/** The session never grows old: a test may move the clock by a year. */
async function keepPerson(
  owner: Pool,
  { id, name, can, compartments }: Actor,
  role: string,
  secret: string,
): Promise<void> {
  const hash = createHash('sha256').update(secret).digest();
  await owner.query(
    `with person as (
       insert into people (id, name, email, password_hash, created_at) values ($1, $2, $8, 'none', $3)),
     role as (
       insert into roles values ($4, $5) on conflict (name) do update set capabilities = roles.capabilities),
     session as (
       insert into sessions (secret_hash, person_id, created_at, seen_at, expires_at)
       values ($6, $1, $3, '9999-01-01', '9999-12-31')),
     inside as (
       insert into compartments select c, c from unnest($7::text[]) c on conflict do nothing),
     plays as (insert into person_roles values ($1, $4))
     insert into person_compartments select $1, unnest($7::text[])`,
    [id, name, START, role, [...can], hash, compartments, `${id}@example.org`],
  );
}

function callerFor(http: App, person: Person): Caller {
  const { secret, kept, ...actor } = person;
  const csrf = createHash('sha256').update(`csrf ${secret}`).digest('base64url');
  const headers = { cookie: `groundswell=${secret}`, 'x-groundswell-csrf': csrf };
  const send = async (request: InjectOptions): Promise<Reply> => {
    await kept;
    const answer = await http.inject({ ...request, headers: { ...headers, ...request.headers } });
    const isJson = String(answer.headers['content-type']).includes('json');
    return { status: answer.statusCode, headers: answer.headers, body: isJson ? answer.json() : answer.payload };
  };
  const ask = (method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, body?: unknown): Promise<Reply> =>
    send({ method, url, ...(body !== undefined && { payload: body as object }) });
  return {
    ...actor,
    get: (path) => ask('GET', path),
    post: (path, body) => ask('POST', path, body),
    put: (path, body) => ask('PUT', path, body),
    delete: (path) => ask('DELETE', path),
    send,
  };
}

async function readEvents(owner: Pool): Promise<RecordedEvent[]> {
  const { rows } = await owner.query<RecordedEvent>(
    `select e.id, e.name, e.actor, e.compartment, e.at, p.payload,
            jsonb_build_object('kind', e.subject_kind, 'id', e.subject_id) as subject
       from events e left join event_payloads p on p.event_id = e.id order by e.seq`,
  );
  return rows;
}
