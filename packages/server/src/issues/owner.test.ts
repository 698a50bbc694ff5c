/** Whose issues are and what is new about them: asked, counted, given away by the dozen, and only ever told behind the wall. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Caller, openHouse, type TestHouse } from '../../test/house.ts';
import { fixedId } from '../topics/grammar.fixture.ts';

let house: TestHouse;
let ana: Caller;
let ben: Caller;
let eve: Caller;
const MAY = ['issue.read', 'issue.decide', 'signal.read'];

/** Issues 1 to 6 are open to all; 7 is in a compartment that only Ben and Eve are in. */
beforeAll(async () => {
  house = await openHouse();
  await house.givenCompartment('legal');
  ana = house.as({ name: 'Ana Alba', can: MAY });
  ben = house.as({ name: 'Ben Bor', can: MAY, compartments: ['open', 'legal'] });
  eve = house.as({ name: 'Eve Etxe', can: MAY, compartments: ['legal'] });
  for (const one of [ana, ben, eve]) await one.get('/api/session');
  await house.owner.query(`update people set created_at = $1`, [house.now()]);
  for (let i = 1; i <= 7; i++) await givenIssue(i, i === 7 ? 'legal' : 'open');
  await house.owner.query(`insert into teams (name, created_at) values ('Payments', $1)`, [house.now()]);
  await house.owner.query(`insert into team_members select id, $1 from teams`, [ben.id]);
});
afterAll(() => house.close());
beforeEach(async () => {
  house.clock.advance(120_000);
  await house.owner.query(`update issues set state = 'suspected', version = 1, owner_id = null`);
  await house.owner.query('delete from issue_follows');
  for (const one of [ana, ben, eve])
    await one.post('/api/issues/bulk/seen', { issues: [1, 2, 3, 4, 5, 6, 7].map(id), seen: true });
  house.clock.advance(1_000);
});

const id = (i: number) => fixedId(`issue ${i}`);
async function givenIssue(i: number, compartment: string): Promise<void> {
  const [run, topic, alert] = [`run ${compartment}`, `topic ${i}`, `alert ${i}`].map(fixedId);
  const at = house.now();
  await house.owner.query(
    `insert into engine_runs (id, compartment, state, created_at) values ($1, $2, 'running', $3) on conflict do nothing`,
    [run, compartment, at],
  );
  await house.owner.query(
    `insert into topics values ($1::uuid, $5, $2, $1::text, $3, '{}', $1::uuid, $4, $4, null, 1, 100, 0.1, $4)`,
    [topic, run, `label ${i}`, at, compartment],
  );
  await house.owner.query(
    `insert into alerts values ($1, $5, $2, $4, false, $3, $3, $3, 'new', 9, 1, 0, 3, 12, 10, null, '{}', 1, 100, 0.1, 9, $3)`,
    [alert, topic, at, run, compartment],
  );
  await house.owner.query(
    `insert into issues (id, compartment, number, topic_id, alert_id, state, historical, label, onset_at, noticed_at,
                         observed, expected, signals, people, ratio, counted_at, created_at, changed_at)
     values ($1, $6, $2, $3, $4, 'suspected', false, $7, $5, $5, 9, 1, 9, 9, 9, $5, $5, $5)`,
    [id(i), i, topic, alert, at, compartment, `label ${i}`],
  );
}

interface Listed {
  id: string;
  key: string;
  news: boolean;
  following: boolean;
  owner: { name: string } | null;
}
const list = async (who: Caller, q = '', more = '') =>
  (await who.get(`/api/issues?group=all&q=${encodeURIComponent(q)}${more}`)).body;
const keys = async (who: Caller, q: string): Promise<string> =>
  (await list(who, q)).issues
    .map(({ key }: Listed) => key.replace('IS-', ''))
    .sort()
    .join(' ');
const facet = async (who: Caller, name: string, q = '') =>
  Object.fromEntries(
    (await list(who, q)).facets
      .find((one: { name: string }) => one.name === name)
      ?.values.map(({ value, count }: { value: string; count: number }) => [value, count]) ?? [],
  );
const seen = (numbers: readonly number[], version = 1) => numbers.map((i) => ({ id: id(i), version }));
const give = async (who: Caller, numbers: readonly number[], owner: string | null, version = 1) =>
  (await who.post('/api/issues/bulk/owner', { issues: seen(numbers, version), owner })).body;
const undo = async (who: Caller, numbers: readonly number[], version = 2) =>
  (await who.post('/api/issues/bulk/undo', { issues: seen(numbers, version) })).body;
const words = (body: { outcomes: { outcome: string; code?: string }[] }) =>
  body.outcomes.map(({ outcome, code }) => code ?? outcome);
const owners = async () =>
  (
    await house.owner.query<{ owner: string | null }>(
      'select owner_id as owner from issues order by compartment desc, number',
    )
  ).rows.map(({ owner }) => owner);

describe('asked by owner', () => {
  beforeEach(async () => {
    await give(ana, [1, 2], ana.id);
    await give(ana, [3], ben.id);
  });

  test.each([
    ['owner:me', '1 2'],
    ['-owner:me', '3 4 5 6'],
    ['owner:nobody', '4 5 6'],
    ['owner:"ben bor"', '3'],
    ['owner:ben', '3'],
    ['owner:be*', '3'],
    ['owner:me,payments', '1 2 3'],
    ['owner:payments', '3'],
    ['owner:me "label 2"', '2'],
    ['owner:me OR owner:nobody', '1 2 4 5 6'],
  ])('%s', async (q, want) => expect(await keys(ana, q)).toBe(want));

  test('me is whoever asks, and an id names one person', async () => {
    expect(await keys(ben, 'owner:me')).toBe('3');
    expect(await keys(ben, `owner:${ana.id}`)).toBe('1 2');
  });

  test('a name that nobody bears is told, and finds nothing', async () => {
    const { issues, notes } = await list(ana, 'owner:zora');
    expect([issues, notes.map(({ code }: { code: string }) => code)]).toEqual([[], ['unknown_value']]);
  });

  test('the file that leaves asks the same and names the owner', async () => {
    const { body } = await ana.get(`/api/issues/export.csv?group=all&bom=false&q=${encodeURIComponent('owner:ben')}`);
    const [head, row, ...rest] = String(body).trimEnd().split('\r\n');
    expect(rest).toEqual([]);
    expect(row!.split(',')[head!.split(',').indexOf('owner')]).toBe('Ben Bor');
  });

  test('is counted as if nobody were asked for yet, and everything else as it is asked for', async () => {
    expect(await facet(ana, 'owner', 'owner:me')).toEqual({ me: 2, nobody: 3, 'Ben Bor': 1 });
    expect(await facet(ana, 'owner', 'owner:me "label 3"')).toEqual({ me: 0, nobody: 0, 'Ben Bor': 1 });
    expect(await facet(ana, 'team')).toEqual({ Payments: 1 });
    expect(await facet(ana, 'state', 'owner:me')).toEqual({ suspected: 2 });
  });

  test('is helped with: me, nobody, people and teams, with what is open of each', async () => {
    const { values } = (await ana.get('/api/search/values?field=owner')).body;
    const shown = values.map(({ value, count }: { value: string; count: number }) => `${value} ${count}`);
    expect(shown.slice(0, 2)).toEqual(['me 2', 'nobody 3']);
    expect(shown).toEqual(expect.arrayContaining(['Ben Bor 1', 'Payments 1']));
  });
});

describe('behind the wall', () => {
  test('whoever is outside sees neither the issue nor its owner, in no list, count, help or note', async () => {
    await give(ben, [7], eve.id);
    expect(await keys(ben, 'owner:eve')).toBe('LEGAL-7');
    expect(await facet(ben, 'compartment')).toEqual({ open: 6, legal: 1 });
    const { issues, notes, facets, counts } = await list(ana, 'owner:eve');
    expect([issues, notes[0].code, counts.emerging]).toEqual([[], 'unknown_value', 0]);
    expect(JSON.stringify([facets, (await list(ana)).facets])).not.toMatch(/Eve|legal/);
    expect(JSON.stringify((await ana.get('/api/search/values?field=owner&begun=e')).body)).not.toContain('Eve');
    expect(JSON.stringify((await ana.get('/api/owners')).body)).not.toMatch(/Eve|legal/);
    expect(await facet(ana, 'is')).toEqual({ unread: 0, followed: 0 });
  });

  test('an issue is given to nobody who may not see it, and nothing hidden can be given, followed or marked', async () => {
    expect(words(await give(ben, [1, 7], ana.id))).toEqual(['done', 'person.not_found']);
    expect(words(await give(ana, [7], ana.id))).toEqual(['issue.not_found']);
    for (const [path, body] of [
      ['following', { following: true }],
      ['seen', { seen: false }],
    ] as const) {
      expect((await ana.post(`/api/issues/bulk/${path}`, { issues: [id(7)], ...body })).body).toEqual({ issues: [] });
    }
    const { rows } = await house.owner.query(`select from issue_seen where issue_id = $1 and person_id = $2`, [
      id(7),
      ana.id,
    ]);
    expect(rows).toEqual([]);
  });

  test('those to whom something can be given are named with the compartments that both are in', async () => {
    const of = async (who: Caller) =>
      Object.fromEntries(
        (await who.get('/api/owners')).body.people.map((one: { name: string; compartments: string[] }) => [
          one.name,
          one.compartments,
        ]),
      );
    expect(await of(ben)).toMatchObject({ 'Ana Alba': ['open'], 'Ben Bor': ['legal', 'open'], 'Eve Etxe': ['legal'] });
    expect(await of(ana)).toMatchObject({ 'Ana Alba': ['open'], 'Ben Bor': ['open'] });
  });
});

describe('many given at once', () => {
  test('each by itself: who was faster keeps theirs, the others are told why', async () => {
    await house.owner.query(`update issues set version = 5 where number = 2 and compartment = 'open'`);
    const body = await give(ana, [1, 2, 3], ben.id);
    expect(words(body)).toEqual(['done', 'issue.changed_meanwhile', 'done']);
    expect(body.outcomes[0]).toEqual({ id: id(1), outcome: 'done', key: 'IS-1', version: 2 });
    expect((await owners()).slice(0, 3)).toEqual([ben.id, null, ben.id]);
  });

  test('is handed back to whom each belonged before, within a minute and by whoever gave it', async () => {
    await give(ana, [1], ben.id);
    await give(ana, [1], ana.id, 2);
    await give(ana, [2], ana.id);
    expect(words(await undo(ben, [2]))).toEqual(['issue.undo_over']);
    expect(words(await undo(ana, [1], 3))).toEqual(['done']);
    expect(words(await undo(ana, [2]))).toEqual(['done']);
    expect((await owners()).slice(0, 2)).toEqual([ben.id, null]);
    expect(words(await undo(ana, [2], 3))).toEqual(['issue.undo_over']);
    await give(ana, [3], ben.id);
    house.clock.advance(66_000);
    expect(words(await undo(ana, [3]))).toEqual(['issue.undo_over']);
  });

  test('a decision after it is taken back alone; the owner stays', async () => {
    await give(ana, [1], ben.id);
    await ana.post('/api/issues/bulk', { issues: seen([1], 2), move: { type: 'confirm' } });
    expect(words(await undo(ana, [1], 3))).toEqual(['done']);
    expect((await owners())[0]).toBe(ben.id);
    expect((await ana.get('/api/issues/IS-1')).body.state).toBe('suspected');
  });

  test('by two at once each issue has one of them', async () => {
    const [hers, his] = await Promise.all([give(ana, [1, 2, 3, 4], ana.id), give(ben, [4, 3, 2, 1], ben.id)]);
    expect([...words(hers), ...words(his)].filter((word) => word === 'done')).toHaveLength(4);
    expect((await owners()).slice(0, 4).every((owner) => owner === ana.id || owner === ben.id)).toBe(true);
  });

  test('needs the right to decide; following and marking need to be a person who reads', async () => {
    expect((await give(house.as('viewer'), [1], null)).code).toBe('access.not_allowed');
    const nobody = house.as({ name: 'Nora', can: ['signal.read'] });
    expect((await nobody.post('/api/issues/bulk/seen', { issues: [id(1)], seen: true })).body.code).toBe(
      'access.not_allowed',
    );
  });
});

describe('what is new to a reader', () => {
  const fresh = async (who: Caller): Promise<string> => keys(who, 'is:unread');

  test('is what others did since they looked, and not what they did themselves', async () => {
    await give(ana, [1, 2], ben.id);
    expect([await fresh(ana), await fresh(ben)]).toEqual(['', '1 2']);
    expect(await facet(ben, 'is')).toEqual({ unread: 2, followed: 0 });
    await ben.put(`/api/issues/${id(1)}/seen`);
    expect(await fresh(ben)).toBe('2');
    house.clock.advance(1_000);
    await ana.post(`/api/issues/${id(1)}/comments`, { text: 'look again' });
    expect(await fresh(ben)).toBe('1 2');
    expect((await list(ben)).issues.filter(({ news }: Listed) => news)).toHaveLength(2);
  });

  test('that somebody follows it is no news', async () => {
    await ana.post('/api/issues/bulk/following', { issues: [id(1)], following: true });
    expect(await fresh(ben)).toBe('');
  });

  test('what was marked as unread stays so until it is opened, and its comments are not unread again by that', async () => {
    await ben.put(`/api/issues/${id(1)}/following`, { following: true });
    house.clock.advance(1_000);
    await ana.post(`/api/issues/${id(1)}/comments`, { text: 'heard' });
    house.clock.advance(1_000);
    await ben.put(`/api/issues/${id(1)}/seen`);
    const mark = (of: boolean) => ben.post('/api/issues/bulk/seen', { issues: [id(1), id(2)], seen: of });
    expect((await mark(false)).body.issues).toHaveLength(2);
    expect(await fresh(ben)).toBe('1 2');
    expect((await list(ben, '"label 1"')).issues[0]).toMatchObject({ news: true, unread: 0 });
    await ben.put(`/api/issues/${id(1)}/seen`);
    expect(await fresh(ben)).toBe('2');
    expect((await mark(true)).body.issues).toEqual([id(2)]);
    expect([await fresh(ben), await fresh(ana)]).toEqual(['', '']);
  });

  test('is asked with all else, and every count beside the list goes by it', async () => {
    await give(ana, [1, 2, 7], ben.id);
    await ana.post('/api/issues/bulk', { issues: seen([3], 1), move: { type: 'confirm' } });
    await ben.put(`/api/issues/${id(2)}/following`, { following: true });
    expect(await keys(ben, 'is:unread owner:me')).toBe('1 2');
    expect(await facet(ben, 'owner', 'is:unread owner:me')).toMatchObject({ me: 2, nobody: 1 });
    expect(await facet(ben, 'state', 'is:unread state:confirmed')).toEqual({ suspected: 2, confirmed: 1 });
    expect(await facet(ben, 'team', 'is:unread')).toEqual({ Payments: 2 });
    expect(await facet(ben, 'is', 'is:unread')).toEqual({ unread: 3, followed: 1 });
    expect(await keys(ben, 'is:unread,followed')).toBe('1 2 3');
    expect(await keys(ben, '(is:unread is:followed) OR state:confirmed')).toBe('2 3');
    expect(await keys(ben, '-is:unread')).toBe('4 5 6 LEGAL-7');
    expect(await facet(ben, 'is', `id:${id(1)}`)).toEqual({ unread: 1, followed: 0 });
    expect(await keys(ana, 'is:unread')).toBe('');
  });

  test('whoever joined later is not told of what was before', async () => {
    await give(ana, [1], ben.id);
    house.clock.advance(1_000);
    const newcomer = house.as({ name: 'Nils', can: MAY });
    await newcomer.get('/api/session');
    await house.owner.query(`update people set created_at = $1 where id = $2`, [house.now(), newcomer.id]);
    expect(await fresh(newcomer)).toBe('');
    house.clock.advance(1_000);
    await give(ana, [2], ben.id);
    expect(await fresh(newcomer)).toBe('2');
  });
});

test('what one follows is asked, counted and changed by the dozen; what is so already is not said again', async () => {
  const follow = async (numbers: number[], following: boolean) =>
    (await ana.post('/api/issues/bulk/following', { issues: numbers.map(id), following })).body.issues.length;
  expect([await follow([1, 2], true), await follow([2, 3], true)]).toEqual([2, 1]);
  expect(await keys(ana, 'is:followed')).toBe('1 2 3');
  expect(await keys(ben, 'is:followed')).toBe('');
  expect(await follow([1, 4], false)).toBe(1);
  expect(await facet(ana, 'is', 'is:followed')).toEqual({ unread: 0, followed: 2 });
});

test('a list says why it found each, and the next page counts nothing again', async () => {
  const body = await list(ana, 'owner:nobody label', '&limit=2');
  expect(body.why).toHaveLength(2);
  expect(body.why[0]).toMatchObject({ marks: [{ in: 'title', at: [0, 5], asked: 'label' }], fields: ['owner:nobody'] });
  const further = await list(ana, 'owner:nobody label', `&limit=2&after=${body.next}`);
  expect([further.facets, further.why.length]).toEqual([[], 2]);
  expect((await list(ana)).why).toEqual([]);
});
