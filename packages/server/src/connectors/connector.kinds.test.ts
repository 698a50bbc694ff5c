/** Every kind that asks, from its form to its signals: by HTTP, by the clock and by the real queue. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openHouse, type TestHouse } from '../../test/house.ts';
import { type ImapReplay, imapReplay } from '../../test/replay/imap-replay.ts';
import { CLOCK, FROM, openWorlds, type World } from '../../test/replay/worlds.ts';
import { startTurns } from './connector-turn.actions.ts';

const KINDS = ['Zendesk', 'Freshdesk', 'Intercom', 'App Store', 'Google Play'];
const MINUTE = 60_000;

let house: TestHouse;
let worlds: World[];
let mail: ImapReplay;
beforeAll(async () => {
  worlds = await openWorlds();
  mail = await imapReplay();
  house = await openHouse({
    egressInternal: [...worlds.map(({ server }) => server.host), `${mail.host}:${mail.port}`],
  });
  house.clock.set(CLOCK);
});
afterAll(async () => {
  await house.close();
  await Promise.all([...worlds.map(({ server }) => server.close()), mail.close()]);
});

/** Time passes on both sides. */
function pass(ms: number): void {
  house.clock.advance(ms);
  for (const { server } of worlds) server.clock = house.now();
}
async function connect(kind: string, settings: object, secrets: object): Promise<{ id: string; sourceId: string }> {
  const admin = house.as('admin');
  const source = await admin.post('/api/sources', { name: `from ${kind}`, kind: 'ticket' });
  const form = { sourceId: source.body.id, kind, settings, secrets, everyMinutes: 5 };
  const tried = await admin.post('/api/connectors/test', { kind, settings, secrets });
  expect(tried.body, JSON.stringify(tried.body)).toMatchObject({ ok: true });
  const made = await admin.post('/api/connectors', form);
  expect(made.status, JSON.stringify(made.body)).toBe(200);
  return { id: made.body.connector.id, sourceId: source.body.id };
}
async function seen(id: string) {
  const { body } = await house.as('admin').get('/api/connectors');
  return body.connectors.find((one: { id: string }) => one.id === id);
}
/** Lets minutes pass until the connector has nothing to go on with. */
async function run(id: string, minutes = 40): Promise<void> {
  for (let i = 0; i < minutes; i++) {
    await startTurns(house.tools);
    await house.drainJobs();
    const { problem, backfill, lagMs } = await seen(id);
    expect(problem).toBeNull();
    if (lagMs === 0 && (!backfill || backfill.finishedAt)) return;
    pass(MINUTE);
  }
  throw new Error('It never comes to an end.');
}
async function kept(sourceId: string): Promise<string[]> {
  const { rows } = await house.owner.query('select external_id as id from signals where source_id = $1 order by 1', [
    sourceId,
  ]);
  return rows.map(({ id }) => id);
}

test.each(KINDS)(
  '%s: what is new, then everything by a back-fill, and a second round changes nothing',
  async (name) => {
    const { adapter, settings, secrets, ids } = worlds.find((one) => one.name === name)!;
    const { id, sourceId } = await connect(adapter.kind, settings, secrets);
    await run(id);
    const recent = await kept(sourceId);
    expect(recent.length).toBeGreaterThan(0);
    const asked = await house.as('admin').post(`/api/connectors/${id}/backfill`, { from: FROM.toISOString() });
    expect(asked.status).toBe(200);
    await run(id);
    expect(await kept(sourceId)).toEqual([...ids].sort());
    const { added, lastRowAt, lastEventAt } = await seen(id);
    expect(added).toBe(ids.length);
    expect([typeof lastRowAt, typeof lastEventAt]).toEqual(['string', 'string']);
    pass(6 * MINUTE);
    await startTurns(house.tools);
    await house.drainJobs();
    expect(await seen(id)).toMatchObject({ added: ids.length, refused: 0, problem: null, state: 'waiting' });
    expect(await kept(sourceId)).toEqual([...ids].sort());
  },
);

test('a mailbox: its mails as signals', async () => {
  for (let uid = 1; uid <= 30; uid++) {
    const at = new Date(house.now().getTime() - uid * MINUTE);
    const source = Buffer.from(
      `From: Ana <ana@example.com>\r\nSubject: Export ${uid}\r\nDate: ${at.toUTCString()}\r\nMessage-ID: <m${uid}@example.com>\r\n\r\nThe export ${uid} is broken.\r\n`,
    );
    mail.mails.push({ uid, at, source });
  }
  const { host, port, user, password } = mail;
  const { id, sourceId } = await connect('mailbox', { host, port, user }, { password });
  await run(id);
  expect(await kept(sourceId)).toHaveLength(30);
  expect(await seen(id)).toMatchObject({ added: 30, refused: 0, problem: null });
});
