import { afterAll, beforeAll, expect, test } from 'vitest';
import { openHouse, type TestHouse } from '../../test/house.ts';
import { openLog } from '../platform/log.ts';
import { fixedId, giveSignals, sayings } from '../topics/grammar.fixture.ts';
import { openEngine } from '../topics/index.ts';

const DAY_MS = 86_400_000;
let bare: TestHouse;
let full: TestHouse;

/** Two houses with the same open signals; in one of them 500 confidential ones, with a burst of their own, came first. */
beforeAll(async () => {
  [bare, full] = [await openHouse(), await openHouse()];
  await full.givenCompartment('legal');
  const start = new Date(bare.now().getTime() - 12 * DAY_MS);
  const secret = sayings({ seed: 3, start, days: 12, perDay: 38, burst: { day: 9, count: 44 } });
  expect(secret.length).toBe(500);
  await giveSignals(full, secret, { source: 'confidential', compartment: 'legal' });
  await work(full);
  const open = sayings({ seed: 1, start, days: 12, perDay: 40, burst: { day: 10, count: 40 } });
  for (const house of [bare, full]) {
    await giveSignals(house, open, { source: 'feedback' });
    await work(house);
  }
});
afterAll(async () => {
  await bare.close();
  await full.close();
});

async function work(house: TestHouse): Promise<void> {
  await openEngine({ ...house.tools, log: openLog('silent') }).drain();
  await house.drainJobs();
}

/** Events are named by chance; everything else is the same in both houses. */
function without(body: { history?: { id: string }[]; since?: unknown }): string {
  return JSON.stringify({ ...body, history: body.history?.map((line) => ({ ...line, id: '' })) });
}

const WHAT_AN_OUTSIDER_ASKS = [
  '/api/issues?group=all',
  '/api/issues?group=all&q=upload',
  '/api/issues/IS-1',
  '/api/issues/IS-2',
  '/api/issues/IS-LEGAL-1',
  '/api/detection',
  '/api/home',
  '/api/sources',
  '/api/signals?limit=200',
  '/api/signals/summary',
  '/api/signals/summary?q=upload',
];

test.each(WHAT_AN_OUTSIDER_ASKS)(
  '%s is the same to the byte with and without 500 confidential signals',
  async (path) => {
    const [one, two] = [await bare.as('lead').get(path), await full.as('lead').get(path)];
    expect(two.status).toBe(one.status);
    const [a, b] = [one.body, two.body].map((body) => without({ ...body, requestId: undefined }));
    expect(b).toBe(a);
  },
);

test('an insider has both, each numbered on its own', async () => {
  const counsel = full.as({ compartments: ['open', 'legal'], can: ['issue.read', 'signal.read'] });
  const { body } = await counsel.get('/api/issues?group=all');
  expect(body.issues.map(({ key }: { key: string }) => key).sort()).toEqual(['IS-1', 'IS-LEGAL-1']);
  const open = await full.as('lead').get('/api/issues?group=all');
  expect(open.body.issues.map(({ key }: { key: string }) => key)).toEqual(['IS-1']);
});

test('a topic, an alert or a signal of a closed compartment cannot be reached by its id', async () => {
  const { rows } = await full.owner.query(
    `select i.id, i.topic_id, t.medoid_signal_id as medoid from issues i join topics t on t.id = i.topic_id where i.compartment = 'legal'`,
  );
  const lead = full.as('lead');
  expect((await lead.get(`/api/issues/${rows[0].id}`)).status).toBe(404);
  expect((await lead.get(`/api/signals/${rows[0].medoid}`)).status).toBe(404);
  const byTopic = (id: string) => lead.get(`/api/signals/summary?topic=${id}`);
  const [hidden, absent] = [await byTopic(rows[0].topic_id), await byTopic(fixedId('no topic'))];
  expect(hidden.body).toEqual(absent.body);
  const move = { version: 1, move: { type: 'confirm' } };
  expect((await lead.post(`/api/issues/${rows[0].id}/moves`, move)).status).toBe(404);
  expect((await lead.put('/api/detection/legal', { falseAlertsPerWeek: 2 })).status).toBe(404);
});
