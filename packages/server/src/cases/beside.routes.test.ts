import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Caller, TestHouse } from '../../test/house.ts';
import { troubledHouse } from '../../test/troubled-house.ts';
import { sendOverdue } from './case.jobs.ts';

let house: TestHouse;
let ana: Caller;
let lead: Caller;
beforeAll(async () => {
  house = await troubledHouse();
  [ana, lead] = [house.as('specialist'), house.as('lead')];
  for (const who of [ana, lead]) await who.get('/api/session');
}, 120_000);
afterAll(() => house.close());

type Kase = { id: string; version: number; reference: string; state: string };
const open = async (said: object = {}): Promise<Kase> => {
  const { status, body } = await ana.post('/api/cases', { kind: 'escalation', ...said });
  expect(status, JSON.stringify(body)).toBe(200);
  return body;
};
const read = async (id: string, who = ana) => (await who.get(`/api/cases/${id}`)).body;
const seen = ({ id, version }: Kase) => ({ id, version });

test('a task is given, changed, done and opened again, and stands on the desk of its owner', async () => {
  const { id, reference } = await open();
  const dueAt = '2026-03-03T09:00:00.000Z';
  const task = (await ana.post(`/api/cases/${id}/tasks`, { text: 'call them', owner: lead.id, dueAt })).body;
  expect((await lead.get('/api/cases/desk')).body.tasks).toMatchObject([
    { reference, task: { text: 'call them', dueAt } },
  ]);
  const settle = async (done: boolean) => (await lead.put(`/api/cases/${id}/tasks/${task.id}/done`, { done })).body;
  expect((await settle(true)).done).toMatchObject({ by: { name: 'lead' } });
  expect(await settle(true)).toMatchObject({ version: 2 });
  expect((await lead.get('/api/cases/desk')).body.tasks).toEqual([]);
  expect((await settle(false)).done).toBeNull();
  const change = (version: number) => ana.put(`/api/cases/${id}/tasks/${task.id}`, { version, text: 'write to them' });
  expect((await change(1)).body.code).toBe('case.changed_meanwhile');
  expect((await change(3)).body).toMatchObject({ text: 'write to them', owner: null });
  const stranger = { text: 'x', owner: house.unusedId };
  expect((await ana.post(`/api/cases/${id}/tasks`, stranger)).body.code).toBe('person.not_found');
});

test('an issue fills in a case, and when it ends its cases are proposed to end: none is ended by itself', async () => {
  const { body: known } = await ana.post('/api/cases/prefill', { issue: 'IS-1' });
  expect(known.issues).toMatchObject([{ key: 'IS-1' }]);
  expect(known.people.length).toBeGreaterThan(5);
  const kase = await open({ kind: 'investigation', issues: ['IS-1'], signals: known.signals });
  const other = await open({ issues: ['IS-1'] });
  expect((await ana.post('/api/cases/prefill', { issue: 'IS-1' })).body.already).toHaveLength(2);
  const issue = (await ana.get('/api/issues/IS-1')).body;
  await lead.post('/api/issues/IS-1/moves', {
    version: issue.version,
    move: { type: 'dismiss', reason: 'expected', note: '' },
  });
  await house.drainJobs();
  expect((await read(kase.id)).issues).toMatchObject([{ key: 'IS-1', proposed: { state: 'dismissed' } }]);
  expect((await read(kase.id)).state).toBe('new');
  await ana.put(`/api/cases/${kase.id}/owner`, { version: 1, owner: ana.id });
  expect((await ana.get('/api/cases/desk')).body.endsProposed).toBe(1);
  const declined = await ana.post(`/api/cases/${kase.id}/issues/${issue.id}/declined`);
  expect(declined.body.issues).toMatchObject([{ key: 'IS-1', proposed: null }]);
  const { version } = (await ana.get('/api/issues/IS-1')).body;
  await lead.post('/api/issues/IS-1/moves', { version, move: { type: 'reopen' } });
  await house.drainJobs();
  expect((await read(other.id)).issues).toMatchObject([{ proposed: null }]);
});

test('one update goes to every open case of an issue, once a second person has read it and seen how many', async () => {
  const cases = [await open({ issues: ['IS-2'], language: 'pt-BR' }), await open({ issues: ['IS-2'] })];
  const ended = await open({ issues: ['IS-2'] });
  await ana.post(`/api/cases/${ended.id}/moves`, { version: 1, move: { type: 'not_ours', reason: 'spam' } });
  const texts = { en: 'It works again.', pt: 'Voltou a funcionar.' };
  const update = (await ana.post('/api/issues/IS-2/broadcasts', { texts, fallback: 'en' })).body;
  expect(update).toMatchObject({ state: 'proposed', reaches: 2, cases: 0, can: ['withdraw'] });
  const approve = (who: Caller, reaches: number) =>
    who.post(`/api/broadcasts/${update.id}/decision`, { type: 'approve', reaches });
  expect((await approve(ana, 2)).body.code).toBe('case.second_person');
  expect((await approve(lead, 3)).body).toMatchObject({ code: 'case.reach_changed', details: { reaches: 2 } });
  const twice = await Promise.all([approve(lead, 2), approve(lead, 2)]);
  expect(twice.map(({ status }) => status).sort()).toEqual([200, 409]);
  house.clock.advance(10_000);
  await sendOverdue.run(house.tools, {});
  const said = await Promise.all(cases.map(async ({ id }) => (await read(id)).messages));
  expect(said).toMatchObject([
    [{ text: 'Voltou a funcionar.', language: 'pt', state: 'left' }],
    [{ text: 'It works again.', language: 'en', state: 'left' }],
  ]);
  expect((await read(ended.id)).messages).toEqual([]);
  expect((await ana.get('/api/issues/IS-2/broadcasts')).body.broadcasts).toMatchObject([
    { state: 'approved', cases: 2, left: 2 },
  ]);
});

test('a merged case keeps its words, the kept one knows of it, and what was merged comes back whole', async () => {
  const [kept, source] = [await open(), await open()];
  await lead.put(`/api/cases/${source.id}/watching`, { watching: true });
  await ana.post(`/api/cases/${source.id}/notes`, { text: 'only here' });
  const merge = { type: 'duplicate', of: kept.reference, note: 'one and the same' };
  const merged = (await ana.post(`/api/cases/${source.id}/moves`, { version: 1, move: merge })).body;
  expect(merged).toMatchObject({ state: 'duplicate', mergedInto: kept.reference });
  const detail = await read(kept.id, lead);
  expect(detail).toMatchObject({
    notes: [],
    watching: true,
    links: [{ kind: 'merged_from', reference: source.reference }],
  });
  expect((await read(source.id)).notes).toMatchObject([{ text: 'only here' }]);
  expect((await ana.post(`/api/cases/${source.id}/messages`, { text: 'x' })).body.code).toBe('case.wrong_state');
  await ana.post(`/api/cases/${source.id}/moves`, { version: 2, move: { type: 'reopen' } });
  expect(await read(source.id)).toMatchObject({ state: 'reopened', mergedInto: null });
  expect((await read(kept.id)).links).toEqual([]);
});

test('people are split off into a case of their own, which begins without the words of the other', async () => {
  const kase = await open({ ask: 'all of it', people: [{ person: 'a' }, { person: 'b' }, { person: 'c' }] });
  const [a, b] = (await read(kase.id)).people.map(({ person }: { person: string }) => person);
  const split = (people: string[], version = 1) =>
    ana.post(`/api/cases/${kase.id}/split`, { version, people, ask: 'part of it' });
  expect((await split([a, 'p1_nobody'])).body.code).toBe('case.not_divisible');
  const { part } = (await split([a, b])).body;
  expect((await split([a, b])).body.code).toBe('case.changed_meanwhile');
  expect(await read(part.id)).toMatchObject({
    ...{ ask: 'part of it', state: 'new', source: 'split', links: [{ kind: 'split_from', reference: kase.reference }] },
  });
  expect((await read(part.id)).people).toHaveLength(2);
  expect(await read(kase.id)).toMatchObject({ people: [{}], links: [{ kind: 'split_into' }] });
});

test('cases are linked from either side, once', async () => {
  const [one, other] = [await open(), await open()];
  const link = (from: Kase, to: Kase, path = 'links') =>
    ana.post(`/api/cases/${from.id}/${path}`, { case: to.reference });
  await link(one, other);
  expect((await link(other, one)).body.links).toMatchObject([{ kind: 'related', reference: one.reference }]);
  expect((await read(one.id)).links).toHaveLength(1);
  expect((await link(one, one)).body.code).toBe('case.not_mergeable');
  expect((await link(other, one, 'links/removal')).body.links).toEqual([]);
});

test('pages of the queue give every case once, the most urgent and then the oldest first', async () => {
  for (const harm of ['self_harm.imminent', 'privacy.doxxing', 'bullying.targeted'] as const) {
    house.clock.advance(1_000);
    await open({ facts: { harm } });
  }
  for (const [sort, order] of [
    ['urgent', 'desc'],
    ['urgent', 'asc'],
    ['opened', 'desc'],
    ['changed', 'asc'],
  ]) {
    const listed: { id: string; priority: string; openedAt: string }[] = [];
    let after = '';
    do {
      const { body } = await ana.get(
        `/api/cases?group=all&limit=4&sort=${sort}&order=${order}${after && `&after=${after}`}`,
      );
      listed.push(...body.cases);
      after = body.next;
    } while (after);
    const { rows } = await house.owner.query('select count(*)::int as n from cases');
    expect(new Set(listed.map(({ id }) => id)).size, sort).toBe(rows[0].n);
    expect(listed, sort).toHaveLength(rows[0].n);
    if (sort === 'urgent') {
      const keys = listed.map(({ priority, openedAt }) => `${priority} ${openedAt}`);
      expect(keys).toEqual(order === 'desc' ? [...keys].sort() : [...keys].sort().reverse());
    }
  }
  expect((await ana.get('/api/cases?sort=opened&after=abc')).status).toBe(400);
});

test('filters, counts and values agree with each other', async () => {
  const { body } = await ana.get('/api/cases?group=live&facets=true');
  const states = body.facets.find(({ name }: { name: string }) => name === 'state').values;
  expect(states.length).toBeGreaterThan(1);
  for (const { value, count } of states) {
    expect((await ana.get(`/api/cases?state=${value}`)).body.cases, value).toHaveLength(count);
  }
  const sum = states.reduce((total: number, { count }: { count: number }) => total + count, 0);
  expect(body.counts.open + body.counts.waiting).toBe(sum);
  expect(
    (await ana.get('/api/cases?priority=P0')).body.cases.every((one: { priority: string }) => one.priority === 'P0'),
  ).toBe(true);
  const found = (await ana.get('/api/cases?q=part%20of&group=all')).body.cases;
  expect(found).toHaveLength(1);
  expect((await ana.get(`/api/cases?q=${found[0].reference.toLowerCase()}`)).body.cases).toMatchObject([
    { id: found[0].id },
  ]);
  expect((await ana.get('/api/cases?owner=me')).body.cases.length).toBe(
    (await ana.get('/api/cases/desk')).body.mine.open,
  );
  expect((await ana.get('/api/cases?q=100%25_')).body.cases).toEqual([]);
});

test('the file of the queue has the rows of the queue, and none of what was said', async () => {
  await open({ ask: 'a secret question' });
  const { body } = await ana.get('/api/cases/export.csv?group=live');
  const listed = (await ana.get('/api/cases?group=live&limit=200')).body.cases;
  expect(body.trim().split('\r\n')).toHaveLength(listed.length + 1);
  expect(body).toContain(listed[0].reference);
  expect(body).not.toContain('secret question');
});

test('many at once: what will be touched is said before, then done, then taken back', async () => {
  const cases = [await open(), await open(), await open()];
  await ana.post(`/api/cases/${cases[2]!.id}/moves`, { version: 1, move: { type: 'triage' } });
  const bulk = { cases: cases.map(seen), act: { type: 'triage' } };
  const echo = (await ana.post('/api/cases/bulk/echo', bulk)).body;
  expect(echo).toMatchObject({ touched: 2, refused: 1 });
  expect(echo.each[0]).toMatchObject({ reference: cases[0]!.reference, from: 'new', to: 'triaged' });
  expect((await read(cases[0]!.id)).state).toBe('new');
  const { outcomes } = (await ana.post('/api/cases/bulk', bulk)).body;
  expect(outcomes.map(({ outcome }: { outcome: string }) => outcome)).toEqual(['done', 'done', 'refused']);
  const done = outcomes.slice(0, 2).map(({ id, version }: Kase) => ({ id, version }));
  expect((await lead.post('/api/cases/bulk/undo', { cases: done })).body.outcomes[0].code).toBe('case.undo_over');
  const undone = (await ana.post('/api/cases/bulk/undo', { cases: done })).body.outcomes;
  expect(undone.map(({ outcome }: { outcome: string }) => outcome)).toEqual(['done', 'done']);
  expect((await read(cases[0]!.id)).state).toBe('new');
  const given = (await ana.post('/api/cases/bulk', { cases: [seen(undone[0])], act: { type: 'give', owner: lead.id } }))
    .body;
  expect((await read(cases[0]!.id)).owner.name).toBe('lead');
  await ana.post('/api/cases/bulk/undo', { cases: given.outcomes.map(seen) });
  expect((await read(cases[0]!.id)).owner).toBeNull();
  house.clock.advance(66_000);
  const late = (await ana.post('/api/cases/bulk/undo', { cases: [seen(await read(cases[1]!.id))] })).body;
  expect(late.outcomes[0].code).toBe('case.undo_over');
});
