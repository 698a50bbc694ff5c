import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Caller, TestHouse } from '../../test/house.ts';
import { troubledHouse } from '../../test/troubled-house.ts';
import { suspectIssue } from './issue.jobs.ts';

let house: TestHouse;
let ana: Caller;
let lead: Caller;
let viewer: Caller;
beforeAll(async () => {
  house = await troubledHouse();
  [ana, lead, viewer] = [house.as('specialist'), house.as('lead'), house.as('viewer')];
  for (const who of [ana, lead, viewer]) await who.get('/api/session');
});
afterAll(() => house.close());

const read = async (who: Caller, key = 'IS-1') => (await who.get(`/api/issues/${key}`)).body;
const triage = async (who: Caller, key = 'IS-1') => (await who.get(`/api/issues/${key}/triage`)).body;
const write = (who: Caller, text: string, mentions: string[] = []) =>
  who.post('/api/issues/IS-1/comments', { text, mentions });
const forMe = async (who: Caller) => (await who.get('/api/home')).body.forMe.mentions;

test('an issue is given to somebody who may see it, and only against the version that was seen', async () => {
  const { version } = await read(ana);
  const give = (owner: string | null, seen: number) => ana.put('/api/issues/IS-1/owner', { version: seen, owner });
  expect((await give(lead.id, version)).body.owner).toEqual({ id: lead.id, name: 'lead' });
  expect((await give(null, version)).body.code).toBe('issue.changed_meanwhile');
  const outsider = house.as({ compartments: ['legal'], can: ['issue.read'] });
  await outsider.get('/api/session');
  expect((await give(outsider.id, version + 1)).body.code).toBe('person.not_found');
  expect((await give(null, version + 1)).body.owner).toBeNull();
  expect((await viewer.put('/api/issues/IS-1/owner', { version, owner: null })).status).toBe(403);
});

test('whoever is named in a comment finds it on home; nobody is named who may not see it', async () => {
  const said = await write(ana, 'Have a look, @lead: is it the card?', [lead.id]);
  expect(said.body).toMatchObject({ author: { name: 'specialist' }, mentions: [{ id: lead.id, name: 'lead' }] });
  expect(await forMe(lead)).toMatchObject([{ by: 'specialist', issueKey: 'IS-1', unread: true }]);
  expect(await forMe(ana)).toEqual([]);
  const outsider = house.as({ name: 'outsider', compartments: ['legal'], can: ['issue.read'] });
  await outsider.get('/api/session');
  expect((await write(ana, 'hello @outsider', [outsider.id])).body.code).toBe('comment.unknown_name');
  expect((await write(ana, 'hello', [lead.id])).body.code).toBe('comment.unknown_name');
  expect((await triage(ana)).people.map(({ name }: { name: string }) => name)).toEqual([
    'lead',
    'specialist',
    'viewer',
  ]);
  expect((await write(viewer, 'may I?')).status).toBe(403);
});

test('what was said since one looked is unread, for oneself alone', async () => {
  expect((await read(lead)).unread).toBe(0); // neither looked at nor followed
  expect((await lead.put('/api/issues/IS-1/following', { following: true })).body).toEqual({ following: true });
  house.clock.advance(1000);
  await write(ana, 'more of it');
  expect((await read(lead)).unread).toBe(1);
  expect((await read(ana)).unread).toBe(0);
  house.clock.advance(1000);
  await lead.put('/api/issues/IS-1/seen');
  expect((await read(lead)).unread).toBe(0);
  expect((await forMe(lead))[0].unread).toBe(false);
  expect((await triage(lead)).followers.map(({ name }: { name: string }) => name)).toEqual(['lead', 'specialist']);
});

test('a comment is changed and deleted by whoever wrote it, for fifteen minutes; that it happened stays', async () => {
  const { body: comment } = await write(ana, 'tipo');
  const at = `/api/issues/IS-1/comments/${comment.id}`;
  expect((await lead.put(at, { text: 'mine now' })).body.code).toBe('comment.time_over');
  house.clock.advance(14 * 60_000);
  expect((await ana.put(at, { text: 'typo @lead', mentions: [lead.id] })).body).toMatchObject({ text: 'typo @lead' });
  expect((await forMe(lead))[0].text).toBe('typo @lead');
  expect((await ana.delete(at)).body).toMatchObject({ text: null, can: [] });
  expect((await forMe(lead)).map(({ text }: { text: string }) => text)).not.toContain('typo @lead');
  expect((await house.owner.query('select text from issue_comments where id = $1', [comment.id])).rows).toEqual([
    { text: '' },
  ]);
  const late = (await write(ana, 'too late')).body;
  house.clock.advance(15 * 60_000);
  expect((await ana.delete(`/api/issues/IS-1/comments/${late.id}`)).body.code).toBe('comment.time_over');
  const names = (await house.events()).map(({ name }) => name).filter((name) => name.startsWith('comment.'));
  expect(names.slice(-4)).toEqual(['comment.written', 'comment.edited', 'comment.deleted', 'comment.written']);
  expect(JSON.stringify((await house.events()).map(({ payload }) => payload))).not.toContain('typo');
});

test('merged while its topic surges again, a duplicate stays one and the surge is heard where it was merged into', async () => {
  const { rows } = await house.owner.query(`select i.topic_id, i.alert_id from issues i where number = 2`);
  const again = house.unusedId;
  await house.owner.query(
    `insert into alerts select (jsonb_populate_record(a, jsonb_build_object('id', $1::text, 'at', $3::timestamptz))).* from alerts a where id = $2`,
    [again, rows[0].alert_id, house.now()],
  );
  const event = await house.owner.query(
    `insert into events (at, actor, name, subject_kind, subject_id, compartment, salt_hash)
     values ($1, 'system.engine', 'alert.raised', 'alert', $2, 'open', '') returning id`,
    [house.now(), again],
  );
  await house.owner.query(`insert into event_payloads values ($1, 'open', '', '{}')`, [event.rows[0].id]);
  const { version } = await read(ana, 'IS-2');

  const gate = await house.owner.connect();
  await gate.query('begin; select from issue_numbers for update');
  const merging = ana.post('/api/issues/IS-2/merge', { version, into: 'IS-1' });
  await sleep(300); // the merge stands first in line for the numbers
  const heard = suspectIssue.run(house.tools, { eventId: event.rows[0].id });
  await sleep(300);
  await gate.query('commit');
  gate.release();
  expect((await merging).status).toBe(200);
  await heard;

  expect(await read(ana, 'IS-2')).toMatchObject({ state: 'duplicate', duplicateOf: 'IS-1' });
  const kept = await house.owner.query('select alert_id from issues where number = 1');
  expect(kept.rows).toEqual([{ alert_id: again }]);
  expect((await ana.get('/api/issues?group=all')).body.issues).toHaveLength(2);
});
