import { type ClockEvent, type ClockState, compileCalendar, replay } from '@groundswell/analytics';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Caller, openHouse, type TestHouse } from '../../test/house.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** A Monday, when the working hours of the house begin. */
const MONDAY = new Date('2026-03-02T09:00:00.000Z');

let house: TestHouse;
let ana: Caller;
let lead: Caller;
let counsel: Caller;
beforeAll(async () => {
  house = await openHouse();
  [ana, lead] = [house.as('specialist'), house.as('lead')];
  await house.givenCompartment('legal');
  counsel = house.as({ name: 'counsel', compartments: ['legal'], can: [...lead.can] });
  for (const who of [ana, lead, counsel]) await who.get('/api/session');
}, 120_000);
afterAll(() => house.close());

const REQUESTER = { kind: 'support_agent', name: 'Desk 4' };
const open = async (said: object = {}, who = ana) => {
  house.clock.set(MONDAY);
  const { status, body } = await who.post('/api/cases', { kind: 'escalation', requester: REQUESTER, ...said });
  expect(status, JSON.stringify(body)).toBe(200);
  return body;
};
const read = async (id: string, who = ana) => (await who.get(`/api/cases/${id}`)).body;
const ok = async (reply: ReturnType<Caller['get']>) => {
  const { status, body } = await reply;
  expect(status, JSON.stringify(body)).toBe(200);
  return body;
};
const move = async (id: string, said: object, who = ana) =>
  ok(who.post(`/api/cases/${id}/moves`, { version: (await read(id, who)).version, move: said }));
const decide = async (id: string, priority: string) =>
  ok(ana.put(`/api/cases/${id}/priority`, { version: (await read(id)).version, priority, reason: 'decided' }));
const clocks = async (id: string, who = ana) => (await ok(who.get(`/api/cases/${id}/clocks`))).clocks;
const clock = async (id: string, metric: string, track = 'house') =>
  (await clocks(id)).findLast((one: { metric: string; track: string }) => one.metric === metric && one.track === track);
const after = (minutes: number) => house.clock.set(new Date(MONDAY.getTime() + minutes * MINUTE));
const iso = (minutes: number) => new Date(MONDAY.getTime() + minutes * MINUTE).toISOString();

/** Written, and let go once it may no longer be taken back. */
const answer = async (id: string) => {
  await ok(ana.post(`/api/cases/${id}/messages`, { text: 'We are looking at it.' }));
  house.clock.advance(11_000);
  await house.owner.query(`update graphile_worker._private_jobs set run_at = now()`);
  await house.drainJobs();
};

test('from opening to reopening each verb moves the clocks that it should, and the row shows what runs out first', async () => {
  const { id, version, clock: first } = await open();
  expect(first).toEqual({
    ...{ metric: 'acknowledge', track: 'house', dueAt: iso(480), phase: 'running', counting: true },
    ...{ targetMs: 8 * HOUR, remainingMs: 8 * HOUR, breached: false, share: 0 },
  });
  after(60);
  await ok(ana.put(`/api/cases/${id}/owner`, { version, owner: ana.id }));
  expect(await clock(id, 'acknowledge')).toMatchObject({ phase: 'fulfilled', spentMs: HOUR, met: true });
  expect((await read(id)).clock).toMatchObject({ metric: 'first_answer', remainingMs: 15 * HOUR });
  await answer(id);
  expect(await clock(id, 'first_answer')).toMatchObject({ phase: 'fulfilled', met: true, endedAt: iso(60 + 11 / 60) });
  after(120);
  await ok(ana.post(`/api/cases/${id}/replies`, { text: 'And now?' }));
  expect(await clock(id, 'next_answer')).toMatchObject({ phase: 'running', startedAt: iso(120), targetMs: 16 * HOUR });
  await move(id, { type: 'start' });
  await move(id, { type: 'wait', for: 'partner' });
  expect(await clock(id, 'handling')).toMatchObject({ phase: 'paused', pausedBecause: 'partner', counting: false });
  expect(await clock(id, 'next_answer')).toMatchObject({ phase: 'running' });
  await move(id, { type: 'resume' });
  const { version: seen } = await read(id);
  expect((await ok(ana.get(`/api/cases/${id}/clocks`))).can).toEqual(['contain']);
  const contained = await ok(ana.post(`/api/cases/${id}/contained`, { version: seen }));
  expect(contained.can).toEqual([]);
  expect(await clock(id, 'containment')).toMatchObject({ phase: 'fulfilled', met: true });
  await move(id, { type: 'resolve', outcome: 'fixed', told: { untold: 'nobody_asked' } });
  expect((await read(id)).clock).toBeNull();
  expect(await clock(id, 'resolution')).toMatchObject({ phase: 'fulfilled', met: null, policy: null });
  after(600);
  await move(id, { type: 'reopen' });
  const twice = (await clocks(id)).filter(({ metric }: { metric: string }) => metric === 'acknowledge');
  expect(twice.map(({ key, phase }: { key: string; phase: string }) => [key, phase])).toEqual([
    ['acknowledge/house/2', 'running'],
    ['acknowledge/house/1', 'fulfilled'],
  ]);
});

test('a question has a clock of its own, by the time that its partner was given, and by a later one', async () => {
  const { id } = await open();
  const ask = await ok(ana.post(`/api/cases/${id}/asks`, { partner: 'Bank', question: 'Paid?', dueAt: iso(240) }));
  house.clock.advance(11_000);
  await house.owner.query(`update graphile_worker._private_jobs set run_at = now()`);
  await house.drainJobs();
  expect(await clock(id, 'partner_answer')).toMatchObject({ ask: ask.id, dueAt: iso(240), calendar: { id: 'always' } });
  after(120);
  await ok(ana.post(`/api/cases/${id}/asks/${ask.id}`, { type: 'postpone', dueAt: iso(360) }));
  expect(await clock(id, 'partner_answer')).toMatchObject({ dueAt: iso(360), breachedAt: null });
  await decide(id, 'P2');
  expect(await clock(id, 'partner_answer'), 'a change of the case is none of the question').toMatchObject({
    dueAt: iso(360),
    phase: 'running',
  });
  after(180);
  await ok(ana.post(`/api/cases/${id}/asks/${ask.id}`, { type: 'answer', answer: 'Yes.' }));
  expect(await clock(id, 'partner_answer')).toMatchObject({ phase: 'fulfilled', met: true });
});

test('a law is a track of its own beside what the house promises, and goes when it does not apply', async () => {
  const { id, clock: first } = await open({ facts: { legal: 'eu_terrorist_order' } });
  expect(first).toMatchObject({ metric: 'acknowledge', targetMs: 5 * MINUTE });
  expect(await clock(id, 'containment')).toMatchObject({ targetMs: 15 * MINUTE });
  expect(await clock(id, 'containment', 'eu_terrorist_order')).toMatchObject({ targetMs: HOUR, dueAt: iso(60) });
  const { version, facts } = await read(id);
  await ok(ana.put(`/api/cases/${id}`, { version, facts: { ...facts, legal: null } }));
  expect(await clock(id, 'containment', 'eu_terrorist_order')).toMatchObject({ targetMs: null, dueAt: null });
});

test('a priority that changes takes over what was counted, and the explanation adds up to the millisecond', async () => {
  const { id } = await open();
  after(30);
  await decide(id, 'P1');
  expect(await clock(id, 'acknowledge')).toMatchObject({ targetMs: 15 * MINUTE, spentMs: 30 * MINUTE, priority: 'P1' });
  after(60 * 24);
  const { at, clocks: why } = await ok(ana.get(`/api/cases/${id}/clocks/why`));
  expect(at).toBe(iso(60 * 24));
  for (const { parts, spentMs, key } of why) {
    expect(
      parts.reduce((sum: number, { countedMs }: { countedMs: number }) => sum + countedMs, 0),
      key,
    ).toBe(spentMs);
  }
  const { parts } = why.find(({ key }: { key: string }) => key === 'acknowledge/house/1');
  expect(parts.map(({ rule, calendar }: { rule: string; calendar: { id: string } }) => [rule, calendar.id])).toEqual([
    ['hours', 'working_hours'],
    ['hours', 'always'],
  ]);
  const one = await ok(ana.get(`/api/cases/${id}/clocks/why?key=${encodeURIComponent('first_answer/house/1')}`));
  expect(one.clocks).toHaveLength(1);
});

test('a merge ends the clocks of the one, and the other takes over for how long its requester has waited', async () => {
  const kept = await open({ requester: null });
  const { id } = await open();
  after(90);
  await move(id, { type: 'duplicate', of: kept.reference, note: 'the same payout' });
  expect((await read(id)).clock).toBeNull();
  expect(await clock(kept.id, 'first_answer')).toMatchObject({ spentMs: 90 * MINUTE, startedAt: iso(90) });
  const both = [await open(), await open()];
  const merges = both.map(({ id: one, version }, i) =>
    ana.post(`/api/cases/${one}/moves`, {
      version,
      move: { type: 'duplicate', of: both[1 - i].reference, note: 'the same' },
    }),
  );
  const statuses = (await Promise.all(merges)).map(({ status }) => status);
  expect(statuses.sort(), 'of two that are each merged into the other, one is kept').toEqual([200, 409]);
});

test('the queue by due begins with what runs out first; its pages leave out nothing and repeat nothing', async () => {
  const urgent = await open({ facts: { legal: 'eu_terrorist_order' } });
  const silent = await open();
  await move(silent.id, { type: 'not_ours', reason: 'spam' });
  for (const order of ['desc', 'asc']) {
    const whole = await ok(ana.get(`/api/cases?sort=due&order=${order}&group=all&limit=200`));
    const dues = whole.cases.map((one: { clock: { dueAt: string } | null }) => one.clock?.dueAt ?? '9');
    expect(dues).toEqual(order === 'desc' ? [...dues].sort() : [...dues].sort().reverse());
    const ids = whole.cases.map((one: { id: string }) => one.id);
    expect(
      ids.at(order === 'desc' ? 0 : -1) === urgent.id || dues.at(order === 'desc' ? 0 : -1) <= urgent.clock.dueAt,
    ).toBe(true);
    const paged: string[] = [];
    for (let next = ''; ; ) {
      const page = await ok(ana.get(`/api/cases?sort=due&order=${order}&group=all&limit=2${next}`));
      paged.push(...page.cases.map((one: { id: string }) => one.id));
      if (page.next === null) break;
      next = `&after=${page.next}`;
    }
    expect(paged).toEqual(ids);
    expect(ids).toContain(silent.id);
  }
});

test('what is kept of each clock is what its events fold to, whatever has happened to it', async () => {
  const { rows: specs } = await house.owner.query('select calendar_id as id, version, spec from calendar_versions');
  const calendars = new Map(specs.map(({ id, version, spec }) => [`${id}@${version}`, compileCalendar(spec)]));
  const { rows } = await house.owner.query<{ key: string; state: ClockState; events: ClockEvent[] }>(
    `select c.key, c.state, jsonb_agg(e.event order by e.seq) as events
       from clocks c join clock_events e using (item_id, key) group by c.item_id, c.key, c.state`,
  );
  expect(rows.length).toBeGreaterThan(40);
  for (const { key, state, events } of rows) {
    expect(
      replay(events, ({ id, version }) => calendars.get(`${id}@${version}`)!),
      key,
    ).toEqual(state);
  }
});

test('a case that was there before its clocks gets those that it would have had', async () => {
  const { id, version } = await open();
  after(30);
  await ok(ana.put(`/api/cases/${id}/owner`, { version, owner: ana.id }));
  await answer(id);
  await decide(id, 'P2');
  const kept = `select key, state - 'marks' as state, due_at from clocks where item_id = '${id}' order by key`;
  const { rows: lived } = await house.owner.query(kept);
  for (const table of ['clocks', 'clock_events', 'clock_items']) {
    await house.owner.query(`delete from ${table} where item_id = $1`, [id]);
  }
  await ok(ana.post(`/api/cases/${id}/replies`, { text: 'And now?' }));
  const { rows: adopted } = await house.owner.query(kept);
  expect(adopted.filter(({ key }) => key !== 'next_answer/house/1')).toEqual(lived);
  expect(adopted).toHaveLength(lived.length + 1);
});

test('whoever does not stand in the compartment of a case learns nothing of its clocks', async () => {
  const { id } = await open({ compartment: 'legal' }, counsel);
  expect(await clocks(id, counsel)).not.toEqual([]);
  for (const path of ['clocks', 'clocks/why']) {
    const hidden = await ana.get(`/api/cases/${id}/${path}`);
    expect([hidden.status, hidden.body.code]).toEqual([404, 'case.not_found']);
  }
});
