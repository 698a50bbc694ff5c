import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Caller, openHouse, type Reply, type TestHouse } from '../../test/house.ts';
import { race } from '../people/people.fixture.ts';
import { nameLoudBatons } from './baton.jobs.ts';

const MONDAY = new Date('2026-03-02T09:00:00.000Z');
const LATER = '2026-03-02T11:00:00.000Z';
const MINUTE = 60_000;

let house: TestHouse;
let ana: Caller;
let bo: Caller;
let cy: Caller;
let counsel: Caller;
beforeAll(async () => {
  house = await openHouse();
  ana = house.as('specialist');
  const like = { compartments: ['open'], can: [...ana.can] };
  [bo, cy] = [house.as({ name: 'bo', ...like }), house.as('lead')];
  await house.givenCompartment('legal');
  counsel = house.as({ name: 'counsel', compartments: ['legal'], can: [...ana.can] });
  for (const who of [ana, bo, cy, counsel]) await who.get('/api/home');
  for (const who of [bo]) {
    await house.owner.query(
      `insert into person_roles (person_id, role) values ($1, 'specialist') on conflict do nothing`,
      [who.id],
    );
  }
}, 120_000);
afterAll(() => house.close());

const said = ({ status, body }: Reply) => [status, body.code];
const ok = async (reply: Promise<Reply>) => {
  const { status, body } = await reply;
  expect(status, JSON.stringify(body)).toBe(200);
  return body;
};
const ownerOf = async (id: string) =>
  (await house.owner.query('select owner_id from cases where id = $1', [id])).rows[0].owner_id;
const namesOn = async (id: string, from = 'case.baton') =>
  (await house.events()).flatMap(({ name, subject }) => (subject.id === id && name.startsWith(from) ? [name] : []));

/** A case of Ana's with a task that is due, at work. */
async function given() {
  house.clock.set(MONDAY);
  const kase = await ok(ana.post('/api/cases', { kind: 'investigation', title: 'Payouts are late' }));
  const owned = await ok(ana.put(`/api/cases/${kase.id}/owner`, { version: kase.version, owner: ana.id }));
  await ok(ana.post(`/api/cases/${kase.id}/tasks`, { text: 'Call the bank', owner: ana.id, dueAt: LATER }));
  return { ...kase, version: owned.version ?? kase.version } as { id: string; version: number };
}
const POINTS = {
  summary: 'The bank holds the file of 1 March; 40 creators wait.',
  actions: [{ text: 'Call the bank', ownerId: null, dueAt: LATER }],
  risks: [{ what: 'The bank does not answer before noon', plan: 'Ask finance to pay by hand' }],
};
async function sent(receiverId: string | null = null) {
  const kase = await given();
  const draft = await ok(ana.post(`/api/cases/${kase.id}/batons`));
  const written = await ok(ana.put(`/api/batons/${draft.id}`, { version: draft.version, receiverId, points: POINTS }));
  return { kase, baton: await ok(ana.post(`/api/batons/${draft.id}/send`, { version: written.version })) };
}
/** What runs out first is a clock or the task: as the baton says it. */
function readBack(who: Caller, baton: { points: typeof POINTS; facts: { clock: { dueAt: string } | null } }) {
  const [dueAt] = [LATER, baton.facts.clock?.dueAt ?? LATER].sort();
  return { ownerId: who.id, dueAt, understood: 'If the bank is silent at noon, finance pays by hand.' };
}
const accept = (
  who: Caller,
  baton: Parameters<typeof readBack>[1] & { id: string; version: number },
  more: object = {},
) =>
  who.post(`/api/batons/${baton.id}/accept`, {
    version: baton.version,
    readBack: { ...readBack(who, baton), ...more },
  });

test('a draft knows the record and the open tasks, and is its writer’s alone until it is sent', async () => {
  const kase = await given();
  const draft = await ok(ana.post(`/api/cases/${kase.id}/batons`));
  expect(draft).toMatchObject({
    state: 'draft',
    points: { summary: 'Payouts are late', actions: [{ text: 'Call the bank', dueAt: LATER }], risks: [] },
    facts: { state: 'new' },
    can: ['change', 'send', 'drop'],
  });
  expect(draft.facts.events).toContainEqual({ name: 'case.task_made', times: 1 });
  expect((await ok(ana.post(`/api/cases/${kase.id}/batons`))).id).toBe(draft.id);
  const seen = async (who: Caller) => (await ok(who.get('/api/batons'))).batons.map(({ id }: { id: string }) => id);
  expect([(await seen(ana)).includes(draft.id), (await seen(bo)).includes(draft.id)]).toEqual([true, false]);
  expect(said(await bo.post(`/api/batons/${draft.id}/send`, { version: draft.version }))).toEqual([
    404,
    'baton.not_found',
  ]);
  expect(said(await ana.post(`/api/batons/${draft.id}/send`, { version: draft.version }))).toEqual([
    409,
    'baton.incomplete',
  ]);
});

test('the sender is accountable until it is said back right; then the case is the receiver’s', async () => {
  const { kase, baton } = await sent();
  expect(await ownerOf(kase.id)).toBe(ana.id);
  const view = (await ok(bo.get('/api/batons'))).batons.find(({ id }: { id: string }) => id === baton.id);
  expect(view.choices.dues).toContain(readBack(bo, baton).dueAt);
  const wrong = await accept(bo, baton, { ownerId: ana.id, dueAt: null });
  expect([...said(wrong), wrong.body.details.wrong]).toEqual([409, 'baton.read_back_differs', ['owner', 'due']]);
  expect(await ownerOf(kase.id)).toBe(ana.id);
  const accepted = await ok(accept(bo, baton));
  expect(accepted).toMatchObject({ state: 'accepted', acceptedBy: { id: bo.id }, can: [] });
  expect(accepted.understood).toContain('finance pays');
  expect(await ownerOf(kase.id)).toBe(bo.id);
  expect(await namesOn(kase.id)).toEqual(['case.baton_sent', 'case.baton_accepted']);
  const { lines } = await ok(ana.get(`/api/cases/${kase.id}/timeline?kind=people`));
  expect(lines.map(({ name }: { name: string }) => name)).toContain('case.baton_accepted');
});

test('of two who accept at once one has it, and the other is told', async () => {
  const { kase, baton } = await sent();
  const replies = await race(house, 'batons', [() => accept(bo, baton), () => accept(cy, baton)]);
  expect(replies.map(said).sort()).toEqual([
    [200, undefined],
    [409, 'baton.wrong_state'],
  ]);
  expect(await ownerOf(kase.id)).toBe(replies[0]!.status === 200 ? bo.id : cy.id);
  expect(await namesOn(kase.id)).toEqual(['case.baton_sent', 'case.baton_accepted']);
});

test('taken back while somebody accepts it, one of the two happens', async () => {
  const { kase, baton } = await sent(bo.id);
  const replies = await race(house, 'batons', [
    () => accept(bo, baton),
    () => ana.post(`/api/batons/${baton.id}/take-back`, { version: baton.version }),
  ]);
  expect(replies.map(({ status }) => status).sort()).toEqual([200, 409]);
  expect(await ownerOf(kase.id)).toBe(replies[0]!.status === 200 ? bo.id : ana.id);
});

test('a case that ended or changed hands meanwhile is not handed over, and nobody else accepts what is for one', async () => {
  const ended = await sent(bo.id);
  expect(said(await accept(cy, ended.baton))).toEqual([403, 'baton.not_yours']);
  await house.owner.query(`update cases set state = 'closed' where id = $1`, [ended.kase.id]);
  expect(said(await accept(bo, ended.baton))).toEqual([409, 'baton.case_ended']);
  const taken = await sent();
  const { version } = await ok(cy.get(`/api/cases/${taken.kase.id}`));
  await ok(cy.put(`/api/cases/${taken.kase.id}/owner`, { version, owner: cy.id }));
  expect(said(await accept(bo, taken.baton))).toEqual([409, 'baton.overtaken']);
  expect(await ownerOf(taken.kase.id)).toBe(cy.id);
  // Who has the case now hands it over anew; the old baton is gone
  const fresh = await ok(cy.post(`/api/cases/${taken.kase.id}/batons`));
  expect(fresh.id).not.toBe(taken.baton.id);
  expect(said(await accept(bo, taken.baton))).toEqual([409, 'baton.wrong_state']);
});

test('what nobody accepts is said aloud once, and stands first', async () => {
  const ended = await sent();
  await house.owner.query(`update cases set state = 'closed' where id = $1`, [ended.kase.id]);
  const { kase, baton } = await sent();
  const run = () => nameLoudBatons.run(house.tools, {});
  house.clock.set(new Date(MONDAY.getTime() + 14 * MINUTE));
  await run();
  expect(await namesOn(kase.id, 'case.baton_unanswered')).toEqual([]);
  house.clock.set(new Date(MONDAY.getTime() + 15 * MINUTE));
  await Promise.all([run(), run()]);
  await run();
  expect(await namesOn(kase.id, 'case.baton_unanswered')).toEqual(['case.baton_unanswered']);
  expect(await namesOn(ended.kase.id, 'case.baton_unanswered')).toEqual([]);
  const { batons } = await ok(bo.get('/api/batons'));
  expect(batons.find(({ id }: { id: string }) => id === baton.id)).toMatchObject({ loud: true });
  const loud = batons.map((one: { loud: boolean }) => one.loud);
  expect(loud).toEqual(loud.toSorted((a: boolean, b: boolean) => Number(b) - Number(a)));
});

test('behind a wall a baton is not there', async () => {
  const { baton } = await sent();
  expect((await ok(counsel.get('/api/batons'))).batons).toEqual([]);
  expect(said(await accept(counsel, baton))).toEqual([404, 'baton.not_found']);
});
