/** What people are told of cases and comments: who, once, in place, and never behind a wall. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Caller, TestHouse } from '../../test/house.ts';
import { troubledHouse } from '../../test/troubled-house.ts';
import { lookAround } from '../clocks/look.actions.ts';
import { beginClocks } from './clock.actions.ts';
import { tellOfCase } from './notice.jobs.ts';

const MINUTE = 60_000;
const MONDAY = new Date('2026-03-02T09:00:00.000Z');

let house: TestHouse;
let ana: Caller;
let lead: Caller;
beforeAll(async () => {
  house = await troubledHouse();
  [ana, lead] = [house.as('specialist'), house.as('lead')];
  for (const who of [ana, lead]) await who.get('/api/session');
}, 120_000);
afterAll(() => house.close());
beforeEach(async () => {
  house.clock.set(MONDAY);
  await house.drainJobs();
  await house.owner.query('delete from notices; delete from notices_told');
});

const ok = async (reply: ReturnType<Caller['get']>) => {
  const { status, body } = await reply;
  expect(status, JSON.stringify(body)).toBe(200);
  return body;
};
const open = (who = ana, said: object = {}) =>
  ok(who.post('/api/cases', { kind: 'escalation', requester: { kind: 'support_agent', name: 'Desk 4' }, ...said }));
const give = async (id: string, owner: string | null, who = ana) => {
  const { version } = await ok(who.get(`/api/cases/${id}`));
  await ok(who.put(`/api/cases/${id}/owner`, { version, owner }));
  await house.drainJobs();
};
const notices = async (who: Caller, query = '') => ok(who.get(`/api/notices${query}`));
const kinds = async (who: Caller) => (await notices(who)).notices.map(({ kind }: { kind: string }) => kind);
const after = async (minutes: number) => {
  house.clock.set(new Date(MONDAY.getTime() + minutes * MINUTE));
  await lookAround(house.tools, 'open', beginClocks);
  await house.drainJobs();
};

test('who is given a case is told, who gave it is not, and who had it learns that it went on', async () => {
  const { id, reference } = await open(ana, { ask: 'her address was published' });
  await give(id, lead.id);
  const { notices: told, unread } = await notices(lead);
  expect(told).toMatchObject([{ kind: 'case_assigned', subject: { kind: 'case', id, ref: reference }, times: 1 }]);
  expect(JSON.stringify(told)).not.toContain('address');
  expect(unread).toBe(1);
  expect(await kinds(ana)).toEqual([]);
  await give(id, ana.id);
  expect(await kinds(lead)).toEqual(['case_handed']);
  expect(await kinds(ana)).toEqual([]);
});

test('a clock is one message from its warning to its breach; what was read begins anew', async () => {
  const { id } = await open(ana, { facts: { legal: 'eu_terrorist_order' } });
  await give(id, lead.id);
  await lead.post('/api/notices/read', { until: house.now().toISOString() });
  const clocks = async () =>
    (await notices(lead, '?unread=true')).notices.filter(
      ({ facts }: { facts: { metric?: string } }) => facts.metric === 'containment',
    );
  await after(8);
  expect(await clocks(), 'half of the time is no reason to be told').toEqual([]);
  await after(12);
  const [first] = await clocks();
  expect(first).toMatchObject({ kind: 'clock_warned', facts: { share: 0.75, priority: 'P0' }, times: 1 });
  await after(14);
  expect(await clocks()).toMatchObject([{ id: first.id, kind: 'clock_warned', facts: { share: 0.9 }, times: 2 }]);
  await ok(lead.put(`/api/notices/${first.id}/read`, { read: true }));
  await after(16);
  const [breached] = await clocks();
  expect(breached).toMatchObject({ kind: 'clock_breached', facts: { share: 1, metric: 'containment' }, times: 1 });
  expect(breached.id).not.toBe(first.id);
});

test('an event that is told twice, and twice at once, is told once', async () => {
  const { id } = await open();
  await give(id, lead.id);
  const { id: eventId } = (await house.events()).findLast(({ name }) => name === 'case.owner_changed')!;
  await Promise.all([tellOfCase.run(house.tools, { eventId }), tellOfCase.run(house.tools, { eventId })]);
  expect((await notices(lead)).notices).toMatchObject([{ times: 1 }]);
  await ok(lead.post('/api/notices/read', { until: house.now().toISOString() }));
  await tellOfCase.run(house.tools, { eventId });
  expect((await notices(lead)).unread).toBe(0);
});

test('a notice is its reader’s alone, and goes with the right to see what it is about', async () => {
  const legal = { compartments: ['open', 'legal'], can: [...lead.can] };
  const counsel = house.as({ name: 'counsel', ...legal });
  const other = house.as({ name: 'other', ...legal });
  for (const who of [counsel, other]) await who.get('/api/session');
  const { id } = await open(counsel, { compartment: 'legal' });
  await give(id, other.id, counsel);
  const [{ id: notice }] = (await notices(other)).notices;
  expect((await counsel.put(`/api/notices/${notice}/read`, { read: true })).body.code).toBe('notice.not_found');
  await house.owner.query(`delete from person_compartments where person_id = $1 and compartment = 'legal'`, [other.id]);
  expect(await notices(other)).toEqual({ notices: [], unread: 0, next: null });
  await give(id, counsel.id, counsel);
  const { rows } = await house.owner.query('select kind from notices where person_id = $1', [other.id]);
  expect(rows, 'outside, nothing more is told').toEqual([{ kind: 'case_assigned' }]);
});

test('an answer reaches whoever has the case; what a partner says, also whoever asked', async () => {
  const { id } = await open();
  await give(id, lead.id);
  await lead.post('/api/notices/read', { until: house.now().toISOString() });
  await ok(ana.post(`/api/cases/${id}/replies`, { text: 'It goes on.' }));
  await ok(ana.post(`/api/cases/${id}/replies`, { text: 'Still.' }));
  await house.drainJobs();
  expect((await notices(lead, '?unread=true')).notices).toMatchObject([{ kind: 'requester_answered', times: 2 }]);
  const said = { partner: 'Bank', question: 'Paid?', dueAt: new Date(MONDAY.getTime() + 240 * MINUTE).toISOString() };
  const ask = await ok(ana.post(`/api/cases/${id}/asks`, said));
  house.clock.advance(11_000);
  await house.owner.query('update graphile_worker._private_jobs set run_at = now()');
  await house.drainJobs();
  const answer = { type: 'answer', answer: 'Yes.' };
  await ok(lead.post(`/api/cases/${id}/asks/${ask.id}`, answer));
  await house.drainJobs();
  expect(await kinds(ana)).toEqual(['partner_answered']);
  expect(await kinds(lead), 'who wrote it down knows it').not.toContain('partner_answered');
});

test('whoever is named in a comment is told of it once, however often it is edited', async () => {
  const said = await ok(ana.post('/api/issues/IS-1/comments', { text: 'Look, @lead', mentions: [lead.id] }));
  await house.drainJobs();
  const [told] = (await notices(lead)).notices;
  expect(told).toMatchObject({ kind: 'mention', subject: { kind: 'issue', ref: 'IS-1' } });
  await ok(lead.put(`/api/notices/${told.id}/read`, { read: true }));
  await ok(ana.put(`/api/issues/IS-1/comments/${said.id}`, { text: 'Look again, @lead', mentions: [lead.id] }));
  await house.drainJobs();
  expect((await notices(lead)).notices).toMatchObject([{ id: told.id, times: 1 }]);
  expect((await lead.get('/api/notices/count')).body).toEqual({ unread: 0 });
  expect((await ok(lead.put(`/api/notices/${told.id}/read`, { read: false }))).readAt).toBeNull();
});

test('a long list comes page by page, each notice once', async () => {
  await house.owner.query(
    `insert into notices (compartment, person_id, kind, cause, subject_kind, subject_id, subject_ref, facts, first_at, at)
     select 'open', $1, 'mention', 'cause ' || n, 'issue', gen_random_uuid(), 'IS-' || n, '{}', $2, $2
       from generate_series(1, 250) n`,
    [lead.id, MONDAY],
  );
  const seen: string[] = [];
  let next: string | null = null;
  do {
    const page = await notices(lead, next ? `?after=${next}` : '');
    expect(page.unread).toBe(250);
    seen.push(...page.notices.map(({ id }: { id: string }) => id));
    next = page.next;
  } while (next);
  expect(new Set(seen).size).toBe(250);
  expect(seen).toHaveLength(250);
  expect((await lead.get('/api/notices?after=nonsense')).body.code).toBe('request.invalid');
});
