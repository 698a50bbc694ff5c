/** Whoever pastes the id of a comment finds where it stands, and nobody finds what they may not see. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openHouse, type TestHouse } from '../../test/house.ts';
import { withClient } from '../platform/embedded-postgres.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await openHouse();
  await house.givenCompartment('legal');
});
afterAll(() => house.close());

test('a comment is found by its id alone, behind the wall of its issue', async () => {
  const lead = house.as('lead');
  const counsel = house.as({ name: 'counsel', compartments: ['legal'], can: lead.can });
  await lead.get('/api/session');
  await counsel.get('/api/session');
  await withClient(house.urlFor('superuser'), async (client) => {
    await client.query('set session_replication_role = replica'); // its topic and alert are no business of this test
    await client.query(
      `insert into issues (id, compartment, number, topic_id, alert_id, state, historical, label, onset_at, noticed_at,
                           observed, expected, counted_at, created_at, changed_at)
       values ($1, 'legal', 3, $1, $1, 'suspected', false, 'held back', now(), now(), 9, 1, now(), now(), now())`,
      [house.unusedId],
    );
  });
  const said = await counsel.post(`/api/issues/${house.unusedId}/comments`, { text: 'look at this', mentions: [] });
  expect(said.status, JSON.stringify(said.body)).toBe(200);
  expect((await counsel.get(`/api/comments/${said.body.id}`)).body).toEqual({
    id: said.body.id,
    by: 'counsel',
    issueKey: 'IS-LEGAL-3',
    issueTitle: 'held back',
  });
  expect((await lead.get(`/api/comments/${said.body.id}`)).body.code).toBe('comment.not_found');
  expect((await lead.get(`/api/comments/${house.unusedId}`)).body.code).toBe('comment.not_found');
});
