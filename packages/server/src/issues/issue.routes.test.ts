import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Caller, openHouse, type TestHouse } from '../../test/house.ts';
import { openLog } from '../platform/log.ts';
import { fixedId, giveSignals, sayings } from '../topics/grammar.fixture.ts';
import { openEngine } from '../topics/index.ts';
import { recountIssues, suspectIssue } from './issue.jobs.ts';

const DAY_MS = 86_400_000;
let house: TestHouse;
let ana: Caller;
let viewer: Caller;

/** A house in which the engine has just found one burst; nobody has reacted to it yet. */
beforeAll(async () => {
  house = await openHouse();
  ana = house.as('specialist');
  viewer = house.as('viewer');
  const start = new Date(house.now().getTime() - 12 * DAY_MS);
  const weeks = sayings({ seed: 1, start, days: 12, perDay: 40, burst: { day: 10, count: 40 } });
  await giveSignals(house, weeks, { source: 'feedback' });
  await openEngine({ ...house.tools, log: openLog('silent') }).drain();
});
afterAll(() => house.close());

const rows = async (query: string, values: unknown[] = []) => (await house.owner.query(query, values)).rows;
const read = async (ref: string) => (await ana.get(`/api/issues/${ref}`)).body;
const named = async (name: string) => (await house.events()).filter((event) => event.name === name);

/** A further alert like the first, and its event: what the engine does when it sees another surge. */
async function givenAlert(name: string, { topic, at }: { topic?: string; at?: Date } = {}): Promise<string> {
  const id = fixedId(`alert ${name}`);
  if (topic) {
    await house.owner.query(
      `insert into topics select (jsonb_populate_record(t, jsonb_build_object('id', $1::text, 'group_name', $1::text, 'label', $2::text))).*
         from topics t order by first_at, id limit 1 on conflict do nothing`,
      [fixedId(`topic ${topic}`), topic],
    );
  }
  await house.owner.query(
    `insert into alerts select (jsonb_populate_record(a, jsonb_build_object('id', $1::text, 'topic_id', coalesce($2, a.topic_id), 'at', coalesce($3, a.at)))).*
       from alerts a order by a.at, a.id limit 1`,
    [id, topic ? fixedId(`topic ${topic}`) : null, at ?? null],
  );
  return givenEvent(id);
}

async function givenEvent(alertId: string): Promise<string> {
  const [event] = await rows(
    `insert into events (at, actor, name, subject_kind, subject_id, compartment, salt_hash)
     values ($1, 'system.engine', 'alert.raised', 'alert', $2, 'open', '') returning id`,
    [house.now(), alertId],
  );
  await house.owner.query(`insert into event_payloads values ($1, 'open', '', '{}')`, [event.id]);
  return event.id;
}

test('two surges of one topic heard at once, twice each, make one issue; numbers have no gap', async () => {
  const [first] = await named('alert.raised');
  const same = await givenAlert('same topic', { at: new Date('2026-02-20') });
  const other = await givenAlert('another', { topic: 'a quiet one' });
  await house.owner.query(`insert into issue_numbers (compartment) values ('open')`); // as if there had been others before
  const hear = (eventId: string) => suspectIssue.run(house.tools, { eventId });

  // All are let go at one moment: whoever looks before it holds the numbers has looked too early.
  const gate = await house.owner.connect();
  await gate.query('begin; select from issue_numbers for update');
  const heard = Promise.all([first!.id, same, first!.id, same, other, other].map(hear));
  await sleep(500);
  await gate.query('commit');
  gate.release();
  await heard;
  await house.drainJobs();

  const issues = await rows('select number, state, version from issues order by number');
  expect(issues.map(({ number }) => number)).toEqual([1, 2]);
  expect(issues.every(({ state }) => state === 'suspected')).toBe(true);
  expect(await named('issue.suspected')).toHaveLength(2);
  await house.owner.query(`delete from issues where label = 'a quiet one'`);
  await house.owner.query('update issues set number = 1');
  await house.owner.query('update issue_numbers set next_number = 2');
  const [real] = await rows(`select id from alerts where not id = $1 order by at desc limit 1`, [
    fixedId('alert another'),
  ]);
  await house.owner.query('update issues set alert_id = $1, noticed_at = (select at from alerts where id = $1)', [
    real.id,
  ]);
});

test('an issue says what it is about, since when, how many, against what was expected, where, and in whose words', async () => {
  const { status, body } = await ana.get('/api/issues/is-1');

  expect(status).toBe(200);
  expect(body).toMatchObject({
    key: 'IS-1',
    compartment: 'open',
    state: 'suspected',
    historical: false,
    renamed: false,
    surge: { pattern: 'new' },
    can: ['confirm', 'dismiss', 'rename'],
    budget: { falseAlertsPerWeek: 1 },
    sources: [{ name: 'feedback', signals: body.signals }],
  });
  expect(body.signals).toBeGreaterThanOrEqual(36);
  expect(body.people).toBeGreaterThanOrEqual(36);
  expect(body.surge).toMatchObject({ ratio: null, low: 0 }); // hardly one was expected: new, not "so many times"
  expect(body.surge.observed).toBeGreaterThan(20);
  expect(body.medoid.text).toContain('ninety nine');
  expect(body.medoid.topic).toMatchObject({ id: body.topicId, issueKey: 'IS-1' });
  expect(body.typical.length).toBe(5);
  expect(body.newest.length).toBe(5);
  expect(new Date(body.newest[0].at) >= new Date(body.newest[4].at)).toBe(true);
  expect(body.where.here[0]).toMatchObject({ dimension: 'version', value: '31.2', stands: true });
  expect(body.where.notHere.map(({ value }: { value: string }) => value)).toContain('31.0');
  expect(body.spark).toHaveLength(14);
  const points: { count: number; high: number }[] = body.series.points;
  expect(points.reduce((sum, { count }) => sum + count, 0)).toBe(body.signals);
  expect(Math.max(...points.map(({ count, high }) => count - high))).toBeGreaterThan(0);
  expect(body.history.map(({ name, actor }: { name: string; actor: null }) => [name, actor])[0]).toEqual([
    'issue.suspected',
    null,
  ]);
  expect((await ana.get(`/api/issues/${body.id}`)).body).toEqual(body);
});

test('somebody who may only look is shown no moves and refused them', async () => {
  const { body } = await viewer.get('/api/issues');
  expect(body.issues[0].can).toEqual([]);
  const move = await viewer.post('/api/issues/IS-1/moves', { version: 1, move: { type: 'confirm' } });
  expect([move.status, move.body.code]).toEqual([403, 'access.not_allowed']);
  expect((await viewer.post('/api/issues/IS-1/title', { version: 1, title: 'x' })).status).toBe(403);
});

describe('deciding', () => {
  const move = async (what: object, version?: number) => {
    const seen = version ?? (await read('IS-1')).version;
    return ana.post('/api/issues/IS-1/moves', { version: seen, move: what });
  };

  test('of two people who saw the same version, the second is told and nothing of theirs is kept', async () => {
    const { version } = await read('IS-1');
    const replies = await Promise.all([
      move({ type: 'confirm' }, version),
      move({ type: 'dismiss', reason: 'spam' }, version),
    ]);

    expect(replies.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(await named('issue.moved')).toHaveLength(1);
    await house.owner.query(`update issues set state = 'suspected', dismiss_reason = null, version = version + 1`);
  });

  test('a dismissal needs a reason, is told to the engine, and counts against it', async () => {
    const bare = await move({ type: 'dismiss', reason: 'other' });
    expect([bare.status, bare.body.code]).toEqual([400, 'issue.reason_missing']);
    expect((await move({ type: 'dismiss' })).status).toBe(400);

    house.clock.advance(1000);
    const done = await move({ type: 'dismiss', reason: 'false_alert', note: 'a school class' });

    expect(done.body).toMatchObject({ state: 'dismissed', can: ['reopen', 'rename'] });
    expect(await read('IS-1')).toMatchObject({ note: 'a school class', dismissReason: 'false_alert' });
    const [entry] = await rows('select kind, body from engine_log order by position desc limit 1');
    expect(entry).toEqual({ kind: 'dismiss', body: { topic: (await read('IS-1')).topicId } });
    expect((await ana.get('/api/detection')).body.streams[0]).toMatchObject({ dismissedAsFalse: 1, can: [] });
    const last = (await read('IS-1')).history.at(-1);
    expect(last).toMatchObject({
      name: 'issue.moved',
      payload: { from: 'suspected', to: 'dismissed', reason: 'false_alert' },
    });
  });

  test('what cannot be done now is refused in words', async () => {
    const refused = await move({ type: 'confirm' });
    expect([refused.status, refused.body.code]).toEqual([409, 'issue.wrong_state']);
  });

  test('a dismissed issue stays dismissed until its topic surges anew', async () => {
    const [known] = await named('alert.raised');
    await suspectIssue.run(house.tools, { eventId: known!.id });
    expect(await read('IS-1')).toMatchObject({ state: 'dismissed' });

    const again = await givenAlert('again', { at: new Date(house.now().getTime() - 1000) });
    await suspectIssue.run(house.tools, { eventId: again });
    await suspectIssue.run(house.tools, { eventId: again });

    expect(await read('IS-1')).toMatchObject({ state: 'suspected', dismissReason: null, note: null });
    const back = (await named('issue.moved')).filter(({ actor }) => actor === 'system.reactions');
    expect(back.map(({ payload }) => payload)).toEqual([{ from: 'dismissed', to: 'suspected' }]);
  });

  test('a person may name it, and the name is found and kept', async () => {
    const { version } = await read('IS-1');
    const stale = await ana.post('/api/issues/IS-1/title', { version: version - 1, title: 'Uploads' });
    expect(stale.body.code).toBe('issue.changed_meanwhile');

    const { body } = await ana.post('/api/issues/IS-1/title', { version, title: '  Uploads stop at 99 %  ' });

    expect(body).toMatchObject({ title: 'Uploads stop at 99 %', renamed: true, version: version + 1 });
    const find = async (q: string) => (await ana.get(`/api/issues?q=${encodeURIComponent(q)}`)).body.issues.length;
    expect([await find('99 %'), await find('uploads IS-1'), await find('100 %'), await find('_')]).toEqual([
      1, 1, 0, 0,
    ]);
    expect([
      await find('compartment:open'),
      await find('compartment:open uploads'),
      await find('is:unread IS-1'),
    ]).toEqual([1, 1, 1]);
  });
});

test('numbers follow when the topic grows, and only then', async () => {
  await house.owner.query(`update issues set signals = 0, counted_at = '2020-01-01'`);
  await recountIssues.run(house.tools, {});
  const { signals } = (await ana.get('/api/issues')).body.issues[0];
  expect(signals).toBeGreaterThanOrEqual(36);

  house.clock.advance(60_000);
  await recountIssues.run(house.tools, {});
  await house.owner.query(`update issues set signals = 7`);
  house.clock.advance(60_000);
  await recountIssues.run(house.tools, {});
  expect((await ana.get('/api/issues')).body.issues[0].signals).toBe(7);
});

test('an issue that is hidden, absent or no issue at all gets the same answer', async () => {
  await house.givenCompartment('legal');
  await house.owner.query(`update issues set compartment = 'legal'`);
  await house.owner.query(`update alerts set compartment = 'legal'`);
  const [{ id }] = await rows('select id from issues');
  const answers = [];
  for (const ref of [id, 'IS-LEGAL-1', house.unusedId, 'IS-99', 'nonsense']) {
    const { status, body } = await ana.get(`/api/issues/${ref}`);
    answers.push({ status, ...body, requestId: null });
  }
  await house.owner.query(`update issues set compartment = 'open'`);
  await house.owner.query(`update alerts set compartment = 'open'`);

  expect(answers[0]).toMatchObject({ status: 404, code: 'issue.not_found' });
  for (const answer of answers) expect(answer).toEqual(answers[0]);
});
