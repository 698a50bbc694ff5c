import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Caller, openHouse, type TestHouse } from '../../test/house.ts';
import { SYSTEM } from '../access/index.ts';
import { takeSignals } from '../signals/index.ts';

let house: TestHouse;
let viewer: Caller;
const [RUN, UPLOAD, LOGIN] = [randomUUID(), randomUUID(), randomUUID()];

/** Topics and issues as the engine keeps them; what it finds by itself has tests of its own. */
async function givenTopic(id: string, label: string, compartment: string, number: number | null) {
  await house.owner.query(
    `insert into topics (id, compartment, run_id, group_name, label, phrases, medoid_signal_id, first_at, last_at, expected_shape,
       expected_rate, expected_dispersion, changed_at)
     values ($1::uuid, $2, $3, $1::uuid::text, $4, '{stuck at 99,never publishes}', $1::uuid, '2026-02-01', '2026-02-10', 1, 1, 1, now())`,
    [id, compartment, RUN, label],
  );
  if (number === null) return;
  await house.owner.query(
    `insert into alerts select $1, $2, $1, $3, false, now(), now(), now(), 'new', 3, 1, 0, 2, 9, 8, null, '{}', 1, 1, 1, 3, now()`,
    [id, compartment, RUN],
  );
  await house.owner.query(
    `insert into issues (id, compartment, number, topic_id, alert_id, state, historical, label, onset_at, noticed_at, observed, expected,
       signals, counted_at, created_at, changed_at)
     values ($1, $2, $3, $1, $1, 'suspected', false, $4, now(), '2026-02-10', 3, 1, 42, now(), now(), now())`,
    [id, compartment, number, label],
  );
}

beforeAll(async () => {
  house = await openHouse();
  viewer = house.as('viewer');
  await house.givenCompartment('legal');
  const { rows } = await house.owner.query(
    `insert into sources (compartment, name, kind, created_at) values ('open', 'desk', 'ticket', now()) returning id`,
  );
  await house.owner.query(
    `insert into engine_runs (id, compartment, state, created_at) values ($1, 'open', 'running', now())`,
    [RUN],
  );
  const texts = ['upload upload upload', 'my upload is slow today', 'login'];
  const values = texts.map((text, i) => ({ row: i + 1, value: { id: `r${i}`, ts: '2026-02-01T00:00:00Z', text } }));
  await takeSignals(house.tools, SYSTEM.intake('open'), rows[0].id, values);
  await givenTopic(UPLOAD, 'Upload · stuck', 'open', 1);
  await givenTopic(LOGIN, 'Login · code', 'open', null);
  await givenTopic(randomUUID(), 'Upload · subpoena', 'legal', 1);
  await house.owner.query(
    `insert into topic_signals select signal_id, 'open', $1, at from signals where text like '%upload%'`,
    [UPLOAD],
  );
});
afterAll(() => house.close());

const search = async (q: string, more = '', who = viewer) =>
  (await who.get(`/api/search?q=${encodeURIComponent(q)}${more}`)).body;

test('a few of each kind, the best first, and why', async () => {
  const { signals, topics, issues, notes } = await search('upload');
  expect(signals.total).toBe(2);
  expect(signals.found.map((one: { signal: { externalId: string } }) => one.signal.externalId)).toEqual(['r0', 'r1']);
  expect(signals.found[1].why.marks).toEqual([{ in: 'text', at: [3, 9], asked: 'upload', how: 'beginning' }]);
  expect(topics.found).toMatchObject([{ id: UPLOAD, issueKey: 'IS-1', why: { marks: [{ in: 'label', at: [0, 6] }] } }]);
  expect(issues).toMatchObject({ total: 1, found: [{ key: 'IS-1', signals: 42, why: { marks: [{ in: 'title' }] } }] });
  expect(notes).toEqual([]);
});

test('an issue is found by its key, a topic by what is typical of it', async () => {
  const { issues, topics } = await search('is-1');
  expect(issues.found[0].why.marks).toEqual([{ in: 'key', at: [0, 4], asked: 'is-1', how: 'word' }]);
  expect(topics.found).toEqual([]);
  const [topic] = (await search('"never publishes" upload')).topics.found;
  expect(topic.why.marks.map((mark: { in: string }) => mark.in)).toEqual(['label', 'phrases']);
});

describe('fields', () => {
  test('narrow the kinds that have them, and the others say so', async () => {
    const { signals, topics, issues } = await search('upload state:suspected');
    expect([signals.without, topics.without]).toEqual([['state'], ['state']]);
    expect([signals.total, topics.total, issues.total]).toEqual([0, 0, 1]);
    const other = await search('upload source:desk');
    expect([other.signals.total, other.issues.without]).toEqual([2, ['source']]);
  });

  test('join what belongs together', async () => {
    const { signals, topics, issues } = await search('issue:IS-1');
    expect([signals.total, topics.total, issues.total]).toEqual([2, 1, 1]);
    expect((await search('has:issue', '&only=topics')).topics.total).toBe(1);
    expect((await search('-has:issue', '&only=topics')).topics.found[0].id).toBe(LOGIN);
    expect((await search('topic:stuck')).signals.total).toBe(2);
    expect((await search('signals:>40')).issues.total).toBe(1);
    expect((await search('signals:<40')).issues.total).toBe(0);
    expect((await search('at:2026-02-10', '&only=issues')).issues.total).toBe(1);
    expect((await search('at:2026-02-05', '&only=topics')).topics.total).toBe(2);
    expect((await search('at:2026-03', '&only=topics')).topics.total).toBe(0);
  });

  test('the list of issues understands the same', async () => {
    const list = async (q: string) => (await viewer.get(`/api/issues?q=${encodeURIComponent(q)}`)).body;
    expect((await list('state:suspected -login')).issues).toHaveLength(1);
    expect((await list('upload OR login')).counts.emerging).toBe(1);
    expect((await list('-upload')).issues).toEqual([]);
    expect((await list('source:desk')).notes).toMatchObject([{ code: 'unknown_field', at: [0, 11] }]);
  });

  test('help names topics and issues', async () => {
    const { values } = (await viewer.get('/api/search/values?field=issue&begun=upl')).body;
    expect(values).toEqual([{ value: 'IS-1', label: 'Upload · stuck', count: 42 }]);
    const topics = (await viewer.get('/api/search/values?field=topic&begun=log')).body.values;
    expect(topics).toEqual([{ value: LOGIN, label: 'Login · code', count: null }]);
  });
});

test('nobody finds what is behind their wall', async () => {
  const inside = house.as({ name: 'inside', compartments: ['open', 'legal'], can: [...viewer.can] });
  expect((await search('subpoena')).topics.total).toBe(0);
  expect((await search('subpoena')).issues.total).toBe(0);
  expect((await search('subpoena', '', inside)).issues.found).toMatchObject([{ key: 'IS-LEGAL-1' }]);
});

test('whoever may not read issues is told of none', async () => {
  const reader = house.as({ name: 'reader', can: ['signal.read'] });
  expect(await search('upload', '', reader)).toMatchObject({ issues: null, topics: null, signals: { total: 2 } });
  expect((await house.as({ name: 'nobody', can: [] }).get('/api/search?q=upload')).status).toBe(403);
});
