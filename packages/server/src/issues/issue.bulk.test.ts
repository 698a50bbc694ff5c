/** Many issues at once: each by itself, against what was seen of it, and taken back within a minute. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Caller, openHouse, type TestHouse } from '../../test/house.ts';
import { fixedId } from '../topics/grammar.fixture.ts';

let house: TestHouse;
let ana: Caller;
let ben: Caller;
const COUNT = 6;

beforeAll(async () => {
  house = await openHouse();
  ana = house.as('specialist');
  ben = house.as('lead');
  await house.givenCompartment('legal');
  for (let i = 0; i < COUNT; i++) await givenIssue(i, i === COUNT - 1 ? 'legal' : 'open');
});
afterAll(() => house.close());
beforeEach(async () => {
  await house.owner.query(`update issues set state = 'suspected', version = 1, dismiss_reason = null, note = null`);
});

async function givenIssue(i: number, compartment: string): Promise<void> {
  const [run, topic, alert, id] = [`run ${compartment}`, `topic ${i}`, `alert ${i}`, `issue ${i}`].map(fixedId);
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
    [id, i + 1, topic, alert, at, compartment, `label ${i}`],
  );
}

const seen = (numbers: readonly number[], version = 1) => numbers.map((i) => ({ id: fixedId(`issue ${i}`), version }));
const bulk = async (who: Caller, issues: object[], move: object = { type: 'confirm' }) =>
  (await who.post('/api/issues/bulk', { issues, move })).body;
const undo = async (who: Caller, issues: object[]) => (await who.post('/api/issues/bulk/undo', { issues })).body;
const states = async () =>
  (await house.owner.query<{ state: string }>('select state from issues order by number')).rows.map(
    ({ state }) => state,
  );
const words = (body: { outcomes: { outcome: string; code?: string }[] }) =>
  body.outcomes.map(({ outcome, code }) => code ?? outcome);

describe('a move on many', () => {
  test('is done on each that can be moved; the others say why, in the order in which they were given', async () => {
    await house.owner.query(`update issues set state = 'dismissed' where number = 2 and compartment = 'open'`);
    await house.owner.query(`update issues set version = 5 where number = 3 and compartment = 'open'`);
    const body = await bulk(ana, seen([0, 1, 2, 3, 5]));
    expect(words(body)).toEqual(['done', 'issue.wrong_state', 'issue.changed_meanwhile', 'done', 'issue.not_found']);
    expect(body.outcomes[0]).toEqual({ id: fixedId('issue 0'), outcome: 'done', key: 'IS-1', version: 2 });
    expect(body.outcomes[1].message).toContain('only a suspected one can be confirmed');
    expect((await states()).slice(0, 5)).toEqual(['confirmed', 'dismissed', 'suspected', 'confirmed', 'suspected']);
  });

  test('is recorded one by one, with the reason where there is one', async () => {
    const before = (await house.events()).length;
    await bulk(ana, seen([0, 1]), { type: 'dismiss', reason: 'spam' });
    const events = (await house.events()).slice(before).filter(({ name }) => name === 'issue.moved');
    expect(events.map(({ actor, payload }) => [actor, payload])).toEqual([
      [ana.id, { from: 'suspected', to: 'dismissed', reason: 'spam' }],
      [ana.id, { from: 'suspected', to: 'dismissed', reason: 'spam' }],
    ]);
  });

  test('of two people at once is done once: each issue has one winner', async () => {
    const all = seen([0, 1, 2, 3, 4]);
    const [hers, his] = await Promise.all([
      bulk(ana, all),
      bulk(ben, all.toReversed(), { type: 'dismiss', reason: 'spam' }),
    ]);
    const done = [...words(hers), ...words(his)].filter((word) => word === 'done');
    expect(done).toHaveLength(5);
    expect((await states()).slice(0, 5).every((state) => state === 'confirmed' || state === 'dismissed')).toBe(true);
  });

  test('named twice is moved once', async () => {
    expect(words(await bulk(ana, seen([0, 0])))).toEqual(['done', 'issue.wrong_state']);
  });

  test('needs the right, and takes no more than 200', async () => {
    expect((await bulk(house.as('viewer'), seen([0]))).code).toBe('access.not_allowed');
    const many = Array.from({ length: 201 }, () => seen([0])[0]!);
    expect((await bulk(ana, many)).code).toBe('request.invalid');
    expect((await bulk(ana, [])).code).toBe('request.invalid');
  });
});

describe('taken back', () => {
  test('each stands where it stood, and the history says so', async () => {
    await bulk(ana, seen([0, 1]), { type: 'dismiss', reason: 'other', note: 'a slip' });
    expect(words(await undo(ana, seen([0, 1], 2)))).toEqual(['done', 'done']);
    expect((await states()).slice(0, 2)).toEqual(['suspected', 'suspected']);
    const { body } = await ana.get(`/api/issues/IS-1`);
    expect([body.note, body.dismissReason, body.version]).toEqual([null, null, 3]);
    expect(body.history.at(-1)).toMatchObject({
      name: 'issue.moved',
      actor: 'specialist',
      payload: { from: 'dismissed', to: 'suspected', undone: true },
    });
  });

  test('not by another person, not twice, not after somebody else decided, not after its minute', async () => {
    await bulk(ana, seen([0, 1, 2, 3]));
    expect(words(await undo(ben, seen([0], 2)))).toEqual(['issue.undo_over']);
    expect(words(await undo(ana, seen([0], 2)))).toEqual(['done']);
    expect(words(await undo(ana, seen([0], 3)))).toEqual(['issue.undo_over']);
    await bulk(ben, seen([1], 2), { type: 'dismiss', reason: 'spam' });
    expect(words(await undo(ana, seen([1], 2)))).toEqual(['issue.undo_over']);
    await ana.post(`/api/issues/${fixedId('issue 2')}/title`, { version: 2, title: 'renamed since' });
    expect(words(await undo(ana, seen([2], 2)))).toEqual(['issue.changed_meanwhile']);
    house.clock.advance(66_000);
    expect(words(await undo(ana, seen([3], 2)))).toEqual(['issue.undo_over']);
    expect((await states()).slice(0, 4)).toEqual(['suspected', 'dismissed', 'confirmed', 'confirmed']);
  });

  test('at the same moment twice is done once', async () => {
    await bulk(ana, seen([0]));
    const both = await Promise.all([undo(ana, seen([0], 2)), undo(ana, seen([0], 2))]);
    expect(both.flatMap(words).sort()).toEqual(['done', expect.stringMatching(/^issue\./)]);
  });

  test('a reopening is not: what it had been is not known any more', async () => {
    await bulk(ana, seen([0]), { type: 'dismiss', reason: 'spam' });
    await bulk(ana, seen([0], 2), { type: 'reopen' });
    expect(words(await undo(ana, seen([0], 3)))).toEqual(['issue.undo_over']);
    expect((await states())[0]).toBe('suspected');
  });
});
