/**
 * Every route × every role × every standing towards a compartment, read from the contract and from the database, so that
 * a new route or table cannot be left out. `routes.test.ts` says which doors open; this says what is behind them.
 */
import * as contract from '@groundswell/contract';
import { type Endpoint, ROLES, type RoleName } from '@groundswell/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type Caller, openHouse, type Reply, type TestHouse } from '../../test/house.ts';
import { hashPassword } from './password-hash.ts';
import { fillCompartments, GUESSED, SECRET } from './wall.fixture.ts';

const STANDINGS = { outside: ['open'], inside: ['legal'], nowhere: [] } as const;
type Standing = keyof typeof STANDINGS;

const ENDPOINTS = (Object.values(contract) as unknown[]).filter(
  (one): one is Endpoint => typeof one === 'object' && one !== null && 'path' in one && 'right' in one,
);

let house: TestHouse;
let tables: string[];
let passwordHash: string;
beforeAll(async () => {
  house = await openHouse();
  await house.givenCompartment('legal');
  tables = await fillCompartments(house, ['legal']);
  passwordHash = await hashPassword('a password that nobody tries');
});
afterAll(() => house.close());

interface Shape {
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly format?: string;
  readonly default?: unknown;
  readonly minimum?: number;
  readonly anyOf?: readonly Shape[];
  readonly oneOf?: readonly Shape[];
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly items?: Shape;
}

/** Something that a schema takes: ids are the guessed one, and wherever a compartment is named it is the closed one. */
function sampleOf(shape: Shape, name = ''): unknown {
  if (name === 'compartment' || name === 'compartments' || name === 'in') {
    return shape.type === 'array' ? ['legal'] : 'legal';
  }
  if (shape.const !== undefined) return shape.const;
  if (shape.enum) return shape.enum[0];
  const either = shape.anyOf ?? shape.oneOf;
  if (either) return sampleOf(either[0]!, name);
  if (shape.type === 'object') {
    const fields = Object.entries(shape.properties ?? {});
    return Object.fromEntries(fields.map(([field, inner]) => [field, sampleOf(inner, field)]));
  }
  if (shape.type === 'array') return shape.items ? [sampleOf(shape.items, name)] : [];
  if (shape.type === 'integer' || shape.type === 'number') return Math.max(1, shape.minimum ?? 1);
  if (shape.type === 'boolean') return true;
  const texts: Record<string, string> = {
    uuid: GUESSED,
    email: 'eve@example.org',
    'date-time': '2026-03-01T00:00:00Z',
    date: '2026-03-01',
  };
  return texts[shape.format ?? ''] ?? 'anything at all';
}

const shapeOf = (schema: z.ZodType) => z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Shape;
const bodyOf = ({ body }: Endpoint) => (body && body !== 'bytes' ? sampleOf(shapeOf(body)) : undefined);

/** Lists are also asked for the closed compartment by name, where they can be. */
function addressesOf({ path, query }: Endpoint): string[] {
  const plain = path.replace(/:(compartment)/g, 'legal').replace(/:\w+/g, GUESSED);
  const fields = query ? Object.keys(shapeOf(query).properties ?? {}) : [];
  const asked = ['compartment', 'in', 'source', 'topic', 'issue'].filter((name) => fields.includes(name));
  const value = (name: string) => (name === 'compartment' || name === 'in' ? 'legal' : GUESSED);
  return [plain, ...asked.map((name) => `${plain}?${name}=${value(name)}`)];
}

async function callerOf(role: RoleName, standing: Standing): Promise<Caller> {
  const caller = house.as({ name: `${role} ${standing}`, can: ROLES[role], compartments: STANDINGS[standing] });
  await caller.get('/api/session');
  await house.owner.query('update people set password_hash = $1 where id = $2', [passwordHash, caller.id]);
  return caller;
}

async function* answersTo(caller: Caller): AsyncGenerator<{ where: string; endpoint: Endpoint; reply: Reply }> {
  for (const endpoint of ENDPOINTS) {
    const { method, path } = endpoint;
    if (method === 'DELETE' && path === '/api/session') continue; // it would end the walk
    const payload = bodyOf(endpoint);
    for (const url of addressesOf(endpoint)) {
      const reply = await caller.send({ method, url, ...(payload !== undefined && { payload: payload as object }) });
      yield { where: `${method} ${url}`, endpoint, reply };
    }
  }
}

/** What stands in `legal` now, table by table. */
async function legalRows(): Promise<Record<string, string>> {
  const kept: Record<string, string> = {};
  for (const table of tables) {
    const { rows } = await house.owner.query(
      `select md5(coalesce(string_agg(t::text, ',' order by t::text), '')) as all from ${table} t where compartment = 'legal'`,
    );
    kept[table] = rows[0].all;
  }
  return kept;
}

describe.each(Object.keys(ROLES) as RoleName[])('a %s', (role) => {
  test.each(['outside', 'nowhere'] as const)(
    'who stands %s gets nothing out of a closed compartment by any route, and moves nothing in it',
    async (standing) => {
      const before = await legalRows();
      const caller = await callerOf(role, standing);
      for await (const { where, endpoint, reply } of answersTo(caller)) {
        expect(JSON.stringify(reply.body), where).not.toContain(SECRET);
        expect(reply.status, where).toBeLessThan(500);
        const may = ['anyone', 'signed_in', ...ROLES[role]].includes(endpoint.right);
        if (!may) expect([reply.status, reply.body.code], where).toEqual([403, 'access.not_allowed']);
      }
      expect(await legalRows()).toEqual(before);
    },
    120_000,
  );
});

/** The rows are no real ones, so a handler that reads one may stumble over it: it has come there all the same. */
test('whoever stands inside comes to what stands there: the tests above have something to miss', async () => {
  const told: string[] = [];
  const reached: string[] = [];
  for await (const { where, reply } of answersTo(await callerOf('admin', 'inside'))) {
    if (JSON.stringify(reply.body).includes(SECRET)) told.push(where);
    else if (reply.status === 500) reached.push(where);
  }
  expect(told.length, told.join('\n')).toBeGreaterThan(2);
  expect(told.length + reached.length, reached.join('\n')).toBeGreaterThan(15);
}, 120_000);
