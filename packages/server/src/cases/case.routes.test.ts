import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Caller, openHouse, type TestHouse } from '../../test/house.ts';
import { TIMELINE } from './timeline.store.ts';

let house: TestHouse;
let ana: Caller;
let lead: Caller;
let viewer: Caller;
let counsel: Caller;
let signals: string[];
beforeAll(async () => {
  house = await openHouse();
  [ana, lead, viewer] = [house.as('specialist'), house.as('lead'), house.as('viewer')];
  await house.givenCompartment('legal');
  counsel = house.as({ name: 'counsel', compartments: ['open', 'legal'], can: [...lead.can] });
  for (const who of [ana, lead, viewer, counsel]) await who.get('/api/session');
  const { body: source } = await house.as('admin').post('/api/sources', { name: 'desk', kind: 'ticket' });
  const said = ['the payout is late', 'where is my payout', 'payout missing'].map((text, i) => ({
    ...{ id: `s${i}`, ts: house.now().toISOString(), text, author: i < 2 ? 'carla' : 'dan', language: 'en' },
    dimensions: { country: i < 2 ? 'BR' : 'MX' },
  }));
  await lead.post(`/api/signals?source=${source.id}`, said);
  signals = (await house.owner.query('select signal_id as id from signals order by author, signal_id')).rows.map(
    ({ id }) => id,
  );
}, 120_000);
afterAll(() => house.close());

const open = async (who: Caller, said: object = {}) => {
  const { status, body } = await who.post('/api/cases', { kind: 'escalation', ...said });
  expect(status, JSON.stringify(body)).toBe(200);
  return body;
};
const read = async (id: string, who = ana) => (await who.get(`/api/cases/${id}`)).body;
const move = (who: Caller, { id, version }: { id: string; version: number }, said: object) =>
  who.post(`/api/cases/${id}/moves`, { version, move: said });

test('twenty cases at once have twenty references, and the same key opens one case however often it is said', async () => {
  const made = await Promise.all(Array.from({ length: 20 }, () => open(ana)));
  const numbers = made.map(({ reference }) => Number(reference.slice(-5))).sort((a, b) => a - b);
  expect(numbers).toEqual(Array.from({ length: 20 }, (_, i) => numbers[0]! + i));
  expect(made[0].reference).toMatch(/^GS-2026-\d{5}$/);
  const key = house.unusedId;
  const same = await Promise.all(Array.from({ length: 6 }, () => open(ana, { key })));
  expect(new Set(same.map(({ id }) => id)).size).toBe(1);
  expect((await open(counsel, { compartment: 'legal' })).reference).toBe('GS-LEGAL-2026-00001');
});

test('what was typed about people outside is kept without what they are found by', async () => {
  const { id } = await open(ana, {
    ask: 'Write to carla.diaz@example.org at once',
    title: 'Call of +49 170 9988776',
    requester: { kind: 'creator', name: 'Carla Diaz', ref: 'ticket of carla.diaz@example.org' },
    people: [{ person: 'carla' }, { person: 'mallory', role: 'reported' }],
    language: 'en',
    region: 'DE',
  });
  const { rows } = await house.owner.query(
    `select c::text || (select string_agg(p::text, ' ') from case_people p where case_id = c.id) as all
    from cases c where id = $1`,
    [id],
  );
  expect(rows[0].all).not.toMatch(/carla|diaz|mallory|9988776/i);
  const detail = await read(id);
  expect(detail.ask).toMatch(/^Write to .+ at once$/);
  expect(detail.people.map(({ role }: { role: string }) => role).sort()).toEqual(['affected', 'reported']);
  expect(detail.requesterName).toMatch(/^p1_[a-z2-7]{26}$/);
});

test('a case from signals begins with what they say, and the same people and the same case are found again', async () => {
  const { body: known } = await ana.post('/api/cases/prefill', { signals });
  expect(known).toMatchObject({
    kind: 'investigation',
    compartment: 'open',
    language: 'en',
    region: 'BR',
    already: [],
  });
  expect(known.people.map((one: { signals: number }) => one.signals)).toEqual([2, 1]);
  expect(known.known).toContainEqual({ field: 'region', from: 2, of: 3 });
  const { id, reference } = await open(ana, { kind: 'investigation', signals, facts: known.facts });
  const detail = await read(id);
  expect(detail).toMatchObject({ source: 'signals', state: 'new', openedBy: 'specialist', watching: true });
  expect(detail.people.map(({ person }: { person: string }) => person).sort()).toEqual(
    known.people.map(({ person }: { person: string }) => person).sort(),
  );
  expect((await ana.post('/api/cases/prefill', { signals: [signals[0]] })).body.already).toMatchObject([
    { reference, shared: 1 },
  ]);
  // By hand or by a signal, one account is one pseudonym: the case of the test above is about the same creator.
  const carla = known.people[0].person;
  const found = (await ana.get(`/api/cases?person=${carla}`)).body.cases.map((one: { id: string }) => one.id);
  expect(found).toHaveLength(2);
  expect(found).toContain(id);
});

test('of two who decide at once one wins; the other is told both versions, and by whom', async () => {
  const kase = await open(ana);
  const replies = await Promise.all([move(ana, kase, { type: 'triage' }), move(lead, kase, { type: 'start' })]);
  const lost = replies.find(({ status }) => status !== 200)!;
  expect(replies.filter(({ status }) => status === 200)).toHaveLength(1);
  expect(lost.body).toMatchObject({ code: 'case.changed_meanwhile', details: { seenVersion: 1, version: 2 } });
  expect([ana.id, lead.id]).toContain(lost.body.details.changedBy);
});

test('a whole life: acknowledged, worked, waited, resolved with a message, closed, reopened', async () => {
  const kase = await open(ana, {
    facts: { harm: 'privacy.doxxing', imminence: 'now' },
    requester: { kind: 'press', name: 'The Post' },
  });
  expect(kase).toMatchObject({ priority: 'P0', proposed: 'P0', overridden: false, acknowledgedAt: null });
  const step = async (said: object) => {
    const { status, body } = await move(ana, await read(kase.id), said);
    expect(status, JSON.stringify(body)).toBe(200);
    return body;
  };
  expect((await step({ type: 'start' })).acknowledgedAt).not.toBeNull();
  await step({ type: 'wait', for: 'partner' });
  expect((await move(ana, await read(kase.id), { type: 'close' })).body.code).toBe('case.wrong_state');
  await step({ type: 'resume' });
  const foreign = (await ana.post(`/api/cases/${(await open(ana)).id}/messages`, { text: 'elsewhere' })).body;
  const told = (messageId: string) => ({ type: 'resolve', outcome: 'harm_removed', told: { messageId } });
  expect((await move(ana, await read(kase.id), told(foreign.id))).body.code).toBe('case.not_told');
  const message = (await ana.post(`/api/cases/${kase.id}/messages`, { text: 'It is gone.' })).body;
  expect(await step(told(message.id))).toMatchObject({ state: 'resolved', outcome: 'harm_removed' });
  expect(await step({ type: 'close' })).toMatchObject({ state: 'closed', can: expect.arrayContaining(['reopen']) });
  expect((await read(kase.id)).end).toMatchObject({ toldBy: message.id });
  expect(await step({ type: 'reopen', note: 'it came back' })).toMatchObject({ state: 'reopened', outcome: null });
  const names = (await house.events()).filter(({ subject }) => subject.id === kase.id).map(({ name }) => name);
  expect(names.filter((name) => name === 'case.moved' || name === 'case.acknowledged')).toEqual([
    ...['case.acknowledged', 'case.moved', 'case.moved', 'case.moved', 'case.moved', 'case.moved', 'case.moved'],
  ]);
});

test('the priority is proposed with its reasons; a person decides otherwise with one; law is kept as it was applied', async () => {
  const kase = await open(ana, { facts: { legal: 'in_removal_order' } });
  expect(kase.priority).toBe('P1'); // three hours since February 2026; on the day of this test that is in effect
  const detail = await read(kase.id);
  expect(detail.legal).toMatchObject({ code: 'in_removal_order', minutes: 180 });
  const decide = (body: object) => ana.put(`/api/cases/${kase.id}/priority`, { version: 1, ...body });
  expect((await decide({ priority: 'P0' })).body.code).toBe('case.reason_missing');
  expect((await decide({ priority: 'P0', reason: 'a life' })).body).toMatchObject({
    priority: 'P0',
    proposed: 'P1',
    overridden: true,
  });
  const { body: line } = await lead.post('/api/legal-clocks', {
    ...{
      code: 'in_removal_order',
      jurisdiction: 'IN',
      trigger: 'Order to remove',
      minutes: 60,
      source: 'a newer rule',
      from: '2026-03-01',
    },
  });
  expect(line).toMatchObject({ minutes: 60, from: '2026-03-01', until: null });
  const changed = await ana.put(`/api/cases/${kase.id}`, { version: 2, facts: { ...detail.facts, minor: true } });
  expect(changed.body).toMatchObject({ priority: 'P0', proposed: 'P1' }); // what was decided stands; the old line still counts
  expect((await read(kase.id)).legal.minutes).toBe(180);
  expect((await open(ana, { facts: { legal: 'in_removal_order' } })).priority).toBe('P0');
  expect((await ana.post('/api/legal-clocks', line)).status).toBe(403);
});

test('take, give, refuse: only to who may work on it, and a refusal names no person as at fault', async () => {
  const kase = await open(lead);
  const assign = (who: Caller, version: number, owner: string | null) =>
    who.put(`/api/cases/${kase.id}/owner`, { version, owner });
  expect((await assign(lead, 1, viewer.id)).body.code).toBe('person.not_found');
  expect((await assign(lead, 1, ana.id)).body).toMatchObject({ owner: { name: 'specialist' }, acknowledgedAt: null });
  const refuse = (who: Caller, version: number) =>
    who.post(`/api/cases/${kase.id}/refusal`, { version, reason: 'language' });
  expect((await refuse(lead, 2)).body.code).toBe('case.not_yours');
  expect((await refuse(ana, 2)).body.owner).toBeNull();
  expect((await assign(lead, 3, lead.id)).body.acknowledgedAt).not.toBeNull();
});

test('deny by default: who may not read cases reads none, and each kind of words has a right of its own', async () => {
  const { id } = await open(ana);
  expect((await viewer.get(`/api/cases/${id}`)).status).toBe(403);
  const can = (...extra: string[]) => house.as({ name: extra.join(), can: ['case.read', 'issue.read', ...extra] });
  const ways: [string, object, string][] = [
    ['messages', { text: 'x' }, 'case.answer'],
    ['asks', { partner: 'p', question: 'q', dueAt: '2026-03-03T09:00:00Z' }, 'case.ask'],
    ['notes', { text: 'x' }, 'case.note'],
  ];
  for (const [, , right] of ways) {
    for (const [path, body, needed] of ways) {
      const { status } = await can(right).post(`/api/cases/${id}/${path}`, body);
      expect(status, `${right} at ${path}`).toBe(right === needed ? 200 : 403);
    }
  }
});

test('what stands in a closed compartment is neither found, linked, merged nor opened from outside', async () => {
  const hidden = await open(counsel, { compartment: 'legal', ask: 'embargoed' });
  const ours = await open(counsel);
  expect((await ana.get(`/api/cases/${hidden.reference}`)).body.code).toBe('case.not_found');
  expect((await counsel.post(`/api/cases/${ours.id}/links`, { case: hidden.id })).body.code).toBe(
    'case.other_compartment',
  );
  expect((await move(counsel, ours, { type: 'duplicate', of: hidden.id, note: 'same' })).body.code).toBe(
    'case.other_compartment',
  );
  expect((await counsel.post('/api/cases', { kind: 'escalation', compartment: 'legal', signals })).body.code).toBe(
    'case.other_compartment',
  );
  expect((await ana.post('/api/cases', { kind: 'escalation', compartment: 'legal' })).status).toBe(403);
});

test('every event of a case has its place in the timeline, and the record holds no word that anybody typed', async () => {
  const { id } = await open(ana, { ask: 'zqask' });
  await ana.post(`/api/cases/${id}/notes`, { text: 'zqnote' });
  await ana.post(`/api/cases/${id}/messages`, { text: 'zqmessage' });
  await ana.post(`/api/cases/${id}/tasks`, { text: 'zqtask' });
  const events = await house.events();
  expect(JSON.stringify(events)).not.toContain('zq');
  const placed = new Set(Object.values(TIMELINE).flat());
  const happened = new Set(events.flatMap(({ name, subject }) => (subject.kind === 'case' ? [name] : [])));
  expect([...happened].filter((name) => !placed.has(name))).toEqual([]);
  const lines = async (query: string) => (await ana.get(`/api/cases/${id}/timeline?${query}`)).body;
  expect((await lines('kind=inside&kind=task')).lines.map(({ name }: { name: string }) => name)).toEqual([
    'case.task_made',
    'case.note_written',
  ]);
  const first = await lines('limit=1');
  expect((await lines(`limit=200&after=${first.next}`)).lines.at(-1).name).toBe('case.opened');
});
