import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Caller, openHouse, type TestHouse } from '../../test/house.ts';
import { SYSTEM } from '../access/index.ts';
import { sendAsk } from './ask.actions.ts';
import { sendOverdue } from './case.jobs.ts';
import { sendMessage } from './message.actions.ts';

let house: TestHouse;
let ana: Caller;
let lead: Caller;
beforeAll(async () => {
  house = await openHouse();
  [ana, lead] = [house.as('specialist'), house.as('lead')];
  for (const who of [ana, lead]) await who.get('/api/session');
});
afterAll(() => house.close());

const REACTIONS = SYSTEM.reactions('open');
const open = async (said: object = {}) => (await ana.post('/api/cases', { kind: 'escalation', ...said })).body;
const read = async (id: string, who = ana) => (await who.get(`/api/cases/${id}`)).body;
const write = async (id: string, text = 'It is on its way.') =>
  (await ana.post(`/api/cases/${id}/messages`, { text })).body;
const named = async (name: string, id: string) =>
  (await house.events()).filter((one) => one.name === name && JSON.stringify(one.payload).includes(id)).length;

test('a message is held for ten seconds and then leaves once, whoever sends it and however often', async () => {
  const { id } = await open();
  const message = await write(id);
  expect(message).toMatchObject({ state: 'held', delivery: 'none', can: ['cancel'] });
  house.clock.advance(9_999);
  await sendOverdue.run(house.tools, {});
  expect((await read(id)).messages[0].state).toBe('held');
  house.clock.advance(1);
  const sent = await Promise.all(Array.from({ length: 5 }, () => sendMessage(house.tools, REACTIONS, message.id)));
  expect(sent.filter(Boolean)).toHaveLength(1);
  expect((await read(id)).messages).toMatchObject([{ state: 'left', delivery: 'by_hand', can: [] }]);
  expect(await named('case.message_out', message.id)).toBe(1);
  expect((await ana.post(`/api/cases/${id}/messages/${message.id}/cancel`)).body.code).toBe('case.undo_over');
});

test('a cancel and a send that meet: exactly one of them wins, and the record says the same', async () => {
  const { id } = await open();
  const won = { cancel: 0, send: 0 };
  for (let i = 0; i < 25; i++) {
    const message = await write(id);
    house.clock.advance(10_000);
    const cancel = () => ana.post(`/api/cases/${id}/messages/${message.id}/cancel`);
    const send = () => sendMessage(house.tools, REACTIONS, message.id);
    const [sent, cancelled] =
      i % 2 === 0
        ? await Promise.all([send(), cancel()])
        : await Promise.all([cancel(), send()]).then(([one, other]) => [other, one] as const);
    expect([sent, cancelled.status === 200].filter(Boolean), `round ${i}`).toHaveLength(1);
    won[sent ? 'send' : 'cancel']++;
    const { rows } = await house.owner.query('select state from case_messages where id = $1', [message.id]);
    expect(rows[0].state).toBe(sent ? 'left' : 'cancelled');
    expect(await named('case.message_out', message.id)).toBe(sent ? 1 : 0);
    expect(await named('case.message_cancelled', message.id)).toBe(sent ? 0 : 1);
  }
  expect(won.cancel + won.send).toBe(25);
}, 60_000);

test('whoever wins the row by a lock wins alone, in either order', async () => {
  const { id } = await open();
  for (const first of ['left', 'cancelled'] as const) {
    const message = await write(id);
    house.clock.advance(10_000);
    const holder = await house.owner.connect();
    await holder.query('begin');
    await holder.query('update case_messages set state = $2 where id = $1', [message.id, first]);
    const second =
      first === 'left'
        ? ana.post(`/api/cases/${id}/messages/${message.id}/cancel`).then(({ status }) => status === 200)
        : sendMessage(house.tools, REACTIONS, message.id);
    await holder.query('select pg_sleep(0.2)');
    await holder.query('commit');
    holder.release();
    expect(await second, `after ${first}`).toBe(false);
  }
});

test('a resolution that stood on a message that was taken back is taken back too', async () => {
  const { id } = await open();
  const message = await write(id);
  const go = async (move: object) =>
    (await ana.post(`/api/cases/${id}/moves`, { version: (await read(id)).version, move })).body;
  await go({ type: 'start' });
  expect((await go({ type: 'resolve', outcome: 'fixed', told: { messageId: message.id } })).state).toBe('resolved');
  expect((await ana.post(`/api/cases/${id}/messages/${message.id}/cancel`)).status).toBe(200);
  expect(await read(id)).toMatchObject({ state: 'working', outcome: null, end: null });
});

test('a partner is asked with a time of its own, and each ask is answered, put off or withdrawn by itself', async () => {
  const { id } = await open();
  const ask = async (partner: string) =>
    (await ana.post(`/api/cases/${id}/asks`, { partner, question: 'Since when?', dueAt: '2026-04-01T09:00:00Z' })).body;
  const change = (part: string, body: object) => ana.post(`/api/cases/${id}/asks/${part}`, body);
  const [payments, policy, late] = [await ask('Payments'), await ask('Policy'), await ask('Legal')];
  expect((await change(payments.id, { type: 'answer', answer: 'May' })).body.code).toBe('case.wrong_state');
  expect((await change(late.id, { type: 'cancel' })).body.state).toBe('cancelled');
  house.clock.advance(10_000);
  await sendOverdue.run(house.tools, {});
  expect(await sendAsk(house.tools, REACTIONS, late.id)).toBe(false);
  expect((await read(id)).asks.map(({ state }: { state: string }) => state).sort()).toEqual([
    'asked',
    'asked',
    'cancelled',
  ]);
  expect((await change(payments.id, { type: 'answer', answer: 'Since May' })).body).toMatchObject({
    ...{ state: 'answered', answer: 'Since May', answeredBy: { name: 'specialist' } },
  });
  expect((await change(policy.id, { type: 'postpone', dueAt: '2020-01-01T00:00:00Z' })).status).toBe(400);
  expect((await change(policy.id, { type: 'postpone', dueAt: '2026-04-02T09:00:00Z' })).body.dueAt).toBe(
    '2026-04-02T09:00:00.000Z',
  );
  expect((await change(policy.id, { type: 'withdraw' })).body.state).toBe('withdrawn');
  expect([await named('case.partner_asked', payments.id), await named('case.partner_answered', payments.id)]).toEqual([
    1, 1,
  ]);
});

test('a note is in no message, and a message id opens no note: three kinds, three places', async () => {
  const { id } = await open();
  const note = (await ana.post(`/api/cases/${id}/notes`, { text: 'between us' })).body;
  const message = await write(id);
  expect((await ana.post(`/api/cases/${id}/messages/${note.id}/cancel`)).body.code).toBe('case.part_not_found');
  expect((await ana.put(`/api/cases/${id}/notes/${message.id}`, { text: 'x' })).body.code).toBe('case.part_not_found');
  expect((await ana.post(`/api/cases/${id}/asks/${note.id}`, { type: 'withdraw' })).body.code).toBe(
    'case.part_not_found',
  );
  const detail = await read(id);
  expect(JSON.stringify([detail.messages, detail.asks])).not.toContain('between us');
  expect((await lead.put(`/api/cases/${id}/notes/${note.id}`, { text: 'mine' })).body.code).toBe('comment.time_over');
  expect((await ana.delete(`/api/cases/${id}/notes/${note.id}`)).body.text).toBeNull();
  expect((await house.owner.query('select text from case_notes where id = $1', [note.id])).rows).toEqual([
    { text: '' },
  ]);
});

test('what came back from outside is kept without what people are found by', async () => {
  const { id } = await open({ region: 'DE' });
  const { body } = await ana.post(`/api/cases/${id}/replies`, { text: 'Write to eve@example.org, thanks' });
  expect(body).toMatchObject({ direction: 'in', state: 'received' });
  expect(body.text).not.toContain('eve@');
  expect(await named('case.message_in', body.id)).toBe(1);
});

test('a draft is there again for whoever began it, and for nobody else; sending it ends it', async () => {
  const { id } = await open();
  const keep = (who: Caller, kind: string, body: object | null) => who.put(`/api/cases/${id}/drafts/${kind}`, { body });
  expect((await keep(ana, 'message', { text: 'Dear ' })).status).toBe(200);
  await keep(ana, 'message', { text: 'Dear Carla,' });
  await keep(ana, 'note', { text: 'hm' });
  expect((await read(id)).drafts).toMatchObject([{ kind: 'message', body: { text: 'Dear Carla,' } }, { kind: 'note' }]);
  expect((await read(id, lead)).drafts).toEqual([]);
  expect((await ana.get('/api/cases/desk')).body.drafts.map(({ kind }: { kind: string }) => kind).sort()).toEqual([
    'message',
    'note',
  ]);
  await write(id);
  await keep(ana, 'note', null);
  expect((await read(id)).drafts).toEqual([]);
});

test('a template is filled in for a case in its language; what is missing is refused by name', async () => {
  const texts = { en: 'Dear {{name}}, about {{reference}}', pt: 'Olá {{name}}' };
  const save = (body: object, who = lead) =>
    who.post('/api/case-templates', { kind: 'message', name: 'hello', texts, ...body });
  expect((await save({}, ana)).status).toBe(403);
  expect((await save({ texts: { en: '{{Name}}' } })).body.code).toBe('template.broken');
  const template = (await save({})).body;
  expect(template.variables).toEqual(['name', 'reference']);
  const kase = await open({ language: 'pt-BR' });
  const fill = (body: object) => ana.post(`/api/cases/${kase.id}/templates/${template.id}`, body);
  expect((await fill({})).body).toMatchObject({ code: 'template.variable_missing', details: { missing: ['name'] } });
  expect((await fill({ values: { name: 'Carla' } })).body).toEqual({ text: 'Olá Carla', language: 'pt' });
  expect((await fill({ language: 'en', values: { name: 'C' } })).body.text).toBe(`Dear C, about ${kase.reference}`);
  expect((await fill({ language: 'de', values: {} })).body.code).toBe('template.no_language');
  expect((await save({ id: template.id, version: 9 })).body.code).toBe('template.changed_meanwhile');
  expect((await save({ id: template.id, version: 1, name: 'hi' })).body.version).toBe(2);
  await lead.delete(`/api/case-templates/${template.id}`);
  expect((await fill({})).body.code).toBe('template.not_found');
});
