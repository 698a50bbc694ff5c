import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CopiesHouse, hoursAfter, openCopiesHouse } from './copies.fixture.ts';

const CALL =
  'Bring back the old payout schedule now, creators cannot pay their rent with promises of a better tomorrow';
const HARM = 'They told my little sister what she should do to herself and would not stop when she asked them';

let house: CopiesHouse;
let store: string;
let forum: string;
beforeAll(async () => {
  house = await openCopiesHouse();
  store = await house.givenSource('Play Store');
  forum = await house.givenSource('Forum');
  const legal = await house.givenSource('Counsel', 'legal');
  const start = hoursAfter(house.now(), -20);
  await house.send(
    store,
    Array.from({ length: 8 }, (_, i) => {
      const text = i < 6 ? CALL : `${CALL} please`;
      return { id: `r${i}`, text, author: `p${i}`, at: hoursAfter(start, i), language: 'en' };
    }),
  );
  await house.send(forum, [
    { id: 'f1', text: CALL.toUpperCase(), author: 'p1', at: hoursAfter(start, 9), language: 'pt' },
  ]);
  await house.send(
    forum,
    ['x1', 'x2', 'x3'].map((id) => ({ id, text: HARM, exposure: 2, at: hoursAfter(start, 18), author: null })),
  );
  await house.send(
    legal,
    ['l1', 'l2'].map((id) => ({ id, text: 'A claim that only counsel may read, word for word' })),
    'legal',
  );
  await house.follower().drain();
}, 60_000);
afterAll(() => house.close());

const list = async (query = '', who: Parameters<CopiesHouse['as']>[0] = 'viewer') =>
  (await house.as(who).get(`/api/copies${query}`)).body;

test('lists groups with what can be checked: people, hours, sources, languages, the first of them', async () => {
  const { groups, next, waiting } = await list();
  expect({ next, waiting, count: groups.length }).toEqual({ next: null, waiting: 0, count: 2 });
  expect(groups[1]).toMatchObject({
    shape: 'campaign',
    signals: 9,
    authors: 8, // one of them wrote at both sources
    mostByOne: 2,
    exactShare: 7 / 9,
    busiestHour: 1,
    languages: ['en', 'pt'],
    sources: [
      { id: store, name: 'Play Store', signals: 8 },
      { id: forum, name: 'Forum', signals: 1 },
    ],
    because: { people: 8, hours: 5, characters: CALL.length },
    sample: { externalId: 'r0', text: CALL, copies: { signals: 9, likeness: 'exact' } },
  });
  expect(groups[1].spark).toHaveLength(24);
  expect(groups[1].spark.reduce((sum: number, n: number) => sum + n, 0)).toBe(9);
});

test('what is hard to look at stays covered, and nobody is counted who is not named', async () => {
  const { groups } = await list();
  expect(groups[0]).toMatchObject({ signals: 3, authors: null, mostByOne: null, sample: { text: null, exposure: 2 } });
});

test('filters, sorts and pages', async () => {
  expect((await list('?shape=campaign')).groups).toHaveLength(1);
  expect((await list('?shape=flood')).groups).toEqual([]);
  expect((await list('?shape=flood&shape=campaign&shape=copies')).groups).toHaveLength(2);
  expect((await list(`?source=${store}`)).groups).toHaveLength(1);
  expect((await list(`?source=${forum}`)).groups).toHaveLength(2);
  expect((await list(`?from=${hoursAfter(house.now(), -3).toISOString()}`)).groups).toHaveLength(1);
  expect((await list(`?to=${hoursAfter(house.now(), -15).toISOString()}`)).groups).toHaveLength(1);
  for (const sort of ['newest', 'largest']) {
    const { groups } = await list(`?sort=${sort}`);
    const first = await list(`?sort=${sort}&limit=1`);
    const second = await list(`?sort=${sort}&limit=1&after=${first.next}`);
    expect([...first.groups, ...second.groups]).toEqual(groups);
  }
  expect((await list('?sort=largest')).groups[0].signals).toBe(9);
  const refused = await house.as('viewer').get('/api/copies?after=nonsense');
  expect([refused.status, refused.body.code]).toEqual([400, 'request.invalid']);
});

test('one group with its hours; what is behind the wall is not there', async () => {
  const [, campaign] = (await list()).groups;
  const { hours, ...group } = (await house.as('viewer').get(`/api/copies/${campaign.id}`)).body;
  expect(group).toEqual(campaign);
  expect(hours).toHaveLength(9);
  expect(hours[0]).toEqual({ at: hoursAfter(house.now(), -20).toISOString(), signals: 1 });

  const counsel = { can: ['signal.read'], compartments: ['open', 'legal'] };
  const hidden = (await list('', counsel)).groups.find(({ signals }: { signals: number }) => signals === 2);
  expect(['l1', 'l2']).toContain(hidden.sample.externalId); // they were said at one moment: either is the first
  expect((await house.as('viewer').get(`/api/copies/${hidden.id}`)).status).toBe(404);
  expect((await house.as({ can: [] }).get('/api/copies')).status).toBe(403);
});

test('signals say that they are copies, and are found by it', async () => {
  const [, campaign] = (await list()).groups;
  const signals = async (query: string) => (await house.as('viewer').get(`/api/signals?${query}`)).body.signals;
  const one = await signals(`copies=${campaign.id}`);
  expect(one).toHaveLength(9);
  expect(one[0].copies).toEqual({ groupId: campaign.id, signals: 9, authors: 8, likeness: 'exact' });
  expect(one[1].copies.likeness).toBe('near');
  expect(await signals('copies=any')).toHaveLength(12);
  const alone = await house.as('viewer').get(`/api/signals/${one[0].id}`);
  expect(alone.body.copies).toEqual(one[0].copies);
  const summary = await house.as('viewer').get(`/api/signals/summary?copies=${campaign.id}`);
  expect(summary.body.total).toBe(9);
});

test('what has arrived and was not compared yet is said', async () => {
  await house.send(store, [{ id: 'new', text: CALL, author: 'somebody' }]);
  expect((await list()).waiting).toBe(1);
  await house.follower().drain();
  const { waiting, groups } = await list();
  expect(waiting).toBe(0);
  expect(groups[0]).toMatchObject({ signals: 10 });
});
