/** Personal data is gone before anything of a row is hashed or kept; what was found is counted with the rows. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Caller, openHouse, type TestHouse } from '../../test/house.ts';

let house: TestHouse;
let admin: Caller;
beforeAll(async () => {
  house = await openHouse();
  admin = house.as('admin');
});
afterAll(() => house.close());

const aSource = async (over: object = {}): Promise<string> =>
  (await admin.post('/api/sources', { name: randomUUID(), kind: 'ticket', ...over })).body.id;
const aRow = (over: object = {}) => ({ id: 'r1', ts: '2026-03-01T10:00:00Z', text: 'it crashes', ...over });
const send = async (source: string, ...rows: object[]) =>
  (await admin.post(`/api/signals?source=${source}`, rows)).body;
const kept = async (source: string) =>
  (await house.owner.query('select * from signals where source_id = $1 order by received_at, external_id', [source]))
    .rows;
const sourceOf = async (id: string) =>
  (await admin.get('/api/sources')).body.sources.find((one: { id: string }) => one.id === id);

/** Everything that the database holds of a row, as text. */
async function everything(source: string): Promise<string> {
  const { rows } = await house.owner.query('select signals::text as row from signals where source_id = $1', [source]);
  return rows.map(({ row }) => row).join('\n');
}

describe('a row', () => {
  test('is kept without what names a person, in title, text and dimensions', async () => {
    const source = await aSource();
    const row = aRow({
      title: 'mail me: ana@example.org',
      text: 'I am ana@example.org and cannot log in',
      author: 'Ana Example',
      dimensions: { contact: 'ana@example.org', app_version: '1.2.3.4', order_id: '20260301123456', country: 'DE' },
    });
    expect(await send(source, row)).toMatchObject({ added: 1, refused: [] });
    expect((await kept(source))[0]).toMatchObject({
      title: 'mail me: ⟦email⟧',
      text: 'I am ⟦email⟧ and cannot log in',
      author: expect.stringMatching(/^p\d+_[a-z2-7]{26}$/),
      language: 'en',
      dimensions: { contact: '⟦email⟧', app_version: '1.2.3.4', order_id: '20260301123456', country: 'DE' },
    });
    expect(await everything(source)).not.toMatch(/ana|Example/i);
    expect((await sourceOf(source)).redacted).toEqual({ email: 3 });
  });

  test('that comes again, or with another address in the same place, is the same revision and not counted again', async () => {
    const source = await aSource();
    await send(source, aRow({ text: 'write to a@example.org' }));
    const again = await send(
      source,
      aRow({ text: 'write to a@example.org' }),
      aRow({ text: 'write to b@example.org' }),
    );
    expect(again).toMatchObject({ added: 0, revised: 0, unchanged: 2 });
    expect((await sourceOf(source)).redacted).toEqual({ email: 1 });
  });

  test('whose id is a mail address has the pseudonym of that address for an id', async () => {
    const source = await aSource();
    await send(source, aRow({ id: 'Ana@Example.org' }), aRow({ id: '<abc@mail.example.org>' }));
    expect(await send(source, aRow({ id: 'ana@example.org' }))).toMatchObject({ unchanged: 1 });
    expect((await kept(source)).map(({ external_id }) => external_id)).toEqual([
      '<abc@mail.example.org>',
      expect.stringMatching(/^p\d+_/),
    ]);
  });

  test('that is refused does not tell its address either', async () => {
    const { refused } = await send(await aSource(), aRow({ id: 'ana@example.org', rating: 9 }));
    expect(refused).toMatchObject([{ row: 1, id: '⟦email⟧' }]);
  });

  test('is not found by the words that stand in the place of an address', async () => {
    const source = await aSource();
    await send(source, aRow({ text: 'zebra ana@example.org crossing' }));
    const found = async (q: string) => (await admin.get(`/api/signals?source=${source}&q=${q}`)).body.signals.length;
    expect([await found('zebra'), await found('crossing'), await found('email'), await found('ana')]).toEqual([
      1, 1, 0, 0,
    ]);
  });

  test('of the same author has the same name in two sources, and other authors have others', async () => {
    const [one, other] = [await aSource(), await aSource()];
    await send(one, aRow({ author: 'x' }), aRow({ id: 'r2', author: 'y' }));
    await send(other, aRow({ author: 'x' }));
    const [[x, y], [again]] = [await kept(one), await kept(other)];
    expect(x.author).toBe(again.author);
    expect(x.author).not.toBe(y.author);
  });
});

describe('the regions of a source', () => {
  test('are given when it is made, changed later, and recorded', async () => {
    const source = await aSource({ regions: ['DE', 'AT', 'DE'] });
    expect(await sourceOf(source)).toMatchObject({ regions: ['AT', 'DE'] });
    const changed = await admin.put(`/api/sources/${source}`, { name: `renamed ${source}`, regions: ['FR'] });
    expect(changed.body).toEqual(await sourceOf(source));
    expect(changed.body).toMatchObject({ name: `renamed ${source}`, regions: ['FR'] });
    expect((await house.events()).at(-1)).toMatchObject({
      name: 'source.changed',
      subject: { kind: 'source', id: source },
      payload: { sourceId: source },
    });
  });

  test('decide from the next delivery on which numbers are a phone', async () => {
    const source = await aSource({ regions: ['FR'] });
    const text = '030 901820 is what I see';
    await send(source, aRow({ text }));
    const { name } = await sourceOf(source);
    await admin.put(`/api/sources/${source}`, { name, regions: ['DE'] });
    await send(source, aRow({ id: 'r2', text }));
    expect((await kept(source)).map((one) => one.text)).toEqual([text, '⟦phone⟧ is what I see']);
  });

  test('are changed only of a source that is there and under a name that is free', async () => {
    const [one, other] = [await aSource(), await aSource()];
    const body = { name: (await sourceOf(one)).name, regions: [] };
    const refused = async (id: string, said: object) => {
      const { status, body: no } = await admin.put(`/api/sources/${id}`, said);
      return [status, no.code];
    };
    expect(await refused(other, body)).toEqual([409, 'source.name_taken']);
    expect(await refused(house.unusedId, { name: 'x', regions: [] })).toEqual([404, 'source.not_found']);
    expect(await refused(one, { name: 'x', regions: ['Germany'] })).toEqual([400, 'request.invalid']);
    const viewer = await house.as('viewer').put(`/api/sources/${one}`, body);
    expect([viewer.status, viewer.body.code]).toEqual([403, 'access.not_allowed']);
  });
});
