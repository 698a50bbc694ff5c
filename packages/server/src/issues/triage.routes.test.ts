import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Caller, TestHouse } from '../../test/house.ts';
import { grow, members, readAgain, troubledHouse, work } from '../../test/troubled-house.ts';

let house: TestHouse;
let ana: Caller;
let viewer: Caller;
let cards: string;
let uploads: string;
beforeAll(async () => {
  house = await troubledHouse();
  ana = house.as('specialist');
  viewer = house.as('viewer');
  const { issues } = (await ana.get('/api/issues')).body;
  const called = (word: string) => issues.find(({ title }: { title: string }) => title.includes(word)).key;
  cards = called('card');
  uploads = called('nine');
});
afterAll(() => house.close());

const read = async (key: string) => (await ana.get(`/api/issues/${key}`)).body;
const triage = async (key: string) => (await ana.get(`/api/issues/${key}/triage`)).body;
const merge = async (from: string, into: string, who = ana) =>
  who.post(`/api/issues/${from}/merge`, { version: (await read(from)).version, into });
const undo = (id: string) => ana.post(`/api/triage/${id}/undo`);
const told = async (key: string) => {
  const { history } = await read(key);
  return history.map(({ name }: { name: string }) => name);
};
const pairs = async () =>
  (await house.owner.query('select kind, withdrawn_at is not null as gone from topic_pairs order by at, kind')).rows;

describe('a merge', () => {
  let act: string;
  let before: { cards: number; uploads: number };

  test('tells the signals of one under the other, and the first becomes a duplicate that says where they are', async () => {
    before = { cards: (await read(cards)).signals, uploads: (await read(uploads)).signals };
    const reply = await merge(cards, uploads);

    expect(reply.status).toBe(200);
    act = reply.body.act.id;
    expect(reply.body).toMatchObject({ issue: { key: uploads }, act: { kind: 'merge', signals: before.cards } });
    expect(await read(cards)).toMatchObject({ state: 'duplicate', duplicateOf: uploads, can: ['rename'] });
    expect((await read(uploads)).signals).toBe(before.cards + before.uploads);
    expect((await read(uploads)).series.points.reduce((n: number, p: { count: number }) => n + p.count, 0)).toBe(
      before.cards + before.uploads,
    );
    expect(await told(cards)).toContain('issue.merged');
    expect(await told(uploads)).toContain('issue.took_in');
    expect((await read(uploads)).history.find(({ name }: { name: string }) => name === 'issue.took_in')).toMatchObject({
      actor: 'specialist',
      payload: { key: cards, signals: before.cards },
    });
    expect(await pairs()).toEqual([{ kind: 'must_link', gone: false }]);
  });

  test('leads who asks for the older topic to what it was merged into', async () => {
    const { topicId } = await read(cards);
    const { body } = await ana.get(`/api/signals/summary?topic=${topicId}`);
    expect(body.total).toBe(before.cards + before.uploads);
  });

  test('holds for what comes later: the duplicate stays one, however much its subject grows', async () => {
    await grow(house, 'cards', 20);
    expect(await read(cards)).toMatchObject({ state: 'duplicate' });
    expect((await read(uploads)).signals).toBeGreaterThanOrEqual(before.cards + before.uploads + 18);
    expect((await ana.get('/api/issues?group=all')).body.issues).toHaveLength(2);
  });

  test('is not got round by reopening the duplicate, and nothing is merged into a duplicate or into itself', async () => {
    const { version } = await read(cards);
    const reopen = await ana.post(`/api/issues/${cards}/moves`, { version, move: { type: 'reopen' } });
    expect([reopen.status, reopen.body.code]).toEqual([409, 'issue.merged']);
    expect((await merge(uploads, cards)).body.code).toBe('issue.not_mergeable');
    expect((await merge(uploads, uploads)).body.code).toBe('issue.not_mergeable');
  });

  test('is taken back after growth and a restart: each gets back what is its own, and where it stood before', async () => {
    const total = (await read(uploads)).signals;
    const reply = await undo(act);
    expect(reply.status).toBe(200);
    await work(house);
    expect(await read(cards)).toMatchObject({ state: 'suspected', duplicateOf: null });
    expect((await read(cards)).signals).toBeGreaterThan(before.cards + 15);
    expect((await read(cards)).signals + (await read(uploads)).signals).toBe(total);
    expect(await told(cards)).toContain('issue.unmerged');
    expect(await told(uploads)).toContain('issue.gave_back');
    expect(await pairs()).toEqual([{ kind: 'must_link', gone: true }]);

    const again = await undo(act);
    expect([again.status, again.body.code, again.body.details.why]).toEqual([409, 'triage.undo_over', 'undone']);
  });

  test('of two at once in a circle, one is made and the other is told why not', async () => {
    const [one, other] = [(await read(cards)).version, (await read(uploads)).version];
    const replies = await Promise.all([
      ana.post(`/api/issues/${cards}/merge`, { version: one, into: uploads }),
      ana.post(`/api/issues/${uploads}/merge`, { version: other, into: cards }),
    ]);
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 409]);
    const made = replies.find(({ status }) => status === 200)!.body.act.id;
    const { rows } = await house.owner.query('select count(*)::int as n from topics where merged_into is not null');
    expect(rows[0].n).toBe(1);
    expect((await undo(made)).status).toBe(200);
  });
});

describe('a split', () => {
  let fresh: { key: string; id: string };
  let act: string;

  test('by slice makes an issue of its own, with what is known of it already', async () => {
    const whole = await read(uploads);
    const what = { slice: { country: 'JP' } };
    const reply = await ana.post(`/api/issues/${uploads}/split`, { version: whole.version, title: 'In Japan', what });
    expect(reply.status).toBe(200);
    fresh = reply.body.issue;
    act = reply.body.act.id;
    expect(fresh).toMatchObject({ key: 'IS-3', title: 'In Japan', state: 'suspected', renamed: true });
    const part = await read(fresh.key);
    expect(part.signals).toBeGreaterThan(3);
    expect(part.signals + (await read(uploads)).signals).toBe(whole.signals);
    expect(
      part.typical.every(({ dimensions }: { dimensions: { country: string } }) => dimensions.country === 'JP'),
    ).toBe(true);
    expect(await told(fresh.key)).toEqual(['issue.split_off']);
    expect(await told(uploads)).toContain('issue.split');
    expect((await pairs()).filter(({ kind }) => kind === 'cannot_link').length).toBe(part.signals);
  });

  test('is what the engine reads too: nothing moves back, and its part of the surge has its own alert', async () => {
    const before = await members(house);
    await work(house);
    expect(await members(house)).toEqual(before);
    expect((await ana.get('/api/issues?group=all')).body.issues).toHaveLength(3);
  });

  test('of everything, of nothing, or of what somebody has moved is refused with the reason', async () => {
    const { version, newest } = await read(uploads);
    const split = (what: object) => ana.post(`/api/issues/${uploads}/split`, { version, title: 'x', what });
    const elsewhere = (await read(fresh.key)).newest[0].id;
    for (const what of [{ slice: { country: 'nowhere' } }, { signals: [elsewhere, newest[0].id] }]) {
      expect((await split(what)).body.code).toBe('issue.not_divisible');
    }
    const all = (await ana.get(`/api/signals?topic=${(await read(fresh.key)).topicId}&limit=200`)).body.signals;
    const { version: now } = await read(fresh.key);
    const whole = { version: now, title: 'x', what: { signals: all.map(({ id }: { id: string }) => id) } };
    expect((await ana.post(`/api/issues/${fresh.key}/split`, whole)).body.code).toBe('issue.not_divisible');
  });

  test('is taken back by leading the new one to the old, with all that has come to it', async () => {
    const total = (await read(uploads)).signals + (await read(fresh.key)).signals;
    expect((await undo(act)).status).toBe(200);
    await work(house);
    expect(await read(fresh.key)).toMatchObject({ state: 'duplicate', duplicateOf: uploads });
    expect((await read(uploads)).signals).toBe(total);
  });
});

describe('moving signals', () => {
  test('into another issue and back, and into none, where they stay', async () => {
    const [from, into] = [await read(uploads), await read(cards)];
    const signals = from.newest.slice(0, 3).map(({ id }: { id: string }) => id);
    const reply = await ana.post('/api/signal-moves', { signals, into: cards });
    expect(reply.status).toBe(200);
    expect((await read(cards)).signals).toBe(into.signals + 3);
    expect((await read(uploads)).signals).toBe(from.signals - 3);
    expect(await told(uploads)).toContain('issue.signals_left');
    const act = (await triage(uploads)).acts.find(({ kind }: { kind: string }) => kind === 'move');
    expect(act).toMatchObject({ other: { key: cards }, trouble: null });

    const none = await ana.post('/api/signal-moves', { signals: [signals[0]], into: null });
    await grow(house, 'uploads', 12);
    const { rows } = await house.owner.query('select topic_id from topic_signals where signal_id = $1', [signals[0]]);
    expect(rows).toEqual([{ topic_id: null }]);

    const back = await undo(reply.body.act.id);
    expect(back.body).toMatchObject({ stay: 1 });
    expect((await read(cards)).signals).toBe(into.signals);
    expect((await undo(none.body.act.id)).status).toBe(200); // to where it was before that: with the cards
    const where = await house.owner.query('select topic_id from topic_signals where signal_id = any($1)', [signals]);
    expect(where.rows.map(({ topic_id }) => topic_id).sort()).toEqual(
      [into.topicId, from.topicId, from.topicId].sort(),
    );
  });

  test('what another has moved since cannot be taken back, and says so', async () => {
    const [signal] = (await read(uploads)).newest;
    const first = await ana.post('/api/signal-moves', { signals: [signal.id], into: cards });
    await ana.post('/api/signal-moves', { signals: [signal.id], into: null });
    const reply = await undo(first.body.act.id);
    expect([reply.body.code, reply.body.details.why]).toEqual(['triage.undo_over', 'moved_since']);
  });

  test('of what is not there, or already there, is refused', async () => {
    const [signal] = (await read(cards)).newest;
    expect((await ana.post('/api/signal-moves', { signals: [house.unusedId], into: cards })).body.code).toBe(
      'signal.not_found',
    );
    expect((await ana.post('/api/signal-moves', { signals: [signal.id], into: cards })).status).toBe(409);
  });

  test('while the issue is divided, each signal ends where the later of the two put it, and none is lost', async () => {
    const before = await read(uploads);
    const ids = before.newest.slice(0, 4).map(({ id }: { id: string }) => id);
    const [split, move] = await Promise.all([
      ana.post(`/api/issues/${uploads}/split`, { version: before.version, title: 'Part', what: { signals: ids } }),
      ana.post('/api/signal-moves', { signals: ids.slice(0, 2), into: cards }),
    ]);
    expect(move!.status).toBe(200);
    expect([200, 409]).toContain(split!.status);
    const { rows } = await house.owner.query(
      'select count(*)::int as n from topic_signals where signal_id = any($1) and topic_id is not null',
      [ids],
    );
    expect(rows[0].n).toBe(4);
  });
});

test('two issues are linked once in one way, and the link is taken back', async () => {
  const reply = await ana.post(`/api/issues/${cards}/links`, { to: uploads, kind: 'caused_by' });
  expect(reply.body.act).toMatchObject({
    kind: 'link',
    link: 'caused_by',
    issue: { key: cards },
    other: { key: uploads },
  });
  expect((await ana.post(`/api/issues/${uploads}/links`, { to: cards, kind: 'caused_by' })).body.code).toBe(
    'issue.linked_already',
  );
  expect(await told(uploads)).toContain('issue.linked');
  expect((await undo(reply.body.act.id)).status).toBe(200);
  expect((await ana.post(`/api/issues/${cards}/links`, { to: uploads, kind: 'caused_by' })).status).toBe(200);
});

test('an engine that remembers nothing reads the log again and says the same of every signal', async () => {
  const { body } = await merge(cards, uploads);
  await grow(house, 'cards', 8);
  await undo(body.act.id);
  await work(house);
  const before = await members(house);
  await readAgain(house);
  expect(await members(house)).toEqual(before);
});

test('who may not decide, or is not in the compartment, changes nothing and learns nothing', async () => {
  const { version } = await read(cards);
  expect((await viewer.post(`/api/issues/${cards}/merge`, { version, into: uploads })).status).toBe(403);
  expect((await viewer.get(`/api/issues/${cards}/triage`)).body.can).toEqual(['follow']);
  const outsider = house.as({ compartments: ['legal'], can: ['issue.read', 'issue.decide', 'signal.read'] });
  expect((await outsider.post(`/api/issues/${cards}/merge`, { version, into: uploads })).status).toBe(404);
  const act = (await triage(cards)).acts[0].id;
  expect((await outsider.post(`/api/triage/${act}/undo`)).status).toBe(404);
});

test('across compartments nothing is put together, whoever asks', async () => {
  await house.givenCompartment('legal');
  const { topicId } = await read(cards);
  const copy = (table: string, over: string) =>
    house.owner.query(
      `insert into ${table} select (jsonb_populate_record(x, '${over}'::jsonb)).* from ${table} x where ${table === 'topics' ? `id = '${topicId}'` : `topic_id = '${topicId}'`} limit 1`,
    );
  const other = house.unusedId;
  await copy('topics', `{"id": "${other}", "compartment": "legal", "group_name": "legal"}`);
  await copy('issues', `{"id": "${other}", "compartment": "legal", "topic_id": "${other}", "number": 1}`);
  const both = house.as({ compartments: ['open', 'legal'], can: ['issue.read', 'issue.decide', 'signal.read'] });
  const { version, newest } = (await both.get(`/api/issues/${cards}`)).body;
  for (const reply of [
    await both.post(`/api/issues/${cards}/merge`, { version, into: 'IS-LEGAL-1' }),
    await both.post('/api/issues/IS-LEGAL-1/merge', { version, into: cards }),
    await both.post(`/api/issues/${cards}/links`, { to: 'IS-LEGAL-1', kind: 'related' }),
    await both.post('/api/signal-moves', { signals: [newest[0].id], into: 'IS-LEGAL-1' }),
  ]) {
    expect([reply.status, reply.body.code]).toEqual([409, 'issue.other_compartment']);
  }
});
