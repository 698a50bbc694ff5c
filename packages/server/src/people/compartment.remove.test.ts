/** A compartment goes when nothing is in it, with a race for the last place; and whoever waits before one can be sent away. */
import { ROLES } from '@groundswell/contract';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Caller, openHouse, type Reply, type TestHouse } from '../../test/house.ts';
import { fillCompartments } from '../access/wall.fixture.ts';
import { withClient } from '../platform/embedded-postgres.ts';
import { type Browser, browserOf, comeIn, inviteAs, reset } from './people.fixture.ts';

let house: TestHouse;
let admin: Caller;
let cleo: Browser;
let dan: Browser;
beforeEach(async () => {
  house = await openHouse();
  admin = house.as('admin');
  await admin.get('/api/session');
  cleo = await comeIn(house, admin, { name: 'Cleo', roles: ['admin'] });
  dan = await comeIn(house, admin, { name: 'Dan', roles: ['admin'] });
  const legal = { compartment: 'legal', title: 'Legal', purpose: '', members: [cleo.id] };
  expect((await admin.post('/api/compartments', legal)).status).toBe(200);
});
afterEach(() => house.close());

const said = ({ status, body }: Reply) => [status, body.code];
const legal = async (): Promise<{ version: number; held: unknown[]; members: { name: string }[] } | undefined> =>
  (await admin.get('/api/compartments')).body.compartments.find(({ name }: { name: string }) => name === 'legal');
const remove = async (version?: number) =>
  admin.delete(`/api/compartments/legal?version=${version ?? (await legal())?.version ?? 1}`);
const holds = async () => (await admin.get('/api/compartments/legal/held')).body.holds;
/** Somebody of it in no other, so that what they make is made in there. */
const counsel = () => house.as({ name: 'counsel', compartments: ['legal'], can: ROLES.admin });
const source = (who: Browser | Caller = cleo) => {
  const body = { name: 'Letters', kind: 'feedback', compartment: 'legal' };
  return 'ask' in who ? who.ask('POST', '/api/sources', body) : who.post('/api/sources', body);
};

test('an empty one goes: nobody is in it any more, the record keeps what happened, and its name is never free again', async () => {
  expect(await holds()).toEqual([]);
  expect((await legal()) as object).toMatchObject({ can: ['change', 'remove'] });
  expect((await remove()).body).toEqual({ removed: true });

  expect(await legal()).toBeUndefined();
  expect((await cleo.ask('GET', '/api/session')).body.me.compartments).toEqual(['open']);
  const events = (await house.events()).filter(({ compartment }) => compartment === 'legal');
  expect(events.slice(-3).map(({ name, actor, subject }) => [name, actor, subject.kind])).toEqual([
    ['membership.taken', admin.id, 'person'],
    ['membership.taken', admin.id, 'person'],
    ['compartment.removed', admin.id, 'compartment'],
  ]);
  expect(events.map(({ name }) => name)).toContain('compartment.made');
  await house.drainJobs();
  const again = { compartment: 'legal', title: 'Law', purpose: '', members: [cleo.id] };
  expect(said(await admin.post('/api/compartments', again))).toEqual([409, 'compartment.name_taken']);
  expect(said(await dan.ask('POST', '/api/compartments', { ...again, members: [admin.id] }))).toEqual([
    409,
    'compartment.name_taken',
  ]);
  expect(said(await remove())).toEqual([404, 'compartment.not_found']);
});

test('one that holds anything stays as it is, and the refusal says what it holds', async () => {
  await source();
  await inviteAs(admin, { name: 'Eve', compartments: ['open', 'legal'] });
  const { version } = (await legal())!;
  const refused = await remove();
  expect(said(refused)).toEqual([409, 'compartment.not_empty']);
  expect(refused.body.message).toContain('still holds 1 source, 1 open invitation.');
  expect(refused.body.details.holds).toEqual([
    { kind: 'sources', count: 1 },
    { kind: 'invitations', count: 1 },
  ]);
  expect(await legal()).toMatchObject({ version, members: [{ name: 'admin' }, { name: 'Cleo' }] });
});

test('what was put away does not hold it: a withdrawn invitation, a removed view, a revoked token', async () => {
  const invited = await inviteAs(admin, { name: 'Eve', compartments: ['open', 'legal'] });
  const inside = counsel();
  const token = { name: 'pipe', compartment: 'legal', purpose: 'background' };
  const made = await inside.post('/api/tokens', token);
  const view = { kind: 'signals', name: 'Late', search: { q: 'late' }, share: { with: 'private' } };
  const saved = await inside.post('/api/views', view);
  expect([made.status, saved.status], JSON.stringify([made.body, saved.body])).toEqual([200, 200]);
  expect(await holds()).toEqual([
    { kind: 'views', count: 1 },
    { kind: 'tokens', count: 1 },
    { kind: 'invitations', count: 1 },
  ]);
  await inside.delete(`/api/views/${saved.body.id}`);
  await inside.delete(`/api/tokens/${made.body.view.id}`);
  await admin.delete(`/api/invitations/${invited.body.invitation.id}`);
  expect(await holds()).toEqual([]);
  expect((await remove()).status).toBe(200);
});

test('whatever table a row stands in, it holds the compartment, but for what the house keeps there for itself', async () => {
  const tables = await fillCompartments(house, ['legal']);
  expect(tables.length).toBeGreaterThan(40);
  const kinds = (await holds()).map(({ kind }: { kind: string }) => kind);
  for (const kind of ['sources', 'signals', 'imports', 'connectors', 'topics', 'issues', 'comments', 'changes']) {
    expect(kinds).toContain(kind);
  }
  expect(kinds, 'and what has no word of its own').toContain('other');
  expect(said(await remove())).toEqual([409, 'compartment.not_empty']);

  const statement = `select what from (select set_config('app.compartments', 'legal', false)) s, app.held_in_compartment('legal', now())`;
  const { rows } = await house.owner.query<{ what: string }>(statement);
  // what stands nowhere without a source: it is gone with the sources
  const withSources = ['signals', 'signal_counts', 'signal_sample', 'signal_copies', 'topic_signals', 'intake_batches'];
  await withClient(house.urlFor('superuser'), async (client) => {
    await client.query('set session_replication_role = replica');
    for (const table of new Set([...rows.map(({ what }) => what), ...withSources])) {
      if (tables.includes(table)) await client.query(`delete from ${table} where compartment = 'legal'`);
    }
  });
  expect(await holds()).toEqual([]);
  expect((await remove()).status, 'only what the house kept there for itself is left').toBe(200);
  for (const table of tables.filter((name) => !['events', 'event_payloads'].includes(name))) {
    const left = await house.owner.query(`select from ${table} where compartment = 'legal'`);
    expect(left.rowCount, table).toBe(0);
  }
});

test('only by somebody inside who sees it as it is, and never the open one', async () => {
  for (const path of ['/api/compartments/legal?version=1', `/api/compartments/legal/waiting/${cleo.id}`]) {
    expect(said(await dan.ask('DELETE', path))).toEqual([404, 'compartment.not_found']);
  }
  expect(said(await dan.ask('GET', '/api/compartments/legal/held'))).toEqual([404, 'compartment.not_found']);
  const bo = await comeIn(house, admin, { name: 'Bo', compartments: ['open', 'legal'] });
  expect((await bo.ask('DELETE', '/api/compartments/legal?version=1')).status).toBe(403);
  expect(said(await admin.delete('/api/compartments/open?version=1'))).toEqual([409, 'compartment.open']);
  const { version } = (await legal())!;
  const members = [admin.id, cleo.id, bo.id, dan.id];
  await admin.put('/api/compartments/legal', { version, title: 'Legal', purpose: '', members });
  expect(said(await remove(version)), 'Dan came in meanwhile').toEqual([409, 'compartment.changed_meanwhile']);
  expect((await legal())?.members.length).toBe(4);

  const past = (statement: string) =>
    house.app
      .query(`begin; set local app.compartments = 'open'; ${statement}`)
      .finally(() => house.app.query('rollback'));
  await expect(past(`select app.remove_compartment('legal', now())`)).rejects.toThrow('cannot be removed');
  await expect(past(`select app.remove_compartment('open', now())`)).rejects.toThrow('cannot be removed');
  await expect(past(`delete from compartments`)).rejects.toThrow('permission denied');
});

const WAIT_MS = 5_000;

/** Until so many wait for somebody else in the database. */
async function waiting(count: number): Promise<void> {
  const asked = `select count(*)::int as n from pg_locks l join pg_stat_activity a using (pid)
                  where not l.granted and a.datname = current_database()`;
  const end = Date.now() + WAIT_MS;
  while ((await house.owner.query(asked)).rows[0].n < count) {
    if (Date.now() > end) throw new Error(`fewer than ${count} are waiting`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

test('a source that comes first is seen: whoever removes waits for it', async () => {
  const { version } = (await legal())!;
  const gate = await house.owner.connect();
  await gate.query('begin');
  await gate.query(
    `insert into sources (compartment, name, kind, created_at) values ('legal', 'Letters', 'ticket', now())`,
  );
  const removing = remove(version);
  await waiting(1);
  await gate.query('commit');
  gate.release();
  expect(said(await removing)).toEqual([409, 'compartment.not_empty']);
  expect(await legal()).toMatchObject({ version });
});

test('a source that comes second is refused: the compartment is gone, and nothing of it is kept', async () => {
  const { version } = (await legal())!;
  const gate = await house.owner.connect();
  await gate.query('begin; lock table removed_compartments in share row exclusive mode');
  const removing = remove(version); // stands before its last step
  await waiting(1);
  const making = source();
  await waiting(2);
  await gate.query('commit');
  gate.release();
  expect((await removing).body).toEqual({ removed: true });
  expect(said(await making)).toEqual([404, 'compartment.not_found']);
  expect((await house.owner.query('select from sources')).rowCount).toBe(0);
});

test('whoever waits before it can be sent away, keeps everything else, and may be let in like anybody later', async () => {
  const link = await dan.ask('POST', `/api/people/${cleo.id}/reset-link`);
  const back = browserOf(house, await reset(house, link.body));
  const seen = (await legal())!;
  expect(seen.held).toMatchObject([{ id: cleo.id }]);
  expect(said(await dan.ask('DELETE', `/api/compartments/legal/waiting/${cleo.id}`))).toEqual([
    404,
    'compartment.not_found',
  ]);
  expect(said(await admin.delete(`/api/compartments/legal/waiting/${dan.id}`))).toEqual([
    404,
    'compartment.nobody_waits',
  ]);

  const gone = await admin.delete(`/api/compartments/legal/waiting/${cleo.id}`);
  expect(gone.body).toMatchObject({ held: [], version: seen.version + 1 });
  expect(said(await admin.delete(`/api/compartments/legal/waiting/${cleo.id}`))).toEqual([
    404,
    'compartment.nobody_waits',
  ]);
  expect((await back.ask('GET', '/api/session')).body.me.compartments).toEqual(['open']);
  const [told] = (await house.events()).filter(({ name }) => name === 'membership.refused');
  expect(told).toMatchObject({ compartment: 'legal', actor: admin.id, payload: { personId: cleo.id } });

  const { version } = (await legal())!;
  const body = { version, title: 'Legal', purpose: '', members: [admin.id, cleo.id] };
  expect((await admin.put('/api/compartments/legal', body)).body.members.length).toBe(2);
});

test('removing one tells whoever waits before it nothing, and lets their waiting end with it', async () => {
  const link = await dan.ask('POST', `/api/people/${cleo.id}/reset-link`);
  await reset(house, link.body);
  expect((await remove()).status).toBe(200);
  expect((await house.owner.query('select from held_memberships')).rowCount).toBe(0);
  const names = (await house.events()).filter(({ compartment }) => compartment === 'legal').map(({ name }) => name);
  expect(names.slice(-3)).toEqual(['membership.refused', 'membership.taken', 'compartment.removed']);
});
